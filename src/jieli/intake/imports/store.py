"""The statements of imports: the runs themselves, names to look up, and what duplicates are told of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import EMPTY, Sql, ident, join, sql
from jieli.query.shape import title_of
from jieli.records import Values

T = ident("t")


def all_names(obj: Object, visible: Sql, limit: int) -> Sql:
    """The ids and titles of all records that may be referred to, as far as the limit."""
    return sql(
        "select t.id, {title} as title from {table} t"
        " where t.deleted_at is null and {title} is not null and {visible} limit {limit}",
        title=title_of(obj, T),
        table=obj.table,
        visible=visible,
        limit=limit,
    )


def some_names(obj: Object, visible: Sql, lowered: Sequence[str]) -> Sql:
    """The same for the records whose title is one of these, but for case."""
    return sql(
        "select t.id, {title} as title from {table} t"
        " where t.deleted_at is null and lower({title}) = any({names}::text[]) and {visible}",
        title=title_of(obj, T),
        table=obj.table,
        names=list(lowered),
        visible=visible,
    )


def member_names(workspace: Workspace, visible: Sql) -> Sql:
    """What members are called, by every name that a file may use."""
    member = workspace.object("member")
    columns = [
        sql("t.{c} as {c}", c=ident(key)) if key in member.fields else sql("null::text as {c}", c=ident(key))
        for key in ("phone", "email", "number")
    ]
    return sql(
        "select t.id, t.name, t.status is distinct from 'disabled' as active, {columns} from {members} t"
        " where t.deleted_at is null and {visible} order by 3 desc, t.id",
        columns=join(", ", columns),
        members=member.table,
        visible=visible,
    )


def logins(workspace: Workspace) -> Sql:
    """With what each member signs in. A statement of its own: Citus does not join this with a workspace's tables."""
    return sql(
        "select m.member, a.login from jieli.membership m join jieli.account a on a.id = m.account"
        " where m.workspace = {slug}",
        slug=workspace.slug,
    )


def described(workspace: Workspace, obj: Object, records: Sequence[UUID], visible: Sql) -> Sql:
    """Records as a duplicate is told of: the title where it may be seen, and the owner."""
    owned = obj.has("owned")
    return sql(
        "select t.id, {title} as title, {visible} as visible, {owner} as owner_name from {table} t{joined}"
        " where t.id = any({records})",
        title=title_of(obj, T),
        visible=visible,
        owner=sql("m.name") if owned else sql("null::text"),
        table=obj.table,
        joined=sql(" left join {members} m on m.id = t.owner", members=workspace.object("member").table)
        if owned
        else EMPTY,
        records=list(records),
    )


def numbers(obj: Object, column: str, records: Sequence[UUID]) -> Sql:
    """The running numbers of records."""
    return sql(
        "select id, {column} as number from {table} where id = any({records})",
        column=ident(column),
        table=obj.table,
        records=list(records),
    )


def add(workspace: Workspace, values: Values) -> Sql:
    return sql(
        "insert into {run} (id, at, by, object, file_name, storage, state, settings, total)"
        " values ({id}, {at}, {by}, {object}, {file_name}, {storage}, {state}, {settings}, {total})",
        run=workspace.table("import_run"),
        **values,
    )


def one(workspace: Workspace, run: UUID, *, lock: bool = False) -> Sql:
    """A run, with when what it brought in was taken back."""
    return sql(
        "select r.*, b.undone_at from {run} r left join {batch} b on b.id = r.batch where r.id = {id}{lock}",
        run=workspace.table("import_run"),
        batch=workspace.table("batch"),
        id=run,
        lock=sql(" for update of r") if lock else EMPTY,
    )


def recent(workspace: Workspace, by: UUID | None, limit: int) -> Sql:
    """The latest runs; those of one member, or with None of all."""
    return sql(
        "select r.*, b.undone_at, m.name as by_name from {run} r left join {batch} b on b.id = r.batch"
        " left join {members} m on m.id = r.by"
        " where {by}::uuid is null or r.by = {by} order by r.id desc limit {limit}",
        run=workspace.table("import_run"),
        batch=workspace.table("batch"),
        members=workspace.object("member").table,
        by=by,
        limit=limit,
    )


def change(workspace: Workspace, run: UUID, values: Values) -> Sql:
    """Set columns of a run."""
    pairs = [sql("{column} = {value}", column=ident(name), value=value) for name, value in values.items()]
    return sql(
        "update {run} set {pairs} where id = {id}",
        run=workspace.table("import_run"),
        pairs=join(", ", pairs),
        id=run,
    )


def end(workspace: Workspace, run: UUID, values: Values) -> Sql:
    """Set columns of a run that is at work; one that has ended stays as it is."""
    return sql("{change} and state in ('running', 'checking')", change=change(workspace, run, values))


def at_work(workspace: Workspace, unbegun: datetime) -> Sql:
    """Runs that are being done, or should be. Those that no worker has begun count once they are old enough."""
    return sql(
        "select * from {run} where state in ('running', 'checking') and (starts > 0 or at < {unbegun}) order by id",
        run=workspace.table("import_run"),
        unbegun=unbegun,
    )


def progress(workspace: Workspace, run: UUID, done: int, total: int) -> Sql:
    """Note how far a run is; tells whether somebody has cancelled it."""
    return sql(
        "update {run} set done = {done}, total = {total} where id = {id} returning cancelled",
        run=workspace.table("import_run"),
        done=done,
        total=total,
        id=run,
    )


def cancel(workspace: Workspace, run: UUID) -> Sql:
    return sql(
        "update {run} set cancelled = true where id = {id} and state in ('running', 'checking')",
        run=workspace.table("import_run"),
        id=run,
    )


def begin(workspace: Workspace, run: UUID, at: datetime) -> Sql:
    """Gives how often the run has been begun, this time included."""
    return sql(
        "update {run} set started_at = coalesce(started_at, {at}), done = 0, starts = starts + 1"
        " where id = {id} returning starts",
        run=workspace.table("import_run"),
        at=at,
        id=run,
    )


def hold(run: UUID) -> Sql:
    """Whether this transaction is the only one that works on the run; for as long as it lasts."""
    return sql("select pg_try_advisory_xact_lock(hashtextextended({key}, 0))", key=f"import {run}")
