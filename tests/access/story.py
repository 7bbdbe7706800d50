"""One small organisation with something to leak on every way: Ann sells and sees her own, without some fields; Ben has
the rest, some of it led to by hers, shared with her, or once told to her."""

from typing import Any

from tests.access.plans import Deed, Person, Plan, Thing

ANN, BEN, CAT = 0, 1, 2


def _all(**fields: str) -> dict[str, Any]:
    rights = {"read": ["own", "shared"], "update": ["own"], "delete": ["all"], "transfer": ["own"]}
    return {**rights, "create": True, "import": True, "export": True, "fields": fields}


SELLER: dict[str, Any] = {
    "label": "销售",
    "rights": ["dashboard"],
    "objects": {
        "account": _all(phone="hidden", note="hidden"),
        "lead": {**_all(landline="hidden", next_action="hidden"), "read": ["own"]},
        "contact": _all(),
        "opportunity": _all(
            amount="hidden", solution="hidden", needs="hidden", scan="hidden", score="hidden"
        ),
        "activity": _all(recording="hidden"),
        "task": {**_all(), "read": ["created"]},
        "member": {"read": ["all"]},
        "department": {"read": ["all"]},
    },
}
NOBODY: dict[str, Any] = {"label": "旁人", "objects": {"member": {"read": ["all"]}}}


def _thing(kind: str, owner: int | None, /, creator: int = BEN, **links: int | None) -> Thing:
    participants = () if kind not in ("opportunity", "task") else (CAT,)
    return Thing(
        kind,
        owner,
        creator,
        None,
        owner if kind in ("lead", "opportunity") else None,
        links,
        participants,
        True,
    )


THINGS = (
    _thing("account", BEN),
    _thing("account", ANN),
    _thing("contact", BEN, account=0),
    _thing("lead", BEN, account=None),
    _thing("lead", ANN, account=None),
    _thing("opportunity", BEN, account=1, contact=2, lead=3),
    _thing("opportunity", ANN, account=0, contact=None, lead=4),
    _thing("activity", BEN, account=1, opportunity=6, lead=3),
    _thing("activity", ANN, account=None, opportunity=6, lead=4),
    _thing("task", ANN, account=None, opportunity=5, lead=3),
    _thing("lead", None, account=None),
)
DEEDS = (
    Deed("change", 6, BEN, BEN, "read"),
    Deed("change", 5, BEN, BEN, "read"),
    Deed("change", 4, BEN, BEN, "read"),
    Deed("file", 8, BEN, BEN, "write"),
    Deed("file", 5, BEN, BEN, "read"),
    Deed("file", 6, BEN, BEN, "write"),
    Deed("offer", 6, BEN, BEN, "read"),
    Deed("comment", 5, BEN, BEN, "read"),
    Deed("mention", 5, BEN, ANN, "read"),
    Deed("share", 7, BEN, CAT, "read"),
)
STORY = Plan(
    (None, 0),
    (None, None),
    (Person(0, None, (0,)), Person(1, None, (1,)), Person(1, BEN, (2,))),
    (SELLER, {"label": "全部", "everything": True}, NOBODY),
    THINGS,
    DEEDS,
)
