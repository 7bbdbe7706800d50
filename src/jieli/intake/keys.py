"""The keys under which duplicates meet: one normal form for each kind of value."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from jieli.base.creditcode import normalise_code
from jieli.base.names import company_key
from jieli.base.text import plain
from jieli.blueprint.document import DuplicateRule
from jieli.blueprint.model import Object
from jieli.records import Values

Key = tuple[str, str, str]
"""kind, key, and the field that it comes from."""


def _host(text: str) -> str:
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    return host.removeprefix("www.")


NORMAL: dict[str, Callable[[str], str | None]] = {
    "phone": lambda text: text,
    "email": str.lower,
    "credit_code": normalise_code,
    "company": company_key,
    "website": _host,
    "text": plain,
}


def keys_of(obj: Object, values: Values, only: frozenset[str] | None = None) -> Iterator[Key]:
    """The keys of a record's values, each once; with `only`, those of these fields."""
    seen: set[tuple[str, str]] = set()
    for rule in obj.definition.duplicates:
        for field in rule.fields:
            if only is not None and field not in only:
                continue
            key = _key(obj, rule, field, values.get(field))
            if key and (rule.kind, key) not in seen:
                seen.add((rule.kind, key))
                yield rule.kind, key, field


def _key(obj: Object, rule: DuplicateRule, field: str, value: object) -> str | None:
    """A plain text means something only in its own field: product 100 is not lead 100."""
    normal = NORMAL[rule.kind](value) if isinstance(value, str) else None
    return f"{obj.key}.{field}:{normal}" if normal and rule.kind == "text" else normal or None


def is_strict(obj: Object, kind: str, field: str) -> bool:
    rules = obj.definition.duplicates
    return any(rule.strict for rule in rules if rule.kind == kind and field in rule.fields)
