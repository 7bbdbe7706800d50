"""A past that is entered whole leaves what the same past leaves when it is lived step by step."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from jieli.access import load_actor
from jieli.base import clock
from jieli.base.ids import uuid7_at
from jieli.blueprint.model import UnknownStage
from jieli.db.pool import Record, Tx
from jieli.db.sql import join, sql
from jieli.fields.money import Money
from jieli.records import Action, Batch, Change, Values, apply
from jieli.records.content import Disk
from jieli.records.files import Attachment, attach
from jieli.relay import gate, handoffs
from jieli.relay.enter import enter_pasts, people_of
from jieli.relay.errors import ActsOutOfOrder, NothingOffered, NotTheHolder
from jieli.relay.limits import sweep_workspace
from jieli.relay.moves import move_stage
from jieli.relay.past import Accepted, Act, Attached, Filled, Moved, Offered, Past, Returned, Ticked
from jieli.relay.verify import verify
from tests.company import Company, look, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai on a working day."""
HOUR = timedelta(hours=1)
UNTIL = MONDAY + timedelta(days=20)


def number(place: int) -> UUID:
    return uuid7_at(MONDAY, place, Random(place).getrandbits(62))


@pytest.fixture
def paper(tmp_path: Path) -> Attachment:
    disk = Disk(tmp_path)
    return Attachment(disk.put(BytesIO("报价".encode())), "报价单.txt", disk.name, deliverable="quotation")


def lead_past(company: Company) -> Past:
    """Handed over, returned, left until it expired, handed over again, and left lying."""
    m = company.members
    acts: list[Act] = [
        Offered(MONDAY + HOUR, m["mary"], m["sam"], "following", "请尽快联系"),
        Returned(MONDAY + 2 * HOUR, m["sam"], "need_unclear", ("phone",)),
        Offered(MONDAY + 3 * HOUR, m["mary"], m["wes"], "following"),
        Offered(MONDAY + 30 * HOUR, m["mary"], m["sam"], "following"),
        Accepted(MONDAY + 31 * HOUR, m["sam"]),
    ]
    values = {"name": "线索", "stage": "new", "owner": m["mary"], "needs": "要看演示"}
    return Past(number(1), MONDAY, m["mary"], values, acts)


def deal_past(company: Company, account: UUID, paper: Attachment) -> Past:
    """All the way to the win, with an expert in between, and an offer that waits in the end."""
    m = company.members
    sam, ed, cleo = m["sam"], m["ed"], m["cleo"]
    money = Money(Decimal("50000.00"))
    day = timedelta(days=1)
    acts: list[Act] = [
        Ticked(MONDAY + HOUR, sam, "needs_confirmed"),
        Filled(MONDAY + HOUR, sam, {"amount": money, "expected_close": date(2026, 12, 24), "needs": "要"}),
        Offered(MONDAY + HOUR, sam, ed, "assess", "资料已备齐"),
        Accepted(MONDAY + 2 * HOUR, ed),
        Filled(MONDAY + 2 * day, ed, {"feasibility": "standard", "solution": "标准版"}),
        Offered(MONDAY + 2 * day, ed, sam, "quote"),
        Accepted(MONDAY + 2 * day + HOUR, sam),
        Ticked(MONDAY + 3 * day, sam, "presented"),
        Attached(MONDAY + 3 * day, sam, paper),
        Filled(MONDAY + 3 * day, sam, {"quoted_amount": money, "quote_valid_until": date(2026, 12, 31)}),
        Moved(MONDAY + 3 * day, sam, "sign"),
        Ticked(MONDAY + 16 * day, sam, "signed"),
        Ticked(MONDAY + 16 * day, sam, "handover_ready"),
        Filled(MONDAY + 16 * day, sam, {"contract_amount": money, "signed_on": date(2026, 12, 2)}),
        Moved(MONDAY + 16 * day, sam, "won"),
        Offered(MONDAY + 16 * day, None, cleo, "feedback"),
        Accepted(MONDAY + 16 * day + 2 * HOUR, cleo),
    ]
    values = {"name": "商机", "account": account, "stage": "confirm", "owner": sam, "source": "website"}
    return Past(number(2), MONDAY, sam, values, acts)


