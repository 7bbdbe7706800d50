"""Which field each column belongs to: a suggestion that people confirm or correct."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from jieli.base.language import Message
from jieli.base.text import HAN
from jieli.fields.registry import FIELD_TYPES
from jieli.intake.reading.guess import Guess, guess
from jieli.intake.reading.reason import Reason
from jieli.intake.reading.table import Column
from jieli.intake.reading.vocabulary import plain_label, vocabulary

SAME_NAME = Message("mapping.same_name", "名称相同", "The names are the same")
SAME_MEANING = Message("mapping.same_meaning", "“{name}”是同一个意思", "“{name}” means the same")
NEAR_MEANING = Message("mapping.near_meaning", "“{name}”意思相近", "“{name}” means something close to it")
LIKE_NAME = Message("mapping.like_name", "与“{name}”相似", "Similar to “{name}”")
ONLY_PLACE = Message(
    "mapping.only_place",
    "只有这个字段是{type},而值像{type}",
    "The values look like {type}, and so is only this field",
)
FITS = Message("mapping.fits", "值像{type}", "The values look like {type}")
DOES_NOT_FIT = Message(
    "mapping.does_not_fit",
    "但值像{found},字段是{wanted}",
    "But the values look like {found}, and the field is {wanted}",
)

THRESHOLD = 0.5
_TELLING = frozenset({"email", "phone", "credit_code", "url"})
_ANYTHING = frozenset({"text", "long_text", "json"})
_NUMBERS = frozenset({"integer", "decimal", "money", "percent", "rating", "duration"})
_MOMENTS = frozenset({"date", "datetime"})
_LOOKED_UP = frozenset(
    {"person", "department", "reference", "multi_person", "multi_reference", "address", "auto_number"}
)
_CHOICES = frozenset({"select", "multi_select", "tags", "stage", "boolean", "rating"})
_WORDS = frozenset({"text", "select", "multi_select", "long_text"})


@dataclass(frozen=True)
class Target:
    """A field that can be filled. `names` are its labels in both languages and what else it is called."""

    key: str
    type: str
    names: tuple[str, ...]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The names by their plain form."""
        return {plain_label(name): name for name in (*self.names, self.key)}

    @cached_property
    def meanings(self) -> frozenset[str]:
        return frozenset[str]().union(*map(vocabulary().of, self.labels))

    @cached_property
    def synonyms(self) -> frozenset[str]:
        """Plain names of what the field means, its own left out."""
        names = vocabulary().names
        return frozenset(name for meaning in self.meanings for name in names[meaning]) - self.labels.keys()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`index` is the column's; `target` is a key, or None where nothing is likely enough."""

    index: int
    target: str | None
    confidence: float
    why: tuple[Reason, ...] = ()


def suggest(
    columns: Sequence[Column], targets: Sequence[Target], guesses: Sequence[Guess] = ()
) -> list[Suggestion]:
    """One for each column, in order; no target twice. Without guesses the samples must do."""
    known = {each.index: each for each in guesses}
    looks = [
        known.get(column.index) or guess(column.index, column.name, column.samples) for column in columns
    ]
    pairs = sorted(_pairs(columns, looks, targets), key=lambda pair: -pair.confidence)
    chosen: dict[int, Suggestion] = {}
    taken: set[str | None] = set()
    for pair in pairs:
        if pair.index not in chosen and pair.target not in taken:
            chosen[pair.index] = pair
            taken.add(pair.target)
    return [chosen.get(column.index, Suggestion(column.index, None, 0.0)) for column in columns]


def _pairs(
    columns: Sequence[Column], looks: Sequence[Guess], targets: Sequence[Target]
) -> Iterator[Suggestion]:
    """Every likely pair. Of equal ones the earlier column and target come first, as sorting is stable."""
    only = {kind for kind in _TELLING if sum(target.type == kind for target in targets) == 1}
    for column, look in zip(columns, looks, strict=True):
        for target in targets:
            score, reason = _by_name(column.name, target)
            if score < THRESHOLD and look.type == target.type and look.type in only and look.confidence > 0.8:
                score, reason = 0.6, Reason(ONLY_PLACE, {"type": FIELD_TYPES[look.type].label})
            fit = 1 - look.confidence * (1 - _fit(look.type, target.type))
            confidence = round(score * (0.4 + 0.6 * fit), 3)
            if confidence >= THRESHOLD:
                yield Suggestion(
                    column.index, target.key, confidence, (reason, *_about_values(look, target, fit))
                )


def _about_values(look: Guess, target: Target, fit: float) -> tuple[Reason, ...]:
    if fit < 0.75:
        labels: dict[str, object] = {
            "found": FIELD_TYPES[look.type].label,
            "wanted": FIELD_TYPES[target.type].label,
        }
        return (Reason(DOES_NOT_FIT, labels),)
    if look.type == target.type and look.type not in _ANYTHING and look.confidence > 0.8:
        return (Reason(FITS, {"type": FIELD_TYPES[look.type].label}),)
    return ()


def _by_name(name: str, target: Target) -> tuple[float, Reason]:
    """The last part of a joined header counts nearly as much as the whole."""
    whole = _by_label(plain_label(name), target)
    if "/" not in name:
        return whole
    score, reason = _by_label(plain_label(name.rpartition("/")[2]), target)
    return max(whole, (0.95 * score, reason), key=lambda each: each[0])


def _by_label(label: str, target: Target) -> tuple[float, Reason]:
    if label in target.labels:
        return 1.0, Reason(SAME_NAME)
    words, shown = vocabulary(), target.names[0] if target.names else target.key
    meanings = words.of(label)
    if shared := meanings & target.meanings:
        closeness = max(fuzz.ratio(label, other) for other in target.labels) / 100
        overlap = len(shared) / len(meanings | target.meanings)
        return 0.8 + 0.06 * closeness + 0.08 * overlap, Reason(SAME_MEANING, {"name": shown})
    if words.near_of(meanings) & target.meanings:
        return 0.65, Reason(NEAR_MEANING, {"name": shown})
    own = max(_likeness(label, other) for other in target.labels)
    likeness = max([own, *(0.95 * _likeness(label, other) for other in target.synonyms)])
    known_otherwise = bool(meanings) and bool(target.meanings)
    return likeness * (0.6 if known_otherwise else 0.9), Reason(LIKE_NAME, {"name": shown})


def _likeness(label: str, other: str) -> float:
    """Two names of one thing often end alike (`联系人手机`, `手机`); Chinese ones are also cut short at the end."""
    short, long = (label, other) if len(label) < len(other) else (other, label)
    is_chinese = bool(HAN.search(short))
    if len(short) < (2 if is_chinese else 4):
        return 0.0
    if long.endswith(short):
        return 0.85
    if is_chinese and long.startswith(short):
        return 0.7
    ratio = fuzz.ratio(label, other) / 100
    return ratio if ratio >= 0.7 else 0.0


def _fit(found: str, wanted: str) -> float:
    """How well values that look like one type can be read as another."""
    if found == wanted or wanted in _ANYTHING:
        return 1.0
    for family, fit in ((_NUMBERS, 0.9), (_MOMENTS, 0.95)):
        if found in family and wanted in family:
            return fit
    if wanted in _LOOKED_UP:
        return 0.9 if found in _WORDS else 0.3
    if wanted in _CHOICES:
        return 0.8 if found in _CHOICES | _WORDS else 0.4
    if wanted == "phone":
        return 0.6 if found in {"integer", "text"} else 0.2
    return 0.3 if found in _WORDS else 0.1
