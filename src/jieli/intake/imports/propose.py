"""What a wizard starts from: the columns of the file, what they seem to hold, and which field each may fill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from jieli.access import Actor
from jieli.base.language import Language
from jieli.blueprint.document import Label
from jieli.blueprint.model import Field, Object
from jieli.fields import BadValue
from jieli.fields.registry import SYSTEM_TYPES
from jieli.intake.imports.cells import Read, reader, refers
from jieli.intake.imports.model import NewField, Setup, Wanted
from jieli.intake.imports.stages import StageNames
from jieli.intake.imports.survey import empty_texts
from jieli.intake.imports.targets import importable, targets_of
from jieli.intake.imports.trial import Trial
from jieli.intake.reading import Cell, Column, Table
from jieli.intake.reading.guess import Guess, guess_columns
from jieli.intake.reading.mapping import Suggestion, suggest
from jieli.records import Values

SURE = 0.66
"""From here on a suggestion is taken without asking; what is weaker is only a hint."""
LOOKED_AT = 2_000
SURE_CLOSED = 0.95
ENOUGH = 0.5
"""A field fits a column when it can read at least this share of its cells."""
NEW_TYPES_AS_TEXT = SYSTEM_TYPES | {"auto_number", "file", "image", "person", "department", "reference"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One guess and one suggestion for each column of the table, in order."""

    columns: tuple[Column, ...]
    guesses: tuple[Guess, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def empty_values(self) -> tuple[str, ...]:
        """Texts that seem to stand for nothing in at least one column."""
        return tuple(dict.fromkeys(text for guess in self.guesses for text in guess.placeholders))

    def described(self, language: Language) -> list[Values]:
        each = zip(self.columns, self.guesses, self.suggestions, strict=True)
        return [_described(column, guess, found, language) for column, guess, found in each]


def propose(actor: Actor, obj: Object, table: Table) -> Proposal:
    """Looks at the first rows. Not for the event loop."""
    guesses = guess_columns(table)
    empty = {text for guess in guesses for text in guess.placeholders}
    first = [row.cells for row in islice(table.rows(), LOOKED_AT)]
    targets = targets_of(actor, obj)
    found = suggest(table.columns, targets, guesses)
    if _is_no_closing_date(actor, obj, found, first):
        found = suggest(table.columns, [each for each in targets if each.key != "closed_at"], guesses)
    fields = importable(actor, obj)
    fitting = tuple(
        each
        if each.target is None
        or _fits(actor, obj, fields[each.target], [row[each.index] for row in first], empty)
        else replace(each, target=None, confidence=0.0)
        for each in found
    )
    return Proposal(table.columns, guesses, fitting)


def automatic(table: Table, proposal: Proposal, *, add_fields: bool, **settings: object) -> Setup:
    """The settings when nobody is asked. A new field that cannot read its whole column becomes a text. Not for the
    event loop."""
    chosen = {found.index: found.target for found in proposal.suggestions if found.confidence >= SURE}
    mapping = []
    for column, guess in zip(proposal.columns, proposal.guesses, strict=True):
        target = chosen.get(column.index)
        new = None if target or not add_fields or not guess.filled else new_field(column, guess)
        mapping.append(Wanted(index=column.index, target=target, new_field=new))
    setup = Setup.model_validate({"mapping": mapping, "empty_values": proposal.empty_values, **settings})
    return setup.model_copy(update={"mapping": tuple(_readable(table, setup))}) if add_fields else setup


def new_field(column: Column, guess: Guess) -> NewField:
    kind = "text" if guess.type in NEW_TYPES_AS_TEXT else guess.type
    return NewField(label=Label(zh=column.name, en=column.name), type=kind, options=guess.options)


def _readable(table: Table, setup: Setup) -> Iterator[Wanted]:
    """The mapping, with new fields of types that hold for every row and not only for the first ones."""
    trials = {wanted.index: Trial(wanted.new_field) for wanted in setup.mapping if wanted.new_field}
    empty = empty_texts(setup)
    for row in table.rows() if trials else ():
        for index, trial in trials.items():
            trial.look_at(row.cells[index], empty)
    for wanted in setup.mapping:
        tried = trials.get(wanted.index)
        yield wanted.model_copy(update={"new_field": tried.outcome()}) if tried else wanted


def _fits(actor: Actor, obj: Object, field: Field, cells: Sequence[Cell], empty: set[str]) -> bool:
    """Whether the field can read enough of these cells; what a reference names is looked up only later."""
    filled = [cell for cell in cells if cell is not None and cell not in empty]
    if refers(field) or not filled:
        return True
    read = reader(actor.workspace, obj.key, field)
    return sum(_reads(read, cell) for cell in filled) >= ENOUGH * len(filled)


def _reads(read: Read, cell: Cell) -> bool:
    try:
        read(cell)
    except BadValue:
        return False
    return True


def _is_no_closing_date(
    actor: Actor, obj: Object, found: Sequence[Suggestion], rows: Sequence[Sequence[Cell]]
) -> bool:
    """A close date that open records have too is when they are expected to close, not when they did."""
    by_target = {each.target: each.index for each in found}
    process = actor.workspace.process(obj.key)
    if "closed_at" not in by_target or process is None:
        return False
    if "stage" not in by_target:
        return True
    stages = StageNames(process[1])
    dated = [row for row in rows if row[by_target["closed_at"]] is not None]
    return sum(stages.is_closed(row[by_target["stage"]]) for row in dated) < SURE_CLOSED * len(dated)


def _described(column: Column, guess: Guess, found: Suggestion, language: Language) -> Values:
    sure = found.confidence >= SURE
    return {
        "index": column.index,
        "letter": column.letter,
        "name": column.name,
        "samples": [str(sample) for sample in column.samples],
        "guess": {
            "type": new_field(column, guess).type,
            "options": list(guess.options),
            "confidence": guess.confidence,
            "why": [reason.text(language) for reason in guess.why],
        },
        "filled": guess.filled,
        "target": found.target if sure else None,
        "maybe": found.target,
        "confidence": found.confidence,
        "why": [reason.text(language) for reason in found.why],
    }
