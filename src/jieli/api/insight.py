"""Reports: the funnel, key figures, departments, leads by what became of them, and who is ahead."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.insight_shapes import Departments, EndedHandOffs, Fate, Funnel, Leaderboard, Metrics, Summary
from jieli.api.listing import Condition, Names
from jieli.api.wire import JSON, Body, read_json, router
from jieli.base import clock
from jieli.db.pool import ReadTx
from jieli.insight import handoffs, reports
from jieli.insight.funnel import funnel
from jieli.insight.leaderboard import leaderboard
from jieli.insight.metrics import METRICS, described
from jieli.insight.period import Period, period_of, this_month
from jieli.insight.summary import summary
from jieli.insight.trees import all_of, is_
from jieli.records import Values

routes = router("insight")


class Days(Body):
    """Both days are within; without them, this month."""

    first: str | None = Field(default=None, alias="from", max_length=10, examples=["2026-01-01"])
    to: str | None = Field(default=None, max_length=10)

    def period(self, actor: Actor) -> Period | None:
        return period_of(self.first, self.to, clock.now(), actor.workspace.context.zone)


class FunnelQuestion(Days):
    """Records created in the period, or all without one; of a department with everything below it."""

    process: str | None = Field(default=None, max_length=40)
    department: UUID | None = None
    owner: UUID | None = None
    source: str | None = Field(default=None, max_length=80)
    where: Condition = None

    def tree(self) -> Values:
        where = read_json(self.where, "where") if isinstance(self.where, str) and self.where else self.where
        under = {"field": "department", "op": "under", "value": str(self.department)}
        return all_of(
            under if self.department else {},
            is_("owner", str(self.owner)) if self.owner else {},
            is_("source", self.source) if self.source else {},
            where,
        )


class FateQuestion(Days):
    by: str = Field(default="source", max_length=40)


class Contest(Days):
    metric: str = Field(default="won_amount", max_length=40)


class HandOffQuestion(Days):
    """Those that ended in the period in one of these states; `in_time`, before they were due."""

    states: Names = Field(default=["accepted", "returned", "expired"])
    in_time: bool = False
    receiver: UUID | None = None


@routes.get("/{ws}/insight/metrics", summary="What each number means", response_model=Metrics)
async def list_metrics(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"items": described(*METRICS)})

    return await edge.show(work)


@routes.get("/{ws}/insight/funnel", summary="How far records came", response_model=Funnel)
async def read_funnel(edge: AtEdge, asked: Annotated[FunnelQuestion, Query()]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        process = asked.process or actor.workspace.document.dashboards.funnel
        return JSON(await funnel(tx, actor, process, period=asked.period(actor), where=asked.tree()))

    return await edge.show(work)


@routes.get("/{ws}/insight/summary", summary="Key figures beside the period before", response_model=Summary)
async def read_summary(edge: AtEdge, asked: Annotated[Days, Query()]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await summary(tx, actor, period=asked.period(actor)))

    return await edge.show(work)


@routes.get(
    "/{ws}/insight/departments",
    summary="What departments collected, converted and lost",
    response_model=Departments,
)
async def read_departments(edge: AtEdge, asked: Annotated[Days, Query()]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await reports.departments(tx, actor, period=asked.period(actor)))

    return await edge.show(work)


@routes.get("/{ws}/insight/leads", summary="What became of leads, by source", response_model=Fate)
async def read_fate(edge: AtEdge, asked: Annotated[FateQuestion, Query()]) -> Response:
    """Or by another field of theirs, such as `campaign` or `owner`."""

    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await reports.fate(tx, actor, period=asked.period(actor), by=asked.by))

    return await edge.show(work)


@routes.get("/{ws}/insight/leaderboard", summary="Who is ahead", response_model=Leaderboard)
async def read_leaderboard(edge: AtEdge, asked: Annotated[Contest, Query()]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await leaderboard(tx, actor, metric=asked.metric, period=asked.period(actor)))

    return await edge.show(work)


@routes.get("/{ws}/insight/handoffs", summary="The hand-offs behind a number", response_model=EndedHandOffs)
async def list_handoffs(edge: AtEdge, asked: Annotated[HandOffQuestion, Query()]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        period = asked.period(actor) or this_month(clock.now(), actor.workspace.context.zone)
        choice = handoffs.Choice(tuple(asked.states), asked.in_time)
        return JSON(await handoffs.listed(tx, actor, period, choice, receiver=asked.receiver))

    return await edge.show(work)
