"""How records come in: one by one, from a file, by conversion; and who gets them."""

from dataclasses import replace

from jieli.intake.assignment import assign
from jieli.intake.conversion import convert
from jieli.records import Action, Batch, Change, Outcome, apply
from tests.company import PEOPLE
from tests.relay.history import History, Step, held
from tests.relay.oracle import Baton, Place

SALES = ("sam", "sue", "wes")


async def enter(history: History, step: Step) -> bool:
    """One record, or some that a file brings in, each in its own stage."""
    from_file = step.kind == "import"
    key = "lead" if step.choice % 2 else "opportunity"
    who = None if step.choice % 5 == 0 else step.who
    owner = step.to if step.is_right and who in (None, "mary", "eva", "boss", "olga") else None
    stages = [stage.key for stage in history.process(key).stages]
    asked = [stages[(step.pick + i) % len(stages)] for i in range(3)] if from_file else [stages[0]]
    if not from_file and step.choice % 3 == 0:
        asked = [stages[step.pick % len(stages)]]
    values = {"account": str(history.account)} if key == "opportunity" else {}
    values |= {"owner": str(history.id_of(owner))} if owner else {}
    rows = [Change({"name": f"新{i}", "stage": stage, **values}, row=i) for i, stage in enumerate(asked)]
    batch = Batch(
        key, Action.CREATE, rows, source="import" if from_file else "screen", automations=not from_file
    )
    result = await apply(history.tx, await history.actor(who), batch)
    placed = []
    for row, stage in zip(result.rows, asked, strict=True):
        assert row.id
        baton = Baton(key, row.id, Place(stage, None, owner))
        placed.append((baton, await _entered(history, baton, who, from_file=from_file)))
    history.note(result.batch, placed, automatic=not from_file)
    return True


async def _entered(history: History, baton: Baton, who: str | None, *, from_file: bool) -> Place:
    """Whose a new record is: the rules give leads to sales, everything else belongs to who entered it."""
    place = baton.place
    enters = who and (from_file or baton.object == "opportunity" or PEOPLE[who][1] == "sales")
    if place.owner is None and enters:
        place = replace(place, owner=who)
    if place.owner is None and not from_file and place.stage in ("new", "following", "qualified"):
        return await _assigned(history, baton)
    return held(history, who, place, baton.object)


async def _assigned(history: History, baton: Baton) -> Place:
    """Rules decide who of sales gets an unowned lead; it leaves the stage in which it waited."""
    chosen = (await history.place(baton)).owner
    assert chosen in SALES
    stage = "following" if baton.place.stage == "new" else baton.place.stage
    return replace(baton.place, stage=stage, holder=chosen, owner=chosen)


async def assign_by_rules(history: History, step: Step) -> bool:
    baton = history.picked(step)
    if baton is None or baton.object != "lead":
        return False
    result = await assign(history.tx, await history.actor(_who(step)), "lead", [baton.id])
    if not result.rows or result.only.outcome is not Outcome.UPDATED:
        return False
    history.note(result.batch, [(baton, await _assigned(history, baton))])
    return True


def _who(step: Step) -> str:
    return "boss" if step.is_right else step.who


async def convert_lead(history: History, step: Step) -> bool:
    baton = history.picked(step)
    if baton is None or baton.object != "lead":
        return False
    who = _who(step)
    made = await convert(
        history.tx, await history.actor(who), "lead", baton.id, without_opportunity=step.choice % 3 == 0
    )
    placed = [(baton, Place("converted", None, baton.place.owner))]
    if made.opportunity:
        deal = Baton("opportunity", made.opportunity, Place("confirm", None, who))
        placed.append((deal, replace(deal.place, holder=who)))
    history.note(made.batch, placed)
    return True
