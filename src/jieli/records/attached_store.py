"""The statements of what hangs on records and lists: saved views, comments, files."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, sql
from jieli.records.model import Values


def views(workspace: Workspace, object_key: str, member: UUID | None) -> Sql:
    return sql(
        "select * from {table} where object = {object} and (shared or owner = {member}) order by id",
        table=workspace.table("saved_view"),
        object=object_key,
        member=member,
    )


def view(workspace: Workspace, view_id: UUID) -> Sql:
    return sql("select * from {table} where id = {id}", table=workspace.table("saved_view"), id=view_id)


def add_view(workspace: Workspace, values: Values, at: datetime) -> Sql:
    return sql(
        "insert into {table} (id, object, label, owner, shared, conditions, sort, columns, at) values"
        " ({id}, {object}, {label}, {owner}, {shared}, {conditions}, {sort}, {columns}, {at})",
        table=workspace.table("saved_view"),
        at=at,
        **values,
    )


def change_view(workspace: Workspace, values: Values) -> Sql:
    return sql(
        "update {table} set label = {label}, shared = {shared}, conditions = {conditions}, sort = {sort},"
        " columns = {columns} where id = {id}",
        table=workspace.table("saved_view"),
        **{key: value for key, value in values.items() if key not in ("object", "owner")},
    )


def drop_view(workspace: Workspace, view_id: UUID) -> Sql:
    return sql("delete from {table} where id = {id}", table=workspace.table("saved_view"), id=view_id)


def add_comment(workspace: Workspace, values: Values) -> Sql:
    return sql(
        "insert into {table} (id, object, record, author, at, text, mentions)"
        " values ({id}, {object}, {record}, {author}, {at}, {text}, {mentions})",
        table=workspace.table("comment"),
        **values,
    )


def comments(workspace: Workspace, record: UUID, after: UUID | None, limit: int) -> Sql:
    """The newest comments on a record, older than `after`."""
    return sql(
        "select id, at, author, text, mentions from {table} where record = {record} and deleted_at is null"
        " and ({after}::uuid is null or id < {after}) order by id desc limit {limit}",
        table=workspace.table("comment"),
        record=record,
        after=after,
        limit=limit,
    )


def add_file(workspace: Workspace, values: Values) -> Sql:
    return sql(
        "insert into {table} (id, object, record, field, deliverable, name, size, type, sha256, storage, by, at)"
        " values ({id}, {object}, {record}, {field}, {deliverable}, {name}, {size}, {type}, {sha256}, {storage},"
        " {by}, {at})",
        table=workspace.table("file"),
        **values,
    )


def files(workspace: Workspace, record: UUID, hidden: Iterable[str]) -> Sql:
    """The files of a record, but for those in hidden fields."""
    return sql(
        "select f.*, m.name as by_name from {table} f left join {members} m on m.id = f.by"
        " where f.record = {record} and f.deleted_at is null and (f.field = any({hidden}::text[])) is not true"
        " order by f.id desc",
        table=workspace.table("file"),
        members=workspace.object("member").table,
        record=record,
        hidden=list(hidden),
    )


def file(workspace: Workspace, file_id: UUID) -> Sql:
    return sql(
        "select f.*, m.name as by_name from {table} f left join {members} m on m.id = f.by"
        " where f.id = {id} and f.deleted_at is null",
        table=workspace.table("file"),
        members=workspace.object("member").table,
        id=file_id,
    )


def drop_file(workspace: Workspace, file_id: UUID, at: datetime) -> Sql:
    """The content stays: an undo, or another record, may need it."""
    return sql(
        "update {table} set deleted_at = {at} where id = {id} and deleted_at is null",
        table=workspace.table("file"),
        id=file_id,
        at=at,
    )


def notices(workspace: Workspace, member: UUID | None, after: UUID | None, limit: int) -> Sql:
    return sql(
        "select * from {table} where member = {member} and ({after}::uuid is null or id < {after})"
        " order by id desc limit {limit}",
        table=workspace.table("notification"),
        member=member,
        after=after,
        limit=limit,
    )


def unread(workspace: Workspace, member: UUID | None) -> Sql:
    return sql(
        "select count(*) from {table} where member = {member} and read_at is null",
        table=workspace.table("notification"),
        member=member,
    )


def mark_read(workspace: Workspace, member: UUID | None, ids: list[UUID] | None, at: datetime) -> Sql:
    return sql(
        "update {table} set read_at = {at} where member = {member} and read_at is null"
        " and ({ids}::uuid[] is null or id = any({ids}))",
        table=workspace.table("notification"),
        at=at,
        member=member,
        ids=ids,
    )
