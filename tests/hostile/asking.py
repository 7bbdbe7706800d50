"""Requests made at random from the interface's own description, and led to what is really there: the objects, fields
and records of a company. What is only invented ends at the first door; what names real things goes deep."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema

from jieli.blueprint.document import Stage
from jieli.blueprint.model import Object, Workspace
from jieli.query.operators import OPERATORS
from jieli.query.relative import COUNTED, PERIODS
from jieli.records import Values

BASE = "http://jieli.test"
OF_CLIENT = frozenset({"cookie", "connection", "content-length"})
ODD_TEXTS = (
    "", " ", "0", "-1", "null", "[]", "{}", "%", "\\", "'; drop table lead; --", "=1+1", "１３８００１３８０００",
    "2026-02-29", "0000-01-01", "9999-12-31T23:59:59.999999Z", "1e400", "NaN", "9" * 400, "字" * 300, "\u202eabc",
    "a\u200bb", "😀", "e\u0301", "../x", "a\tb\nc", "13800138000", "x@y.cn", "91110108551385082Q", "北京市海淀区",
)  # fmt: skip
ODD_NUMBERS = (0, -1, 1, 7, 0.5, -0.0, 2**31, 2**63, -(2**63) - 1, 2**64 - 1, 1e308, 10.0**15, 1e-320)


@dataclass(frozen=True)
class Known:
    """What there is to ask for. `ids` are of every kind of thing, so that also the wrong kind is asked for."""

    workspace: Workspace
    records: Mapping[str, Sequence[str]]
    ids: Mapping[str, Sequence[str]]
    cursors: Sequence[str]

    def place(self, name: str, object_key: str) -> st.SearchStrategy[str]:
        """What a part of an address may be: mostly what belongs there."""
        roles = sorted(set(self.workspace.document.roles) - {"admin", "sales"})
        keys: Mapping[str, Sequence[str]] = {
            "ws": [self.workspace.slug],
            "object": [object_key],
            "record": self.records.get(object_key, ()),
            "key": [*roles, *self.deliverables],
        }
        if name in ("ws", "object"):
            return st.sampled_from(keys[name])
        fitting = keys.get(name) or self.ids.get(name) or self.everything
        return st.one_of(*3 * [st.sampled_from(fitting)], st.sampled_from(self.everything))

    @property
    def everything(self) -> list[str]:
        return [one for found in (*self.records.values(), *self.ids.values()) for one in found]

    @property
    def stages(self) -> list[Stage]:
        return [stage for process in self.workspace.document.processes.values() for stage in process.stages]

    @property
    def deliverables(self) -> list[str]:
        return [one.key for stage in self.stages for one in stage.deliverables]


def asked(operation: APIOperation, known: Known) -> st.SearchStrategy[Case]:
    """Requests that fit the description and requests that do not, led to what is known."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Case:
        mode = draw(
            st.sampled_from((GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE))
        )
        case = draw(_invented(operation, mode))
        return case if draw(st.integers(0, 9)) == 7 else draw(_led(case, known))

    return drawn()


@cache
def _invented(operation: APIOperation, mode: GenerationMode) -> st.SearchStrategy[Case]:
    """Kept, since the library takes long to make it."""
    return operation.as_strategy(mode)


@st.composite
def _led(draw: st.DrawFn, case: Case, known: Known) -> Case:
    often = st.sampled_from(sorted(known.records))
    key = draw(st.one_of(often, often, st.sampled_from(sorted(known.workspace.objects))))
    case.path_parameters = {name: draw(known.place(name, key)) for name in case.path_parameters or ()}
    deep = _Deep(known, known.workspace.object(key))
    if case.query:
        case.query = {key: _in_address(draw(deep.value(key, old))) for key, old in case.query.items()}
    if isinstance(case.body, dict) and case.media_type == "application/json":
        case.body = {key: draw(deep.value(key, old)) for key, old in case.body.items()}
    elif isinstance(case.body, dict) and "object" in case.body:
        case.body = {**case.body, "object": key}
    return case


