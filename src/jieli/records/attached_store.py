"""The statements of what hangs on records and lists: saved views, comments, files."""

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
