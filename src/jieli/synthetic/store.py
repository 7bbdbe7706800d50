"""The statements of this package."""

from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, sql


def founded(workspace: Workspace) -> Sql:
    """When the first member came, which is when the company's time begins."""
    return sql("select min(created_at) from {member}", member=workspace.object("member").table)


def counts(workspace: Workspace) -> Sql:
    return sql(
        "select (select count(*) from {lead}) as leads, (select count(*) from {deal}) as opportunities,"
        " (select count(*) from {event}) as events",
        lead=workspace.object("lead").table,
        deal=workspace.object("opportunity").table,
        event=workspace.table("event"),
    )
