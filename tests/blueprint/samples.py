"""Values and random documents of every field type."""

from typing import Any

from hypothesis import strategies as st

from jieli.blueprint.document import Document
from jieli.blueprint.model import Field, Object
from jieli.fields import FIELD_TYPES, Context
from tests.blueprint.documents import RELAY, TEXT, raw

SOMEBODY = "01890000-0000-7000-8000-000000000001"
"""The id of a record that each test with references makes in every object."""

CHOICES = {"options": ["a", "b", {"key": "c", "label": {"zh": "丙", "en": "C"}}]}
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "text": [{}, {"max": 50}],
    "decimal": [{"scale": 2}, {"scale": 4}],
    "select": [CHOICES],
    "multi_select": [CHOICES],
    "reference": [{"to": "department"}, {"to": "other"}],
    "multi_reference": [{"to": "department"}, {"to": "other"}],
}
VALUES: dict[str, list[object]] = {
    "text": ["", "张三", "x'; drop table y; --", "{braces}"],
    "long_text": ["一\n二"],
    "integer": [0, -5, 2**53 - 1],
    "decimal": ["0.01", "-12.5"],
    "money": ["99.90", {"value": "720", "currency": "USD", "entered": "100", "rate": "7.2"}],
    "percent": ["13"],
    "rating": [1, 5],
    "boolean": [True, False],
    "date": ["2026-02-17", "1999-12-31"],
    "datetime": ["2026-11-23T10:00:00Z"],
    "duration": [0, 3600],
    "select": ["a", "b", "c"],
    "multi_select": [["a"], ["b", "c"]],
    "tags": [["vip"], ["a", "b"]],
    "phone": ["+8613800138000"],
    "email": ["a@example.com"],
    "url": ["https://example.com/x"],
    "person": [SOMEBODY],
    "department": [SOMEBODY],
    "reference": [SOMEBODY],
    "multi_person": [[SOMEBODY]],
    "multi_reference": [[SOMEBODY]],
}
"""Values as JSON; types that are not here get only empty ones."""

PLAIN = [kind for kind in FIELD_TYPES if kind not in {"stage", "json"}]
KINDS: dict[str, list[str]] = {
    "f1": ["text", "long_text", "select", "multi_select", "integer"],
    "f2": ["integer", "decimal", "money", "rating"],
    "f3": ["reference", "multi_reference", "person", "multi_person", "date", "datetime"],
    "f4": PLAIN,
    "f2_currency": ["text", "select"],
    "owner": ["person", "text"],
}
"""The types between which the fields of random documents change: many of these changes are possible."""


@st.composite
def definitions(draw: st.DrawFn, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS[key]))
    return {
        "type": kind,
        "label": draw(st.sampled_from(["One", "Two's", "三"])),
        "search": draw(st.booleans()),
        "index": draw(st.booleans()),
        **draw(st.sampled_from(OPTIONS.get(kind, [{}]))),
    }


@st.composite
def objects(draw: st.DrawFn, traits: tuple[str, ...] = ()) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True, max_size=4))
    own = {key: draw(definitions(key)) for key in keys}
    if own.get("f2", {}).get("type") == "money":
        own.pop("f2_currency", None)
    held = [*traits, *draw(st.sets(st.sampled_from(["owned", "scored", "commented"])))]
    if "owned" in held:
        own.pop("owner", None)
    return {"label": "Thing", "title": "name", "traits": sorted(held), "fields": {"name": TEXT, **own}}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """The objects `thing` and `other`, one of which may follow a process and of which `thing` may be missing."""
    values = raw(other=draw(objects()))
    staged = draw(st.booleans())
    if staged or draw(st.booleans()):
        values["objects"]["thing"] = draw(objects(("staged",) if staged else ()))
        values["objects"]["thing"]["fields"]["reason"] = {
            "type": "select",
            "label": "Why",
            "options": ["a", "b", "c"],
        }
    if staged:
        values["processes"] = {"relay": {**RELAY, "object": "thing"}}
    return values


def sound(values: dict[str, Any]) -> Document:
    return Document.model_validate(values)


def examples(obj: Object, context: Context) -> list[dict[str, tuple[object, ...]]]:
    """Rows of database values by field: an empty one, and one for each example of each field."""
    rows: list[dict[str, tuple[object, ...]]] = [{}]
    for field in obj.own_fields():
        rows += [{field.key: _stored(field, value, context)} for value in VALUES.get(field.type.key, [])]
    return rows


def _stored(field: Field, value: object, context: Context) -> tuple[object, ...]:
    return field.type.store(field.type.parse(value, field.options, context))
