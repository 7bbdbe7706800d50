"""What happens to leads: how they come in, who follows them, and which become opportunities."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jieli.records import Values
from jieli.relay.past import Filled, Moved, Past
from jieli.synthetic import words
from jieli.synthetic.deals import deal_goes_on
from jieli.synthetic.truth import NEGLECTED, RETURNED, SOURCES
from jieli.synthetic.walk import TooLate, Walk
from jieli.synthetic.world import LEAD, Chapter, World

NAMES, SHARES = list(SOURCES), [share for share, _ in SOURCES.values()]
BY_RULE = 0.7
"""The share of leads that rules give to sales at once; marketing hands over the others."""
INVALID = ("no_need", "not_target", "unreachable", "wrong_number", "competitor")
REASONS = ("contact_missing", "need_unclear", "below_standard")
FROM_CAMPAIGNS = ("exhibition", "advertising", "website")


def lead_lives(world: World, number: int, chapter: Chapter) -> None:
    """The number's lead and all that came of it, up to the present."""
    rng = world.luck(LEAD, number)
    at = world.arrival(rng, number, world.size.leads)
    marketer = world.roster.pick(rng, "marketing")
    values = lead_values(world, rng, number, at)
    if rng.random() < BY_RULE:
        values |= {"owner": world.roster.pick(rng, "sales"), "stage": "following"}
    else:
        values |= {"owner": marketer, "stage": "new"}
    lead = Walk(world, rng, "lead", at, marketer, values)
    talks: list[Past] = []
    with suppress(TooLate):
        _goes_on(lead, chapter, talks)
    chapter.lead.append(lead.past())


def lead_values(world: World, rng: Random, number: int, at: datetime) -> Values:
    """A new lead, as marketing enters it."""
    name, industry, (_, province, city) = words.company(number)
    source = rng.choices(NAMES, SHARES)[0]
    contact = words.person(rng)
    values: Values = {
        "name": f"{name.removesuffix('有限公司')} {contact}",
        "company": name,
        "contact_name": contact,
        "phone": words.mobile(number),
        "source": source,
        "industry": industry,
        "level": rng.choices("abc", (2, 5, 3))[0],
        "address": {"province": province, "city": city, "district": "", "detail": "", "code": ""},
        "products": [rng.choice(world.roster.products).id],
    }
    if rng.random() < 0.4:
        values["email"] = words.email(number)
    if rng.random() < 0.5:
        values["job_title"] = rng.choice(words.JOBS)
    if rng.random() < 0.6:
        values["budget"] = words.money(rng.randrange(2, 80) * 10_000)
    if rng.random() < 0.5:
        day = at.astimezone(world.calendar.zone).date()
        values["expected_purchase"] = day + timedelta(days=rng.randrange(20, 200))
    if rng.random() < 0.7:
        values["needs"] = rng.choice(words.NEEDS)
    running = world.roster.running(at) if source in FROM_CAMPAIGNS else ()
    if running:
        values["campaign"] = rng.choice(running)
    return values


def _goes_on(lead: Walk, chapter: Chapter, talks: list[Past]) -> None:
    """Handed over if need be, followed up, and found to be something or nothing. Raises TooLate."""
    world, rng = lead.world, lead.rng
    if lead.stage == "new":
        if rng.random() < NEGLECTED:
            world.truth.neglected += 1
            return
        marketer = lead.holder
        lead.wait(5, marketer)
        seller = world.roster.pick(rng, "sales")
        slips = RETURNED * world.truth.habits[marketer].slips
        lead.hand_over(seller, "following", message="请尽快联系", slips=slips, reasons=REASONS)
        lead.owner = seller
    owner = lead.owner
    lead.wait(5, owner)
    talks.append(lead.talk(chapter, owner, lead=lead.id))
    while len(talks) < 4 and rng.random() < 0.45:
        lead.wait(14, owner)
        talks.append(lead.talk(chapter, owner, lead=lead.id))
    _found_out(lead, chapter, talks)


def _found_out(lead: Walk, chapter: Chapter, talks: list[Past]) -> None:
    truth, rng, owner = lead.world.truth, lead.rng, lead.owner
    source = lead.values["source"]
    truth.followed[source] += 1
    if rng.random() < SOURCES[source][1]:
        truth.promising[source] += 1
        lead.prepare("qualified")
        lead.move(owner, "qualified")
        lead.wait(6, owner)
        _convert(lead, chapter, talks)
    elif rng.random() >= NEGLECTED:
        lead.move(owner, "invalid", invalid_reason=rng.choice(INVALID))
    else:
        truth.neglected += 1


def _convert(lead: Walk, chapter: Chapter, talks: list[Past]) -> None:
    """Customer, contact and opportunity, as `intake.conversion` makes them of a lead."""
    world, rng, owner, now = lead.world, lead.rng, lead.owner, lead.now
    conversion = world.workspace.document.conversions["lead"]
    account = world.id(rng, now)
    chapter.account.append(Past(account, now, owner, _taken(lead, conversion.account) | {"owner": owner}))
    contact = world.id(rng, now)
    person = _taken(lead, conversion.contact) | {"account": account, "owner": owner}
    chapter.contact.append(Past(contact, now, owner, person))
    refers: dict[str, UUID] = {"account": account, "contact": contact}
    values = _taken(lead, conversion.opportunity) | refers
    values |= {"lead": lead.id, "owner": owner, "stage": conversion.start}
    refers["opportunity"] = deal = deal_goes_on(world, rng, chapter, now, values)
    told = {key: str(value) for key, value in refers.items()}
    lead.acts.append(Moved(now, owner, conversion.stage, {**refers}, "converted", told))
    for talk in talks:
        assert isinstance(talk.acts, list)
        talk.acts.append(Filled(now, owner, {"account": account, "opportunity": deal}))


def _taken(lead: Walk, mapping: Mapping[str, str]) -> Values:
    return {to: lead.values[source] for to, source in mapping.items() if source in lead.values}
