"""The oracle itself, by a few organisations worked out by hand: who must see what, and nothing of the product in it."""

from typing import Any
from uuid import UUID

import pytest

from tests.access.oracle import Judge, Row, Snapshot
from tests.access.plans import OBJECTS
from tests.access.world import Origin

HEAD, SALES, EAST, WEST = (UUID(int=n) for n in range(1, 5))
BOSS, EVA, SAM, WES = (UUID(int=n) for n in range(11, 15))
ACCOUNT, DEAL, NOTE = (UUID(int=n) for n in range(21, 24))


def member(number: UUID, department: UUID | None, manager: UUID | None, *roles: str) -> Row:
    return {
        "id": number,
        "department": department,
        "manager": manager,
        "roles": list(roles),
        "deleted_at": None,
        "created_by": None,
    }


def department(number: UUID, parent: UUID | None, head: UUID | None = None) -> Row:
    return {"id": number, "parent": parent, "head": head, "deleted_at": None}


def record(number: UUID, **values: Any) -> Row:
    empty = dict.fromkeys(
        ("owner", "backup", "holder", "department", "created_by", "deleted_at", "participants")
    )
    links = dict.fromkeys(("account", "contact", "lead", "opportunity"))
    return {"id": number, **empty, **links, **values}


def company(roles: dict[str, Any], **more: Any) -> Snapshot:
    """Boss above Eva above Sam, Wes aside; Sam's deal with an account of Wes's, and Wes's note on the deal."""
    rows: dict[str, dict[UUID, Row]] = {key: {} for key in OBJECTS}
    rows["department"] = {
        one["id"]: one
        for one in (
            department(HEAD, None),
            department(SALES, HEAD, EVA),
            department(EAST, SALES),
            department(WEST, SALES),
        )
    }
    people = (
        member(BOSS, HEAD, None, "a"),
        member(EVA, HEAD, BOSS, "a"),
        member(SAM, EAST, EVA, "a", "b"),
        member(WES, WEST, None, "b"),
    )
    rows["member"] = {one["id"]: one for one in people}
    rows["account"] = {ACCOUNT: record(ACCOUNT, owner=WES, department=WEST)}
    rows["opportunity"] = {
        DEAL: record(
            DEAL, owner=SAM, holder=SAM, backup=EVA, department=EAST, account=ACCOUNT, created_by=WES
        )
    }
    rows["activity"] = {NOTE: record(NOTE, owner=WES, department=WEST, opportunity=DEAL)}
    known = {"客户": Origin("account", ACCOUNT, "name"), "金额": Origin("opportunity", DEAL, "amount")}
    whole = {"shares": [], "handoffs": [], "events": [], "files": [], "words": known, **more}
    return Snapshot(rows=rows, roles=roles, **whole)


def read(*scopes: Any, **fields: str) -> dict[str, Any]:
    return {"read": list(scopes), "fields": fields}


def roles(a: dict[str, Any], b: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"a": {"objects": a}, "b": {"objects": b or {}}}


@pytest.mark.parametrize(
    ("scope", "who"),
    [
        ("own", {SAM, EVA}),
        ("created", set()),
        ("subordinates", {EVA, BOSS}),
        ("department", {SAM}),
        ("department_tree", {SAM, BOSS, EVA}),
        ("shared", {BOSS}),
        ("all", {SAM, EVA, BOSS}),
    ],
)
def test_each_scope_means_whom_it_says(scope: str, who: set[UUID]) -> None:
    """Eva backs Sam up; she heads the sales departments, and Boss is in the department above them. Wes, who made the
    record, has another role. It is shared with Boss."""
    shares = [{"object": "opportunity", "record": DEAL, "member": BOSS, "level": "read"}]
    snapshot = company(roles({"opportunity": read(scope)}), shares=shares)
    deal = snapshot.rows["opportunity"][DEAL]
    assert {one for one in (BOSS, EVA, SAM, WES) if Judge(snapshot, one).sees("opportunity", deal)} == who


def test_who_made_a_record_sees_it_where_the_role_says_so() -> None:
    snapshot = company(roles({}, {"opportunity": read("created")}))
    deal = snapshot.rows["opportunity"][DEAL]
    assert [Judge(snapshot, one).sees("opportunity", deal) for one in (SAM, WES)] == [False, True]


def test_a_record_shared_for_reading_is_not_to_be_changed() -> None:
    shares = [{"object": "opportunity", "record": DEAL, "member": BOSS, "level": "read"}]
    snapshot = company(roles({"opportunity": {"read": ["shared"], "update": ["shared"]}}), shares=shares)
    deal = snapshot.rows["opportunity"][DEAL]
    judge = Judge(snapshot, BOSS)
    assert (judge.sees("opportunity", deal), judge.sees("opportunity", deal, "update")) == (True, False)


def test_a_field_is_as_open_as_the_most_generous_role_that_reads_the_object() -> None:
    hidden, shown = read("own", amount="hidden"), read("own", amount="read")
    assert Judge(company(roles({"opportunity": hidden})), SAM).access("opportunity", "amount") == "hidden"
    both = company(roles({"opportunity": hidden}, {"opportunity": shown}))
    assert Judge(both, SAM).access("opportunity", "amount") == "read"
    unread = company(roles({"opportunity": hidden}, {"opportunity": read()}))
    assert Judge(unread, SAM).access("opportunity", "amount") == "hidden"


def test_a_condition_of_a_role_looks_through_references() -> None:
    tree = {"field": "opportunity.owner", "op": "eq", "value": {"var": "me"}}
    snapshot = company(roles({"activity": read({"condition": tree})}))
    note = snapshot.rows["activity"][NOTE]
    assert [Judge(snapshot, one).sees("activity", note) for one in (SAM, EVA)] == [True, False]


def test_what_somebody_asks_does_not_look_behind_what_they_may_not_see() -> None:
    tree = {"field": "account.owner", "op": "not_empty"}
    judge = Judge(company(roles({"opportunity": read("own")})), SAM)
    deal = judge.snapshot.rows["opportunity"][DEAL]
    assert judge.holds(tree, "opportunity", deal, guarded=False)
    assert not judge.holds(tree, "opportunity", deal, guarded=True)


def test_a_visible_record_tells_the_title_of_what_it_refers_to_unless_the_field_is_hidden() -> None:
    open_ = Judge(company(roles({"opportunity": read("own")})), SAM)
    assert open_.words() == {"客户", "金额"}
    closed = Judge(company(roles({"opportunity": read("own", account="hidden", amount="hidden")})), SAM)
    assert closed.words() == set()


def test_the_parties_of_a_hand_off_know_its_record_without_the_fields_hidden_from_them() -> None:
    package = {"fields": [{"key": "amount", "value": "金额"}], "files": []}
    handoff = {
        "object": "opportunity",
        "record": DEAL,
        "sender": SAM,
        "receiver": BOSS,
        "package": package,
        "message": None,
    }
    told = Judge(company(roles({"opportunity": read("own")}), handoffs=[handoff]), BOSS)
    assert (told.named(), told.words()) == ({DEAL}, {"金额"})
    kept = Judge(company(roles({"opportunity": read("own", amount="hidden")}), handoffs=[handoff]), BOSS)
    assert kept.words() == set()
