"""What a column holds: the field type that fits its values and its name, for the mapping and for new fields."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from jieli.base.language import Message
from jieli.fields.registry import FIELD_TYPES
from jieli.intake.reading.limits import GUESS_ROWS
from jieli.intake.reading.placeholders import is_placeholder
from jieli.intake.reading.reason import Reason
from jieli.intake.reading.scale import header_scale
from jieli.intake.reading.shapes import DIGITS, NO, YES, ZERO_OR_ONE, shapes
from jieli.intake.reading.table import Cell, LostDigits, Table
from jieli.intake.reading.vocabulary import plain_label, vocabulary

LOOKS_LIKE = Message(
    "guess.looks_like", "{percent}% 的值像{type}", "{percent}% of the values look like {type}"
)
NAMED = Message("guess.named", "列名“{name}”通常是{type}", "Columns named “{name}” are usually {type}")
FEW_VALUES = Message(
    "guess.few_values",
    "{count} 个值中只有 {distinct} 种",
    "Only {distinct} different ones among {count} values",
)
SEVERAL = Message(
    "guess.several", "一个单元格里有多个选项,例如“{sample}”", "A cell holds several, like “{sample}”"
)
LONG = Message("guess.long", "文字较长或有换行", "The texts are long or have line breaks")
NOTHING = Message("guess.nothing", "没有值", "There are no values")
PLAIN = Message("guess.plain", "没有发现其他规律", "Nothing else was noticed")

_MOST_DISTINCT = 2_000
_MOST_OPTIONS = 50
_LONGEST_OPTION = 60
_LONGEST_PART = 20
_BREAKS = re.compile(r"\s*[、;；,，|｜]\s*")
_SCALED = frozenset({"integer", "decimal", "money"})
_ASKS = re.compile(r"^(是否|有无|能否|可否|已|is[_ A-Z]|has[_ A-Z]|do |does )|[?？吗]$|\b(flag|yes/no|y/n)\b")


@dataclass(frozen=True, slots=True)
class Guess:
    """`type` is a key of `FIELD_TYPES`; `options` are the choices of a select, the most frequent first."""

    index: int
    type: str
    confidence: float
    why: tuple[Reason, ...]
    filled: int
    distinct: int
    options: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    scale: int = 1
    """What bare numbers must be multiplied by, because the header says `(万元)`; `12万` says it itself."""


def guess_columns(table: Table) -> tuple[Guess, ...]:
    """One guess for each of `table.columns`, from the first rows."""
    values: list[Counter[Cell]] = [Counter() for _ in table.columns]
    for row in islice(table.rows(), GUESS_ROWS):
        for column, counter in zip(table.columns, values, strict=True):
            counter[row.cells[column.index]] += 1
    return tuple(
        guess(column.index, column.name, counter)
        for column, counter in zip(table.columns, values, strict=True)
    )


def guess(index: int, name: str, values: Counter[Cell] | Iterable[Cell]) -> Guess:
    """From the values of one column, with or without how often each occurs."""
    facts = _Facts.of(name, Counter(values))
    found = next(filter(None, (rule(facts) for rule in _RULES)))
    return Guess(
        index,
        found.type,
        round(found.confidence * facts.trust, 3),
        found.why,
        facts.filled,
        len(facts.values),
        found.options,
        facts.placeholders,
        header_scale(name) if found.type in _SCALED else 1,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    type: str
    confidence: float
    why: tuple[Reason, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules look at. Shares are of the filled cells, placeholders not counted."""

    name: str
    hints: frozenset[str]
    values: Counter[Cell]
    filled: int
    shares: dict[str, float]
    placeholders: tuple[str, ...]

    @classmethod
    def of(cls, name: str, values: Counter[Cell]) -> "_Facts":
        answers = YES | NO if "有" in values else frozenset()
        placeholders = tuple(str(v) for v in values if is_placeholder(v) and v not in answers)
        real: Counter[Cell] = Counter(
            {v: n for v, n in values.items() if v is not None and v not in placeholders}
        )
        hints = vocabulary().types_of(plain_label(name.rpartition("/")[2])) or vocabulary().types_of(
            plain_label(name)
        )
        return cls(name, hints, real, real.total(), _shares(real), placeholders)

    @property
    def trust(self) -> float:
        """A few values prove little."""
        return self.filled / (self.filled + 1) if self.filled else 1.0

    def share(self, *kinds: str) -> float:
        return max(self.shares.get(kind, 0.0) for kind in kinds)

    def looks(self, kind: str, share: float) -> tuple[Reason, ...]:
        look = Reason(LOOKS_LIKE, {"percent": round(share * 100), "type": FIELD_TYPES[kind].label})
        return (look, self.named(kind)) if kind in self.hints else (look,)

    def named(self, kind: str) -> Reason:
        return Reason(NAMED, {"name": self.name, "type": FIELD_TYPES[kind].label})


def _shares(values: Counter[Cell]) -> dict[str, float]:
    shares: Counter[str] = Counter()
    looked_at = values.most_common(_MOST_DISTINCT)
    for value, count in looked_at:
        shares.update(dict.fromkeys(shapes(value), count))
    total = sum(count for _, count in looked_at)
    return {kind: count / total for kind, count in shares.items()}


def _nothing(facts: _Facts) -> _Found | None:
    if facts.filled:
        return None
    hint = min(facts.hints, default=None)
    if hint is None:
        return _Found("text", 0.1, (Reason(NOTHING),))
    return _Found(hint, 0.4, (Reason(NOTHING), facts.named(hint)))


