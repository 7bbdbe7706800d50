"""Every screen, as the person it is made for: the order of the pictures."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pictures import finds
from pictures.demo import ROLES
from pictures.intake import bring_in
from pictures.visit import Visit

Take = Callable[[Visit], None]


@dataclass(frozen=True)
class Stop:
    """`role` is None for whoever has not signed in. `expected` are answers with an error that belong to it."""

    name: str
    role: str | None
    take: Take
    expected: frozenset[int] = frozenset()


def page(path: str = "", **search: object) -> Take:
    """A screen that is there as soon as its address is open."""

    def take(visit: Visit) -> None:
        visit.open(path, **search)
        visit.shoot(visit.where)

    return take


def sign_in(visit: Visit) -> None:
    visit.page.goto(f"{visit.demo.url}/sign-in")
    visit.shoot(visit.where)


def filters(visit: Visit) -> None:
    visit.open("/o/lead", where={"field": "score", "op": "gte", "value": 50})
    visit.page.get_by_role("button", name=visit.word("filters.add")).first.click()
    visit.shoot(visit.where)


def record(visit: Visit) -> None:
    visit.open(f"/o/opportunity/{finds.to_hand_over(visit)['id']}")
    visit.shoot(visit.where)


def record_panel(visit: Visit) -> None:
    found = finds.to_hand_over(visit)
    visit.open("/o/opportunity", open=f"opportunity:{found['id']}")
    visit.shoot(visit.where)


def hand_over(visit: Visit) -> None:
    visit.open(f"/o/opportunity/{finds.to_hand_over(visit)['id']}")
    visit.page.get_by_role("button", name=visit.word("relay.handOver")).first.click()
    visit.page.get_by_role("dialog", name=visit.word("relay.handOver")).wait_for()
    visit.shoot(visit.where)


def gate(visit: Visit) -> None:
    stopped, move = finds.stopped(visit)
    visit.open(f"/o/opportunity/{stopped['id']}")
    # “Close” is not the button that edits the expected close, and 赢单 not the leg of that name, which tells more.
    named = re.compile(rf"^(right )?{re.escape(move)}(?!.*[:：])")
    direct = visit.page.get_by_role("button", name=named)
    if direct.count() == 0:
        visit.page.get_by_role("button", name=visit.word("relay.moveOn")).click()
        direct = visit.page.get_by_role("menuitem", name=named)
    direct.first.click()
    visit.page.get_by_role("dialog").last.wait_for()
    visit.shoot(visit.where)


def duplicate(visit: Visit) -> None:
    known = finds.known_lead(visit)
    preset = {key: known[key] for key in ("company", "contact_name", "phone") if known.get(key)}
    visit.open("/o/lead", create="lead", preset={"name": "A new lead", **preset})
    visit.page.get_by_text(visit.word("record.form.duplicates")).wait_for()
    visit.shoot(visit.where)


def palette(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name=visit.word("shell.searchHint")).click()
    visit.page.get_by_placeholder(visit.word("shell.palette.placeholder")).fill("科技")
    visit.shoot(visit.where)


def notifications(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name=visit.word("shell.notifications")).first.click()
    visit.shoot(visit.where)


def person_menu(visit: Visit) -> None:
    if visit.look.is_phone:
        visit.open("/me")
    else:
        visit.open()
        visit.page.get_by_role("button", name=visit.word("shell.account")).first.click()
    visit.shoot(visit.where)


NOBODY = {"field": "name", "op": "eq", "value": "-"}

TOUR: tuple[Stop, ...] = (
    Stop("sign-in", None, sign_in, frozenset({401})),
    *(Stop(f"home-{role}", role, page()) for role in ROLES),
    Stop("leads", "operations", page("/o/lead", view="all")),
    Stop("leads-filter", "operations", filters),
    Stop("leads-empty", "operations", page("/o/lead", where=NOBODY)),
    Stop("opportunities", "manager", page("/o/opportunity", view="all")),
    Stop("record", "manager", record),
    Stop("record-panel", "manager", record_panel),
    Stop("hand-over", "manager", hand_over),
    Stop("gate", "manager", gate, frozenset({409})),
    Stop("board", "manager", page("/o/opportunity", view="all", **{"as": "board"})),
    Stop("handoffs", "sales", page("/handoffs")),
    Stop("create-duplicate", "marketing", duplicate),
    Stop("import", "operations", bring_in),
    Stop("reports", "manager", page("/reports", period="this_year")),
    Stop("no-permission", "sales", page("/reports")),
    Stop("settings", "admin", page("/settings")),
    Stop("members", "admin", page("/settings/members")),
    Stop("departments", "admin", page("/settings/departments")),
    Stop("roles", "admin", page("/settings/roles")),
    Stop("role", "admin", page("/settings/roles", role="sales")),
    Stop("imports", "operations", page("/settings/imports")),
    Stop("protection", "admin", page("/settings/protection")),
    Stop("profile", "sales", page("/settings/profile")),
    Stop("security", "sales", page("/settings/security")),
    Stop("person-menu", "sales", person_menu),
    Stop("palette", "sales", palette),
    Stop("notifications", "sales", notifications),
)
