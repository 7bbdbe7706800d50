"""Random organisations as plain data: departments, people, roles and what they work on. Nothing here knows a database.

Every text, telephone number and amount of a record bears a word of its own, so that whoever reads one anywhere has
read exactly that field of that record.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

OBJECTS = ("account", "lead", "contact", "opportunity", "activity", "task")
STAGED = ("lead", "opportunity")
TITLES = {
    "account": "name",
    "lead": "name",
    "contact": "name",
    "opportunity": "name",
    "activity": "content",
    "task": "name",
    "member": "name",
}
TEXTS = {
    "account": ("name", "short_name", "legal_representative", "next_action", "note", "external_id"),
    "lead": ("name", "company", "contact_name", "wechat", "source_detail", "needs", "next_action", "note"),
    "contact": ("name", "job_title", "wechat", "hobbies", "note"),
    "opportunity": ("name", "competitor", "contract_number", "needs", "solution", "next_action", "note"),
    "activity": ("content", "next_content"),
    "task": ("name", "description", "done_note"),
    "member": ("title", "note"),
}
PHONES = {"account": ("phone",), "lead": ("phone", "landline"), "contact": ("phone",)}
AMOUNTS = {"account": ("annual_revenue",), "lead": ("budget",), "opportunity": ("amount", "budget")}
SEARCHED = {
    "account": ("name", "short_name", "external_id", "phone"),
    "lead": ("name", "company", "contact_name", "wechat", "phone", "landline"),
    "contact": ("name", "wechat", "phone"),
    "opportunity": ("name", "competitor", "contract_number"),
    "activity": ("content",),
    "task": ("name",),
}
LINKS = {
    "contact": {"account": "account"},
    "lead": {"account": "account"},
    "opportunity": {"account": "account", "contact": "contact", "lead": "lead"},
    "activity": {"account": "account", "opportunity": "opportunity", "lead": "lead"},
    "task": {"account": "account", "opportunity": "opportunity", "lead": "lead"},
}
FILES = {"activity": "recording", "opportunity": "scan"}
MOMENTS = {"activity": "at", "task": "due_at"}
PARTICIPANTS = ("opportunity", "task")
REQUIRED_LINKS = {("contact", "account")}

ME = {"var": "me"}
MINE = {"var": "my_departments"}
CONDITIONS: dict[str, list[dict[str, Any]]] = {
    "account": [
        {"field": "owner", "op": "empty"},
        {"not": {"field": "department", "op": "in", "value": MINE}},
    ],
    "lead": [
        {"field": "owner", "op": "empty"},
        {"all": [{"field": "department", "op": "in", "value": MINE}, {"field": "note", "op": "not_empty"}]},
        {"field": "account.owner", "op": "eq", "value": ME},
    ],
    "contact": [{"field": "account.owner", "op": "eq", "value": ME}],
    "opportunity": [
        {"field": "participants", "op": "has_any", "value": ME},
        {"any": [{"field": "account.owner", "op": "eq", "value": ME}, {"field": "note", "op": "empty"}]},
        {"field": "account.department", "op": "in", "value": MINE},
    ],
    "activity": [
        {
            "any": [
                {"field": "lead.owner", "op": "eq", "value": ME},
                {"field": "opportunity.holder", "op": "eq", "value": ME},
                {"field": "account.department", "op": "in", "value": MINE},
            ]
        },
        {"not": {"field": "opportunity.account.owner", "op": "eq", "value": ME}},
    ],
    "task": [{"field": "participants", "op": "has_any", "value": ME}, {"field": "lead", "op": "not_empty"}],
}
SCOPES = ("own", "created", "subordinates", "department", "department_tree", "shared")


@dataclass(frozen=True)
class Thing:
    """A record to be: people and departments are named by their place, references by the place of the record."""

    object: str
    owner: int | None
    creator: int
    backup: int | None
    holder: int | None
    links: dict[str, int | None]
    participants: tuple[int, ...]
    filled: bool
    """Whether it has more than its title."""


@dataclass(frozen=True)
class Deed:
    """Something done to a record, chosen by its place."""

    kind: str
    thing: int
    who: int
    to: int
    level: str


@dataclass(frozen=True)
class Person:
    department: int | None
    manager: int | None
    roles: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    departments: tuple[int | None, ...]
    """The place of each department's parent."""
    heads: tuple[int | None, ...]
    people: tuple[Person, ...]
    roles: tuple[dict[str, Any], ...]
    things: tuple[Thing, ...]
    deeds: tuple[Deed, ...] = field(default=())