def _contact(facts: _Facts) -> _Found | None:
    for kind in ("credit_code", "email", "phone", "url"):
        share = facts.share(kind)
        if share >= (0.5 if kind in facts.hints else 0.8):
            return _Found(kind, share, facts.looks(kind, share))
    digits = facts.share(DIGITS)
    if "phone" in facts.hints and digits >= 0.8:
        return _Found("phone", 0.9 * digits, facts.looks("phone", digits))
    return None


def _percent(facts: _Facts) -> _Found | None:
    share = facts.share("percent")
    if share < 0.8 and "percent" in facts.hints:
        share = max(share, 0.9 * facts.share("decimal"))
    return _Found("percent", share, facts.looks("percent", share)) if share >= 0.8 else None


def _moment(facts: _Facts) -> _Found | None:
    """Eight digits are a date, unless the name says that they are a number of something."""
    if facts.share("integer") >= 0.5 and facts.hints and not facts.hints & {"date", "datetime"}:
        return None
    for kind in ("date", "datetime"):
        share = facts.share(kind)
        if share >= 0.9:
            return _Found(kind, share, facts.looks(kind, share))
    return None


def _boolean(facts: _Facts) -> _Found | None:
    share = facts.share("boolean")
    if share < 0.95 and ("boolean" in facts.hints or _ASKS.search(facts.name)):
        share = facts.share(ZERO_OR_ONE)
    return _Found("boolean", share, facts.looks("boolean", share)) if share >= 0.95 else None


def _money(facts: _Facts) -> _Found | None:
    share = facts.share("money") + facts.share("decimal")
    enough = facts.share("money") >= 0.3 or "money" in facts.hints
    if not enough or share < 0.9:
        return None
    return _Found("money", min(share, 1.0), facts.looks("money", min(share, 1.0)))


def _number(facts: _Facts) -> _Found | None:
    """Codes of digits are texts: their names tell, or leading zeros, or that Excel has cut them."""
    if (facts.hints and facts.hints <= {"text"}) or any(isinstance(v, LostDigits) for v in facts.values):
        return None
    for kind in ("integer", "decimal"):
        share = facts.share(kind)
        if share >= 0.95:
            return _Found(kind, 0.9 * share, facts.looks(kind, share))
    return None


def _several(facts: _Facts) -> _Found | None:
    cells = Counter({str(value): count for value, count in facts.values.items()})
    sample = next((cell for cell in cells if _BREAKS.search(cell)), None)
    joined = sum(count for cell, count in cells.items() if _BREAKS.search(cell))
    if sample is None or joined < 0.2 * facts.filled or facts.hints & {"text", "long_text"}:
        return None
    parts: Counter[str] = Counter()
    for cell, count in cells.items():
        parts.update(dict.fromkeys(filter(None, _BREAKS.split(cell)), count))
    most = 0.7 if "multi_select" in facts.hints else 0.34
    if len(parts) > min(_MOST_OPTIONS, most * parts.total(), len(cells) - 1):
        return None
    if not parts or max(map(len, parts)) > _LONGEST_PART:
        return None
    options = tuple(part for part, _ in parts.most_common())
    return _Found("multi_select", 0.8, (Reason(SEVERAL, {"sample": sample[:_LONGEST_OPTION]}),), options)


def _select(facts: _Facts) -> _Found | None:
    distinct, hinted = len(facts.values), bool(facts.hints & {"select", "multi_select", "boolean"})
    if distinct > min(_MOST_OPTIONS, _most_choices(facts, hinted) * facts.filled):
        return None
    options = tuple(str(value) for value, _ in facts.values.most_common())
    if max(map(len, options)) > _LONGEST_OPTION:
        return None
    few = Reason(FEW_VALUES, {"count": facts.filled, "distinct": distinct})
    if hinted:
        return _Found("select", 0.9, (few, facts.named("select")), options)
    return _Found("select", 0.8, (few,), options)


def _most_choices(facts: _Facts, hinted: bool) -> float:
    """How many different values a choice may have, as a share of all. Names recur too, and are none."""
    if hinted:
        return 0.5 if facts.filled >= 5 else 0.0
    if "text" in facts.hints or facts.filled < 10:
        return 0.0
    if "long_text" in facts.hints:
        return 0.02
    return 0.34 if len(facts.values) <= 12 else 0.2


def _long_text(facts: _Facts) -> _Found | None:
    texts = [(str(value), count) for value, count in facts.values.items()]
    long = sum(count for text, count in texts if len(text) > 100 or "\n" in text) / facts.filled
    mean = sum(len(text) * count for text, count in texts) / facts.filled
    if long >= 0.1 or mean >= 50:
        return _Found("long_text", 0.8, (Reason(LONG),))
    if "long_text" in facts.hints:
        return _Found("long_text", 0.7, (facts.named("long_text"),))
    return None


def _text(facts: _Facts) -> _Found:
    if "text" in facts.hints:
        return _Found("text", 0.9, (facts.named("text"),))
    return _Found("text", 0.6, (Reason(PLAIN),))


_RULES: Sequence[Callable[[_Facts], _Found | None]] = (
    _nothing,
    _contact,
    _percent,
    _moment,
    _boolean,
    _money,
    _number,
    _several,
    _select,
    _long_text,
    _text,
)
