"""The statements of this package."""

from uuid import UUID

from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, sql


def owner(workspace: Workspace, lead: UUID) -> Sql:
    return sql("select owner from {lead} where id = {id}", lead=workspace.object("lead").table, id=lead)


def counts(workspace: Workspace) -> Sql:
    return sql(
        "select (select count(*) from {lead}) as leads, (select count(*) from {deal}) as opportunities,"
        " (select count(*) from {event}) as events",
        lead=workspace.object("lead").table,
        deal=workspace.object("opportunity").table,
        event=workspace.table("event"),
    )