def _in_address(value: object) -> object:
    if isinstance(value, dict):
        return json.dumps(value)
    return ",".join(map(str, value)) if isinstance(value, list) else value


@dataclass(frozen=True)
class _Deep:
    """Values for the keys of requests about one object."""

    known: Known
    obj: Object

    def value(self, key: str, old: object) -> st.SearchStrategy[Any]:
        """Something better than `old`, now and then `old` itself."""
        made = self._made(key, old)
        return st.just(old) if made is None else st.one_of(made, made, made, st.just(old))

    def _made(self, key: str, old: object) -> st.SearchStrategy[Any] | None:
        if make := _OWN.get(key):
            return make(self)
        return self.id() if _is_id(old) else None

    def id(self) -> st.SearchStrategy[str]:
        return st.sampled_from(self.known.everything)

    def field_key(self) -> st.SearchStrategy[str]:
        return st.sampled_from([*self.obj.fields, "id", "version", "nothing"])

    def field_path(self) -> st.SearchStrategy[str]:
        referring = [field.key for field in self.obj.fields.values() if field.target]
        further = ("name", "owner", "owner.name", "id", "department", "nothing")
        if not referring:
            return self.field_key()
        two = st.builds("{}.{}".format, st.sampled_from(referring), st.sampled_from(further))
        return st.one_of(self.field_key(), self.field_key(), two)

    def sort_key(self) -> st.SearchStrategy[str]:
        return st.builds("{}{}".format, st.sampled_from(("", "-")), self.field_path())

    def anything(self) -> st.SearchStrategy[Any]:
        plain = st.one_of(
            st.none(),
            st.booleans(),
            st.sampled_from(ODD_TEXTS),
            st.sampled_from(ODD_NUMBERS),
            self.id(),
            st.text(max_size=20),
        )
        keys = st.sampled_from(
            ("value", "currency", "id", "province", "lat", "lng", "number", "x", "rate", "relative")
        )
        return st.recursive(
            plain,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
            max_leaves=4,
        )

    def fitting(self) -> st.SearchStrategy[Any]:
        """Values that many fields take."""
        return st.one_of(
            st.sampled_from(ODD_TEXTS),
            st.integers(-5, 5),
            self.id(),
            st.lists(self.id(), min_size=1, max_size=2),
            st.dates().map(str),
            st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
            st.sampled_from(
                [option for field in self.obj.fields.values() for option in _options(field)] or ["x"]
            ),
            st.none(),
        )

    def values(self) -> st.SearchStrategy[Values]:
        """Half of them with the title, without which no record is made."""
        value = st.one_of(self.fitting(), self.fitting(), self.anything())
        titled = st.sampled_from(({}, {self.obj.title.key: "甲"}))
        few = st.just({}) | st.dictionaries(self.field_key(), value, max_size=2)
        return st.builds(lambda more, title: {**more, **title}, few, titled)

    def period(self) -> st.SearchStrategy[Values]:
        steps = st.sampled_from(("day", "week", "month", "quarter", "year", None))
        return st.fixed_dictionaries({"field": self.field_path(), "by": steps})

    def measure(self) -> st.SearchStrategy[Values]:
        kinds = st.sampled_from(("count", "sum", "avg", "min", "max"))
        return st.fixed_dictionaries({"fn": kinds}, optional={"field": self.field_path()})

    def mapped(self) -> st.SearchStrategy[Values]:
        kinds = st.sampled_from(("text", "select", "number", "date", "reference", "nothing"))
        new = st.fixed_dictionaries({"label": st.sampled_from(ODD_TEXTS)}, optional={"type": kinds})
        return st.fixed_dictionaries(
            {"index": st.integers(0, 3)}, optional={"target": self.field_key(), "new_field": new}
        )

    def role(self) -> st.SearchStrategy[Values]:
        rows = st.sampled_from(("all", "own", "department", "none", "nothing"))
        rights = st.dictionaries(
            st.sampled_from(("lead", "account", "nothing")), st.fixed_dictionaries({"read": rows})
        )
        return st.fixed_dictionaries({"label": st.sampled_from(ODD_TEXTS)}, optional={"objects": rights})

    def condition(self) -> st.SearchStrategy[Any]:
        operator = st.sampled_from([*OPERATORS, "nothing"])
        relative = st.fixed_dictionaries(
            {"relative": st.sampled_from([*PERIODS, *COUNTED])}, optional={"n": st.sampled_from(ODD_NUMBERS)}
        )
        variable = st.fixed_dictionaries(
            {"var": st.sampled_from(("me", "my_departments", "today", "nothing"))}
        )
        value = st.one_of(self.fitting(), self.fitting(), self.anything(), relative, variable)
        leaf = st.fixed_dictionaries({"field": self.field_path(), "op": operator}, optional={"value": value})
        return st.recursive(
            leaf,
            lambda inner: st.one_of(
                st.builds(
                    lambda key, parts: {key: parts},
                    st.sampled_from(("all", "any")),
                    st.lists(inner, max_size=3),
                ),
                st.builds(lambda part: {"not": part}, inner),
            ),
            max_leaves=4,
        )

    def parts(self) -> st.SearchStrategy[Any]:
        return st.none() | st.builds(lambda values: {"values": values}, self.values())

    def stage(self) -> st.SearchStrategy[str]:
        return st.sampled_from([stage.key for stage in self.known.stages])


