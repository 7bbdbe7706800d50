"""What happens to leads and opportunities: each step says what happens next, and when."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jieli.access import Actor
from jieli.base.worktime import Calendar
from jieli.db.pool import Tx
from jieli.intake.conversion import convert
from jieli.records import Values
from jieli.relay import gate, handoffs
from jieli.relay.moves import move_stage
from jieli.relay.track import track
from jieli.synthetic import words
from jieli.synthetic.fill import Supplies, fill
from jieli.synthetic.people import Staff
from jieli.synthetic.truth import LEAVES, LOSSES, RETURNED, SOURCES, Truth

WORK = {"confirm": 26, "assess": 16, "quote": 28, "sign": 48, "won": 6, "feedback": 90, "done": 0}
"""Working hours that an average person needs for a stage."""
ANSWER = 4
"""Working hours until somebody looks at what is offered."""

Step = Callable[["World", Tx, datetime], Awaitable[None]]


@dataclass(slots=True)
class World:
    """The company while it is being lived through. `plan` puts a step into the future."""

    supplies: Supplies
    staff: Staff
    truth: Truth
    calendar: Calendar
    end: datetime
    actors: Callable[[UUID], Actor]
    plan: Callable[[datetime, Step], None]
    activities: list[Values] = field(default_factory=list)

    @property
    def rng(self) -> Random:
        return self.supplies.rng

    def later(self, now: datetime, hours: float, who: UUID | None) -> datetime:
        """So many working hours of this person from now on."""
        spent = hours * self.truth.of(who).pace * self.rng.lognormvariate(-0.2, 0.7)
        return self.calendar.add_working(now, round(max(0.1, spent) * 3600))

    def pick(self, role: str) -> UUID:
        return self.rng.choice(self.staff.by_role[role])


def lead_values(world: World, now: datetime) -> Values:
    """A new lead, as marketing enters it."""
    rng = world.rng
    name, industry, (_, province, city) = words.company(rng)
    source = rng.choices(list(SOURCES), [share for share, _ in SOURCES.values()])[0]
    contact = words.person(rng)
    values: Values = {
        "name": f"{name.removesuffix('有限公司')} {contact}",
        "company": name,
        "contact_name": contact,
        "source": source,
        "industry": industry,
        "level": rng.choices("abc", (2, 5, 3))[0],
        "address": {"province": province, "city": city},
        "products": [str(rng.choice(world.staff.products))],
    }
    if rng.random() < 0.9:
        values["phone"] = words.mobile(rng)
    if rng.random() < 0.5:
        values["job_title"] = rng.choice(words.JOBS)
    if rng.random() < 0.6:
        values["budget"] = str(rng.randrange(2, 80) * 10_000)
    if rng.random() < 0.5:
        values["expected_purchase"] = (now + timedelta(days=rng.randrange(20, 200))).date().isoformat()
    if rng.random() < 0.7:
        values["needs"] = rng.choice(words.NEEDS)
    running = [
        campaign for campaign, begin in world.staff.campaigns if begin <= now <= begin + timedelta(days=45)
    ]
    if running and source in ("exhibition", "advertising", "website"):
        values["campaign"] = str(rng.choice(running))
    return values


def begin_lead(lead: UUID, owner: UUID | None, source: str, marketer: UUID) -> Step:
    """The first step of a lead: followed up by who got it, or handed over by marketing."""

    async def step(world: World, tx: Tx, now: datetime) -> None:
        if owner is not None:
            world.plan(world.later(now, 5, owner), follow(lead, owner, source, 0))
        elif world.rng.random() < 0.06:
            world.truth.neglected += 1
        else:
            world.plan(world.later(now, 5, marketer), pass_on(lead, marketer, source, 0))

    return step


def pass_on(lead: UUID, marketer: UUID, source: str, returns: int) -> Step:
    async def step(world: World, tx: Tx, now: datetime) -> None:
        to = world.pick("sales")
        number = await handoffs.offer(
            tx, world.actors(marketer), "lead", lead, to=to, stage="following", message="请尽快联系"
        )
        world.plan(world.later(now, 3, to), answer(number, lead, marketer, to, source, returns))

    return step


def answer(number: UUID, lead: UUID, marketer: UUID, to: UUID, source: str, returns: int) -> Step:
    async def step(world: World, tx: Tx, now: datetime) -> None:
        careless = RETURNED * world.truth.of(marketer).care
        if returns < 2 and world.rng.random() < careless:
            world.truth.returned += 1
            reasons = world.actors(to).workspace.document.processes["lead"].return_reasons
            reason = world.rng.choice(reasons[:3]).key
            await handoffs.give_back(tx, world.actors(to), number, reason=reason, missing=["phone"])
            world.plan(world.later(now, 4, marketer), pass_on(lead, marketer, source, returns + 1))
            return
        await handoffs.accept(tx, world.actors(to), number)
        world.plan(world.later(now, 5, to), follow(lead, to, source, 0))

    return step


def follow(lead: UUID, owner: UUID, source: str, times: int) -> Step:
    """Talk to the customer; after a few talks it is clear whether there is something in it."""

    async def step(world: World, tx: Tx, now: datetime) -> None:
        talk(world, now, owner, lead=lead)
        if times < 3 and world.rng.random() < 0.45:
            world.plan(world.later(now, 14, owner), follow(lead, owner, source, times + 1))
            return
        actor = world.actors(owner)
        good = SOURCES[source][1] * world.truth.of(owner).reach
        if world.rng.random() < good:
            await gate.tick(tx, actor, "lead", lead, "contacted", done=True)
            await advance(world, tx, actor, "lead", lead, "qualified")
            world.plan(world.later(now, 6, owner), turn(lead, owner))
        elif world.rng.random() < 0.75:
            reason = world.rng.choice(("no_need", "not_target", "unreachable", "wrong_number", "competitor"))
            await move_stage(tx, actor, "lead", lead, "invalid", values={"invalid_reason": reason})

    return step


def turn(lead: UUID, owner: UUID) -> Step:
    async def step(world: World, tx: Tx, now: datetime) -> None:
        made = await convert(tx, world.actors(owner), "lead", lead)
        if made.opportunity:
            world.plan(world.later(now, WORK["confirm"], owner), carry(made.opportunity, owner))

    return step


def carry(deal: UUID, owner: UUID) -> Step:
    """One leg of an opportunity, by whoever holds it now."""

    async def step(world: World, tx: Tx, now: datetime) -> None:
        where = await track(tx, world.actors(owner), "opportunity", deal)
        if where["handoff"]:
            return await take(world, tx, now, deal, owner, where["handoff"])
        holder = where["holder"]["id"] if where["holder"] else None
        if holder is None:
            return None
        stage = where["stage"]
        if stage in ("confirm", "quote"):
            talk(world, now, holder, opportunity=deal)
        if world.rng.random() < LEAVES.get(stage, 0.0) / world.truth.of(owner).reach:
            return await lose(world, tx, deal, owner)
        return await LEGS[stage](world, tx, now, deal, holder, owner)

    return step


async def take(world: World, tx: Tx, now: datetime, deal: UUID, owner: UUID, offer: Values) -> None:
    """The receiver answers."""
    receiver, sender = offer["to"]["id"], offer["from"]["id"]
    actor = world.actors(receiver)
    if world.rng.random() < RETURNED * world.truth.of(sender).care * 0.7:
        world.truth.returned += 1
        reasons = actor.workspace.document.processes["opportunity"].return_reasons
        await handoffs.give_back(tx, actor, offer["id"], reason=world.rng.choice(reasons[:4]).key, missing=[])
        world.plan(world.later(now, 5, sender), carry(deal, owner))
        return
    await handoffs.accept(tx, actor, offer["id"])
    world.plan(world.later(now, WORK[offer["to_stage"]], receiver), carry(deal, owner))


async def lose(world: World, tx: Tx, deal: UUID, owner: UUID) -> None:
    values = {"loss_reason": world.rng.choice(LOSSES)}
    await move_stage(tx, world.actors(owner), "opportunity", deal, "lost", values=values)


async def _confirm(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    to = "assess" if world.rng.random() < 0.7 else "quote"
    await _hand_or_move(world, tx, now, deal, holder=holder, owner=owner, to=to)


async def _assess(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    await _hand_or_move(world, tx, now, deal, holder=holder, owner=owner, to="quote")


async def _quote(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    await _hand_or_move(world, tx, now, deal, holder=holder, owner=owner, to="sign")


async def _sign(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    await _hand_or_move(world, tx, now, deal, holder=holder, owner=owner, to="won")


async def _won(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    """The offer to customer success was made by itself; when it came back, sales offers again."""
    to = world.pick("success")
    await handoffs.offer(tx, world.actors(holder), "opportunity", deal, to=to, stage="feedback")
    world.plan(world.later(now, ANSWER, to), carry(deal, owner))


async def _feedback(world: World, tx: Tx, now: datetime, deal: UUID, holder: UUID, owner: UUID) -> None:
    if world.rng.random() < 0.5:
        world.plan(world.later(now, WORK["feedback"], holder), carry(deal, owner))
        return
    await advance(world, tx, world.actors(holder), "opportunity", deal, "done")


LEGS = {
    "confirm": _confirm,
    "assess": _assess,
    "quote": _quote,
    "sign": _sign,
    "won": _won,
    "feedback": _feedback,
}


async def _hand_or_move(
    world: World, tx: Tx, now: datetime, deal: UUID, *, holder: UUID, owner: UUID, to: str
) -> None:
    actor = world.actors(holder)
    move = actor.workspace.move("opportunity", _stage_before(to, holder, world), to)
    role = move.handoff.role if move and move.handoff and not move.handoff.automatic else None
    if role is None or role in actor.roles:
        await advance(world, tx, actor, "opportunity", deal, to)
        world.plan(world.later(now, WORK[to], holder), carry(deal, owner))
    else:
        next_holder = owner if role == "sales" else world.pick(role)
        values = await fill(world.supplies, tx, actor, "opportunity", deal, to)
        await handoffs.offer(
            tx, actor, "opportunity", deal, to=next_holder, stage=to, message="资料已备齐", values=values
        )
        world.plan(world.later(now, ANSWER, next_holder), carry(deal, owner))


def _stage_before(to: str, holder: UUID, world: World) -> str:
    """The stage that a way leads from; quoting follows assessment when an expert holds the record."""
    if to == "quote":
        return "assess" if holder in world.staff.by_role["expert"] else "confirm"
    return {"assess": "confirm", "sign": "quote", "won": "sign"}[to]


async def advance(world: World, tx: Tx, actor: Actor, object_key: str, record: UUID, to: str) -> None:
    """Produce what the gate asks for, then move."""
    values = await fill(world.supplies, tx, actor, object_key, record, to)
    await move_stage(tx, actor, object_key, record, to, values=values)


def talk(world: World, now: datetime, who: UUID, **about: UUID) -> None:
    """A follow-up; they are written in batches."""
    rng = world.rng
    world.activities.append(
        {
            "content": rng.choice(words.TALKS),
            "kind": rng.choices(("phone", "wechat", "visit", "online_meeting"), (5, 4, 2, 2))[0],
            "at": now.isoformat(),
            "owner": str(who),
            "created_at": now.isoformat(),
            "created_by": str(who),
            "next_content": rng.choice(words.NEXT_STEPS),
            **{key: str(value) for key, value in about.items()},
        }
    )
