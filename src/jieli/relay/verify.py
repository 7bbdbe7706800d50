"""Verification: the promises of the relay, asked of the data. Silent when everything holds."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.pool import ReadTx, Record
from jieli.relay import verify_store
from jieli.relay.calendars import calendar_of
from jieli.relay.progress import main_stages

MOST = 200


class Rule(StrEnum):
    """What is promised of every record, span, hand-off and claim."""

    HOLDER = "holder"
    OPEN_SPAN = "open_span"
    STAGE = "stage"
    OUTCOME = "outcome"
    REACHED = "reached"
    OVERLAP = "overlap"
    GAP = "gap"
    WORKING_SECONDS = "working_seconds"
    OFFER_HOLDER = "offer_holder"
    ANSWER = "answer"
    CLAIM = "claim"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` is the broken promise; `object` and `record` say where."""

    rule: Rule
    object: str
    record: UUID | None
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    checked: int
    violations: tuple[Violation, ...]


async def verify(tx: ReadTx, workspace: Workspace) -> Verdict:
    """Check every record, span, hand-off and claim of a workspace; at most MOST violations of each rule are
    listed. `checked` counts records and ledger rows."""
    checked = 0
    found: list[Violation] = []
    for obj in workspace.objects.values():
        checked += await tx.value(verify_store.count(obj))
        found += await _references(tx, workspace, obj)
        if obj.has("staged") and workspace.process(obj.key):
            found += await _holders(tx, workspace, obj)
        if obj.definition.duplicates:
            found += await _claims(tx, workspace, obj)
    checked += await tx.value(verify_store.spans(workspace))
    found += await _ledger(tx, workspace)
    found += await _seconds(tx, workspace)
    found += await _handoffs(tx, workspace)
    return Verdict(checked, tuple(found))


def _listed(rule: Rule, rows: list[Record], obj: str | None = None) -> list[Violation]:
    return [Violation(rule, obj or row["object"], row["record"], row["detail"] or "") for row in rows]


async def _holders(tx: ReadTx, workspace: Workspace, obj: Object) -> list[Violation]:
    """An active record has one holder, one open span that says the same; an inactive one has neither. No record
    stands further on than it came."""
    found = workspace.process(obj.key)
    active = [stage.key for stage in found[1].stages if stage.is_active] if found else []
    known = [stage.key for stage in found[1].stages] if found else []
    kinds = {stage.key: stage.kind for stage in found[1].stages} if found else {}
    order = [stage.key for stage in main_stages(found[1])] if found else []
    return [
        *_listed(Rule.HOLDER, await tx.all(verify_store.without_holder(obj, active, MOST)), obj.key),
        *_listed(
            Rule.OPEN_SPAN, await tx.all(verify_store.span_differs(workspace, obj, active, MOST)), obj.key
        ),
        *_listed(Rule.STAGE, await tx.all(verify_store.outside_process(obj, known, MOST)), obj.key),
        *_listed(Rule.OUTCOME, await tx.all(verify_store.wrong_outcome(obj, kinds, MOST)), obj.key),
        *_listed(Rule.REACHED, await tx.all(verify_store.behind(obj, order, MOST)), obj.key),
    ]


async def _ledger(tx: ReadTx, workspace: Workspace) -> list[Violation]:
    """Spans of a record follow each other without gap or overlap, unless it was closed or in the trash."""
    processes = workspace.document.processes
    active = [(key, stage.key) for key, one in processes.items() for stage in one.stages if stage.is_active]
    return [
        *_listed(Rule.OVERLAP, await tx.all(verify_store.overlaps(workspace, MOST))),
        *_listed(Rule.GAP, await tx.all(verify_store.gaps(workspace, active, MOST))),
    ]


async def _seconds(tx: ReadTx, workspace: Workspace) -> list[Violation]:
    """The working time of every closed span is that of the calendar."""
    calendar = await calendar_of(tx, workspace)
    found: list[Violation] = []
    last: UUID | None = None
    while rows := await tx.all(verify_store.closed_spans(workspace, last, 5_000)):
        for row in rows:
            seconds = calendar.working_seconds(row["entered"], row["left_at"])
            if seconds != row["working_seconds"] and len(found) < MOST:
                detail = f"{row['working_seconds']} != {seconds}"
                found.append(Violation(Rule.WORKING_SECONDS, row["object"], row["record"], detail))
        last = rows[-1]["id"]
    return found


async def _handoffs(tx: ReadTx, workspace: Workspace) -> list[Violation]:
    """An open offer's sender holds the record where it was offered; an accepted one was taken by its receiver."""
    return [
        *_listed(Rule.OFFER_HOLDER, await tx.all(verify_store.offers_without_holder(workspace, MOST))),
        *_listed(Rule.ANSWER, await tx.all(verify_store.answers_missing(workspace, MOST))),
    ]


async def _claims(tx: ReadTx, workspace: Workspace, obj: Object) -> list[Violation]:
    """A key is held by a record that exists."""
    return _listed(Rule.CLAIM, await tx.all(verify_store.lost_claims(workspace, obj, MOST)), obj.key)


async def _references(tx: ReadTx, workspace: Workspace, obj: Object) -> list[Violation]:
    """What a record refers to exists, also where no foreign key watches over it."""
    found: list[Violation] = []
    for field in obj.fields.values():
        if field.target in workspace.objects and not field.is_many:
            target = workspace.object(str(field.target))
            found += _listed(
                Rule.REFERENCE, await tx.all(verify_store.dangling(obj, field, target, MOST)), obj.key
            )
    return found