_OWN: Mapping[str, Callable[[_Deep], st.SearchStrategy[Any]]] = {
    "values": _Deep.values,
    "where": _Deep.condition,
    "role": _Deep.role,
    "by": _Deep.field_path,
    "sort": lambda deep: st.lists(deep.sort_key(), max_size=4),
    "columns": lambda deep: st.lists(deep.field_path(), max_size=6),
    "group": lambda deep: st.lists(deep.field_path() | deep.period(), max_size=3),
    "measures": lambda deep: st.lists(deep.measure(), min_size=1, max_size=3),
    "mapping": lambda deep: st.lists(deep.mapped(), max_size=4),
    "ids": lambda deep: st.lists(deep.id(), max_size=5),
    "mentions": lambda deep: st.lists(deep.id(), max_size=3),
    "account": lambda deep: deep.id() | deep.parts(),
    "contact": _Deep.parts,
    "opportunity": _Deep.parts,
    "stage": _Deep.stage,
    "to": lambda deep: deep.stage() | deep.id() | st.just("2026-12-31"),
    "process": lambda deep: st.sampled_from(sorted(deep.known.workspace.document.processes)),
    "after": lambda deep: st.sampled_from([*deep.known.cursors, *deep.known.everything, "W10", "WzFd"]),
    "view": lambda deep: st.sampled_from([*deep.known.ids["view"], *deep.known.everything]),
    "kinds": lambda _: st.lists(st.sampled_from(("created", "updated", "comment", "nothing")), max_size=3),
    "source": lambda _: st.sampled_from(("referral", "website", "nothing")),
    "metric": lambda _: st.sampled_from(("won_amount", "won", "leads", "nothing")),
    "from": lambda _: st.sampled_from(("2026-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "x")),
    "q": lambda _: st.sampled_from(ODD_TEXTS),
}


def _options(field: Any) -> list[str]:
    return [option.key for option in getattr(field.options, "options", ())]


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def request_of(case: Case) -> dict[str, Any]:
    """The request to the byte as it would go over the wire, for a client that adds who asks."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    headers = {key: value for key, value in prepared.headers.items() if key.lower() not in OF_CLIENT}
    return {"method": prepared.method, "url": prepared.url, "headers": headers, "content": prepared.body}


def interface(document: Values) -> BaseSchema:
    """The description to ask from; who is not signed in is another test's business."""
    text = json.dumps(document)
    plain = json.loads(text)
    for methods in plain["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    plain["components"].pop("securitySchemes", None)
    return schemathesis.openapi.from_dict(plain)