async def entered(tx: Tx, company: Company, object_key: str, past: Past) -> None:
    actor = company.system
    people = await people_of(tx, actor, list(company.members.values()))
    await enter_pasts(tx, actor, {object_key: [past]}, until=UNTIL, people=people)


async def lived(tx: Tx, company: Company, object_key: str, past: Past) -> UUID:
    """The same acts by the ordinary actions, with the sweep of limits every minute that matters."""
    kind = company.workspace.object(object_key)
    values = {key: kind.fields[key].type.dump(value) for key, value in past.values.items()}
    with clock.at(past.entered):
        actor = await load_actor(tx, company.workspace, past.by or UUID(int=0), channel="test")
        record = await make(tx, actor, object_key, **values)
    for act in past.acts:
        await _swept(tx, company, record, act.at)
        with clock.at(act.at):
            await _done(tx, company, object_key, record, act)
    await _swept(tx, company, record, UNTIL + timedelta(seconds=1))
    return record


async def _swept(tx: Tx, company: Company, record: UUID, before: datetime) -> None:
    """Let the sweep run at each moment at which something is due."""
    w = company.workspace
    while due := await tx.value(
        sql(
            "select min(at) from (select warn_at as at from {span} where record = {id} and left_at is null"
            " and warned_at is null union all select due from {span} where record = {id} and left_at is null"
            " and breached_at is null union all select due from {handoff} where record = {id}"
            " and state = 'offered') d where at < {before}",
            span=w.table("span"), handoff=w.table("handoff"), id=record, before=before,
        )
    ):  # fmt: skip
        with clock.at(due):
            await sweep_workspace(tx, w)


async def _waiting(tx: Tx, company: Company, record: UUID) -> UUID:
    table = company.workspace.table("handoff")
    found = await tx.value(
        sql("select id from {t} where record = {id} and state = 'offered'", t=table, id=record)
    )
    assert isinstance(found, UUID)
    return found


async def _done(tx: Tx, company: Company, object_key: str, record: UUID, act: Act) -> None:
    if act.by is None:
        return  # what the stage does by itself has happened with the move
    actor = await load_actor(tx, company.workspace, act.by, channel="test")
    match act:
        case Filled():
            batch = Batch(object_key, Action.UPDATE, [Change(act.values, id=record)], typed=True)
            await apply(tx, actor, batch)
        case Ticked():
            await gate.tick(tx, actor, object_key, record, act.key, done=True)
        case Attached():
            await attach(tx, actor, object_key, record, act.paper)
        case Moved():
            await move_stage(tx, actor, object_key, record, act.to)
        case Offered():
            await handoffs.offer(
                tx, actor, object_key, record, to=act.to, stage=act.stage, message=act.message
            )
        case Accepted():
            await handoffs.accept(tx, actor, await _waiting(tx, company, record))
        case Returned():
            waiting = await _waiting(tx, company, record)
            await handoffs.give_back(tx, actor, waiting, reason=act.reason, missing=list(act.missing))


OWN = frozenset({"id", "record", "batch", "number", "version", "search_text", "grams"})
"""What is each record's own: its ids, its number and what it is found by."""
LEDGERS = {
    "span": ("entered", "id"), "handoff": ("offered_at", "id"), "deliverable": ("at", "key"),
    "event": ("id",), "share": ("member", "object"), "file": ("id",),
}  # fmt: skip
INNER = frozenset({"handoff", "id", "number", "score", "score_parts", "sha256"})


async def left_behind(tx: Tx, company: Company, object_key: str, record: UUID) -> dict[str, list[object]]:
    """The record and its rows in every ledger, without their own ids."""
    w = company.workspace
    own = await tx.all(sql("select * from {t} where id = {id}", t=w.object(object_key).table, id=record))
    found: dict[str, list[object]] = {"record": [_plain(row, record) for row in own]}
    for table, order in LEDGERS.items():
        by = join(", ", [sql(name) for name in order])
        rows = await tx.all(
            sql("select * from {t} where record = {id} order by {by}", t=w.table(table), id=record, by=by)
        )
        found[table] = [_plain(row, record) for row in rows]
    return found


def _plain(row: Record, record: UUID) -> Values:
    return {key: _masked(value, record) for key, value in dict(row).items() if key not in OWN}