def hideable(key: str) -> list[str]:
    """The fields that a role may hide or only show, but for the title, which stands for the record."""
    named = [*TEXTS[key], *PHONES.get(key, ()), *AMOUNTS.get(key, ()), *LINKS.get(key, ())]
    named += [FILES[key]] if key in FILES else []
    named += ["participants"] if key in PARTICIPANTS else []
    named += ["created_by"] if key in OBJECTS else []
    named += ["owner"] if key in OBJECTS else []
    named += ["score", "score_parts"] if key in STAGED else []
    named += [MOMENTS[key]] if key in MOMENTS else []
    return [one for one in named if one != TITLES[key]]


def _scopes(key: str) -> st.SearchStrategy[list[Any]]:
    named = st.sampled_from(SCOPES)
    told = st.sampled_from(CONDITIONS.get(key, [])).map(lambda tree: {"condition": tree})
    some = st.lists(st.one_of(named, named, told) if key in CONDITIONS else named, max_size=3)
    return st.one_of(some, some, some, some, some, st.just(["all"]))


def _rights(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "read": _scopes(key),
            "update": _scopes(key),
            "delete": _scopes(key),
            "transfer": _scopes(key),
            "create": st.booleans(),
            "import": st.booleans(),
            "export": st.booleans(),
            "fields": st.dictionaries(
                st.sampled_from(hideable(key)), st.sampled_from(["hidden", "hidden", "read"]), max_size=5
            ),
        }
    )


MEMBERS = st.sampled_from([["all"], ["all"], ["own"], ["subordinates"], ["department"]])
roles = st.builds(
    lambda objects, members, fields, rights: {
        "label": "试",
        "rights": rights,
        "objects": {
            **objects,
            "department": {"read": ["all"]},
            "member": {"read": members, "fields": fields},
        },
    },
    st.fixed_dictionaries({}, optional={key: _rights(key) for key in OBJECTS}),
    MEMBERS,
    st.dictionaries(st.sampled_from(TEXTS["member"]), st.sampled_from(["hidden", "read"]), max_size=2),
    st.lists(st.just("dashboard"), max_size=1),
)


@st.composite
def plans(draw: st.DrawFn, *, people: int = 6, extra: int = 6) -> Plan:
    """One record of each object at least, so that each read path has something to hide."""
    departments = [None, *(draw(st.integers(max(0, n - 2), n - 1)) for n in range(1, 5))]
    person = st.integers(0, people - 1)
    somebody = st.one_of(person, person, st.none())
    place = st.integers(0, len(departments) - 1)
    staff = [
        Person(
            draw(st.one_of(place, place, st.none())),
            draw(st.one_of(st.integers(0, n - 1), st.none())) if n else None,
            tuple(draw(st.sets(st.integers(0, 2), min_size=1, max_size=2))),
        )
        for n in range(people)
    ]
    kinds = sorted([*OBJECTS, *draw(st.lists(st.sampled_from(OBJECTS), max_size=extra))], key=_order)
    things: list[Thing] = []
    for kind in kinds:
        things.append(_thing(draw, kind, things, person, somebody))
    deed = st.builds(
        Deed,
        st.sampled_from(DEEDS),
        st.integers(0, len(things) - 1),
        person,
        person,
        st.sampled_from(["read", "write"]),
    )
    return Plan(
        tuple(departments),
        tuple(draw(somebody) for _ in departments),
        tuple(staff),
        tuple(draw(roles) for _ in range(3)),
        tuple(things),
        tuple(draw(st.lists(deed, min_size=4, max_size=14))),
    )


DEEDS = (
    "change",
    "change",
    "share",
    "share",
    "file",
    "file",
    "comment",
    "comment",
    "offer",
    "trash",
    "mention",
)


def _order(kind: str) -> int:
    return ("account", "contact", "lead", "opportunity", "activity", "task").index(kind)


def _thing(draw: st.DrawFn, kind: str, before: list[Thing], person: Any, somebody: Any) -> Thing:
    links = {}
    for key, target in LINKS.get(kind, {}).items():
        choices = [n for n, one in enumerate(before) if one.object == target]
        chosen = st.sampled_from(choices)
        links[key] = draw(chosen if (kind, key) in REQUIRED_LINKS else st.one_of(chosen, st.none()))
    return Thing(
        kind,
        draw(somebody),
        draw(person),
        draw(somebody),
        draw(somebody) if kind in STAGED else None,
        links,
        tuple(draw(st.sets(person, max_size=2))) if kind in PARTICIPANTS else (),
        draw(st.sampled_from([True, True, True, False])),
    )
