"""The statements of this package."""

from collections.abc import Sequence
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, join, sql


def member(workspace: Workspace, member_id: UUID | Sql) -> Sql:
    """One active member, by id or by an expression, with the departments and people below. `union` ends loops in
    bad data."""
    return sql(
        "select m.name, m.roles, m.department,"
        " array(with recursive tree as ("
        "  select d.id from {departments} d where (d.id = m.department or d.head = m.id) and d.deleted_at is null"
        "  union select d.id from {departments} d join tree on d.parent = tree.id where d.deleted_at is null"
        " ) select id from tree) as departments,"
        " array(with recursive team as ("
        "  select s.id from {members} s where s.manager = m.id and s.deleted_at is null"
        "  union select s.id from {members} s join team on s.manager = team.id where s.deleted_at is null"
        " ) select id from team where id <> m.id) as subordinates"
        " from {members} m where m.id = {id} and m.deleted_at is null and m.status is distinct from 'disabled'",
        members=workspace.object("member").table,
        departments=workspace.object("department").table,
        id=member_id,
    )


def tested(obj: Object, record: UUID, tests: Sequence[Sql]) -> Sql:
    """Which of the conditions over `t` hold for a record; no row when there is no such record."""
    return sql(
        "select array[{tests}]::boolean[] from {table} t where t.id = {id}",
        tests=join(", ", tests),
        table=obj.table,
        id=record,
    )
