"""Small documents for tests. Each test states only what it is about."""

from copy import deepcopy
from typing import Any

from jieli.blueprint.document import Document, FieldDef

TEXT = {"type": "text", "label": "Name", "required": True, "search": True}
MEMBER = {
    "label": "Member",
    "title": "name",
    "fields": {
        "name": TEXT,
        "department": {"type": "department", "label": "Department"},
        "manager": {"type": "person", "label": "Manager"},
        "roles": {"type": "multi_select", "label": "Roles", "options": ["admin", "sales"]},
        "status": {"type": "select", "label": "Status", "options": ["active", "disabled"]},
    },
}
DEPARTMENT = {
    "label": "Department",
    "title": "name",
    "fields": {
        "name": TEXT,
        "parent": {"type": "reference", "to": "department", "label": "Parent"},
        "head": {"type": "person", "label": "Head"},
    },
}
ACCOUNT = {"label": "Account", "title": "name", "fields": {"name": TEXT}}
DEAL = {
    "label": {"zh": "商机", "en": "Deal"},
    "traits": ["owned", "staged", "scored"],
    "title": "name",
    "fields": {
        "name": TEXT,
        "account": {"type": "reference", "to": "account", "label": "Account"},
        "amount": {"type": "money", "label": "Amount", "index": True},
        "reason": {"type": "select", "label": "Reason", "options": ["price", "time"]},
    },
}
RELAY = {
    "object": "deal",
    "label": "Relay",
    "stages": [
        {"key": "first", "label": "First", "role": "sales"},
        {"key": "second", "label": "Second", "role": "sales"},
        {"key": "won", "label": "Won", "kind": "won"},
        {"key": "lost", "label": "Lost", "kind": "lost"},
    ],
    "moves": [
        {"from": ["first"], "to": "second"},
        {"from": ["second"], "to": "won"},
        {"from": ["first", "second"], "to": "lost", "required": ["reason"]},
    ],
}
ROLES = {"admin": {"label": "Admin", "everything": True}, "sales": {"label": "Sales"}}


def raw(**objects: Any) -> dict[str, Any]:
    """A whole document as plain values, with these objects besides members and departments."""
    whole = {
        "name": "Test",
        "objects": {"member": MEMBER, "department": DEPARTMENT, **objects},
        "roles": ROLES,
    }
    return deepcopy(whole)


def relay() -> dict[str, Any]:
    """A document with deals that follow a process."""
    return raw(account=ACCOUNT, deal=DEAL) | {"processes": {"relay": deepcopy(RELAY)}}


REMOVED = object()


def changed(whole: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with another value at a place such as `objects.deal.title`; REMOVED takes it away, and a place
    after the end of a list adds to it."""
    copy = deepcopy(whole)
    *way, last = path.split(".")
    here: Any = copy
    for part in way:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if value is REMOVED:
        del here[int(last) if isinstance(here, list) else last]
    elif isinstance(here, list) and int(last) == len(here):
        here.append(value)
    else:
        here[int(last) if isinstance(here, list) else last] = value
    return copy


def document(**objects: Any) -> Document:
    return Document.model_validate(raw(**objects))


def thing(**fields: Any) -> dict[str, Any]:
    """An object with a name and these fields."""
    return {"label": "Thing", "title": "name", "fields": {"name": TEXT, **fields}}


def text(**more: Any) -> dict[str, Any]:
    return {"type": "text", "label": "Text", **more}


def given(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": kind, **more}


def definition(kind: str, **more: Any) -> FieldDef:
    return FieldDef.model_validate(given(kind, **more))