def _masked(value: object, record: UUID) -> object:
    if isinstance(value, dict):
        return {key: _masked(one, record) for key, one in value.items() if key not in INNER}
    if isinstance(value, list):
        return [_masked(one, record) for one in value]
    return "itself" if value in (record, str(record)) else value


async def _both(tx: Tx, company: Company, object_key: str, past: Past) -> Sequence[dict[str, list[object]]]:
    record = await lived(tx, company, object_key, past)
    await entered(tx, company, object_key, past)
    return [await left_behind(tx, company, object_key, one) for one in (record, past.id)]


async def test_a_lead_entered_with_its_past_is_as_if_lived(tx: Tx, company: Company) -> None:
    step_by_step, whole = await _both(tx, company, "lead", lead_past(company))
    assert len(step_by_step["handoff"]) == 3
    assert whole == step_by_step


async def test_an_opportunity_entered_with_its_past_is_as_if_lived(
    tx: Tx, company: Company, paper: Attachment
) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="上海恒达科技有限公司")
    step_by_step, whole = await _both(tx, company, "opportunity", deal_past(company, account, paper))
    assert len(step_by_step["span"]) == 6
    assert whole == step_by_step


async def test_what_was_entered_keeps_every_promise_of_the_relay(
    tx: Tx, company: Company, paper: Attachment
) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="上海恒达科技有限公司")
    await entered(tx, company, "lead", lead_past(company))
    await entered(tx, company, "opportunity", deal_past(company, account, paper))
    assert (await verify(tx, company.workspace)).violations == ()


async def test_who_holds_an_overdue_record_is_told_and_nobody_of_what_is_over(
    tx: Tx, company: Company
) -> None:
    past = lead_past(company)
    await entered(tx, company, "lead", past)
    rows = await tx.all(
        sql(
            "select member, kind from {t} where record = {id}",
            t=company.workspace.table("notification"),
            id=past.id,
        )
    )
    sam, eva = company.members["sam"], company.members["eva"]
    assert {(row["member"], row["kind"]) for row in rows} == {
        (sam, "limit_breached"),
        (eva, "limit_breached"),
    }


async def refused(tx: Tx, company: Company, *acts: Act) -> None:
    past = Past(number(9), MONDAY, None, {"name": "线索", "owner": company.members["sam"]}, acts)
    await entered(tx, company, "lead", past)


async def test_acts_against_the_order_of_time_are_refused(tx: Tx, company: Company) -> None:
    sam = company.members["sam"]
    later, earlier = (Filled(MONDAY + n * HOUR, sam, {"note": str(n)}) for n in (2, 1))
    with pytest.raises(ActsOutOfOrder):
        await refused(tx, company, later, earlier)


async def test_an_answer_to_nothing_is_refused(tx: Tx, company: Company) -> None:
    with pytest.raises(NothingOffered):
        await refused(tx, company, Accepted(MONDAY + HOUR, company.members["sam"]))


async def test_a_second_offer_while_one_waits_is_refused(tx: Tx, company: Company) -> None:
    sam, wes = company.members["sam"], company.members["wes"]
    offers = [Offered(MONDAY + n * HOUR, sam, wes, "following") for n in (1, 2)]
    with pytest.raises(NotTheHolder):
        await refused(tx, company, *offers)


async def test_a_stage_that_the_process_does_not_have_is_refused(tx: Tx, company: Company) -> None:
    with pytest.raises(UnknownStage):
        await refused(tx, company, Moved(MONDAY + HOUR, company.members["sam"], "nowhere"))


async def test_records_that_refer_to_each_other_come_in_together(tx: Tx, company: Company) -> None:
    sam = company.members["sam"]
    lead, deal = number(11), number(12)
    turned = Moved(MONDAY + HOUR, sam, "converted", {"opportunity": deal}, "converted")
    first = Past(lead, MONDAY, sam, {"name": "线索", "owner": sam, "stage": "following"}, [turned])
    second = Past(deal, MONDAY + HOUR, sam, {"name": "商机", "owner": sam, "lead": lead, "stage": "confirm"})
    people = await people_of(tx, company.system, [sam])
    together = {"lead": [first], "opportunity": [second]}
    await enter_pasts(tx, company.system, together, until=UNTIL, people=people)
    found = await look(tx, company, "lead", lead)
    assert found["opportunity"]["id"] == str(deal)
    assert found["updated_at"] == "2026-11-16T02:00:00Z"
