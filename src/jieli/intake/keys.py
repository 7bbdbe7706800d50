"""The keys under which duplicates meet: one normal form for each kind of value."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from jieli.base.creditcode import normalise_code
from jieli.base.names import company_key
from jieli.base.text import plain
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
    # Asked twice for each row: when it is compared, and when its keys are taken.
    "company": lru_cache(maxsize=32_768)(company_key),
    "website": _host,
    "text": plain,
}


class KeyPlan:
    """How the keys of an object's records are made: one entry for each field that its rules name."""

    def __init__(self, obj: Object) -> None:
        self._entries = [
            (rule.kind, field, NORMAL[rule.kind], f"{obj.key}.{field}:" if rule.kind == "text" else "")
            for rule in obj.definition.duplicates
            for field in rule.fields
        ]
        self._strict = {
            (rule.kind, field) for rule in obj.definition.duplicates for field in rule.fields if rule.strict
        }

    def keys(self, values: Values, only: frozenset[str] | None = None) -> list[Key]:
        """The keys of a record's values, each once; with `only`, those of these fields. A plain text means
        something only in its own field: product 100 is not lead 100."""
        found: dict[tuple[str, str], str] = {}
        for kind, field, normal, prefix in self._entries:
            value = values.get(field)
            if not isinstance(value, str) or (only is not None and field not in only):
                continue
            key = normal(value)
            if key:
                found.setdefault((kind, prefix + key), field)
        return [(kind, key, field) for (kind, key), field in found.items()]

    def is_strict(self, kind: str, field: str) -> bool:
        return (kind, field) in self._strict


def keys_of(obj: Object, values: Values, only: frozenset[str] | None = None) -> list[Key]:
    return KeyPlan(obj).keys(values, only)


def is_strict(obj: Object, kind: str, field: str) -> bool:
    return KeyPlan(obj).is_strict(kind, field)
