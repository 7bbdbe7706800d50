from urllib.parse import urlsplit

import httpx

from jieli.db.pool import Database
from jieli.identity import store
from jieli.identity.members import link
from tests.api.conftest import Person, SignIn, some_number
from tests.company import Company, make

ROLE = {"label": {"zh": "实习", "en": "Trainee"}, "objects": {"lead": {"read": ["own"]}}}


async def test_a_new_member_enters_by_an_invitation(boss: Person, anybody: httpx.AsyncClient) -> None:
    login = f"new{some_number()}@example.com"
    body = {"values": {"name": f"新人{some_number()}", "roles": ["sales"]}, "login": login}
    made = (await boss.post("/members", body)).json()
    token = urlsplit(made["invite_url"]).path.rpartition("/")[2]
    password = {"password": "a long enough one"}
    assert (await anybody.post(f"/api/v1/invites/{token}", json=password)).status_code == 204
    entered = await anybody.post("/api/v1/session", json={"login": login, **password})
    assert entered.json()["workspaces"][0]["member"] == made["member"]["id"]


async def test_a_member_with_a_password_must_change_it(boss: Person, anybody: httpx.AsyncClient) -> None:
    login = f"new{some_number()}@example.com"
    values = {"name": f"新人{some_number()}", "roles": ["sales"]}
    made = await boss.post("/members", {"values": values, "login": login, "password": "a long enough one"})
    assert made.json()["invite_url"] is None
    entered = await anybody.post("/api/v1/session", json={"login": login, "password": "a long enough one"})
    assert entered.json()["account"]["must_change_password"] is True


async def test_a_refused_member_leaves_no_account(boss: Person, db: Database) -> None:
    login = f"new{some_number()}@example.com"
    body = {"values": {"name": "X", "roles": ["no such role"]}, "login": login}
    assert (await boss.post("/members", body)).status_code == 422
    async with db.begin() as tx:
        assert await tx.one(store.account_by_login(login)) is None


async def test_who_may_not_manage_members_adds_none(sam: Person) -> None:
    body = {"values": {"name": "X"}, "login": f"new{some_number()}@example.com"}
    assert (await sam.post("/members", body)).status_code == 403


async def test_a_disabled_member_is_out_at_once(sign_in: SignIn, boss: Person, house: Company) -> None:
    login = f"new{some_number()}@example.com"
    values = {"name": f"新人{some_number()}", "roles": ["sales"]}
    member = (await boss.post("/members", {"values": values, "login": login})).json()["member"]
    disabled = await boss.post(f"/members/{member['id']}/disable")
    assert disabled.json()["status"] == "disabled"


async def test_operations_cannot_take_over_an_administrator(olga: Person, boss: Person) -> None:
    response = await olga.post(f"/members/{boss.member}/invite")
    assert (response.status_code, response.json()["code"]) == (403, "not_yours_to_reset")


async def test_a_password_that_opens_another_workspace_is_not_reset_from_this_one(
    boss: Person, db: Database, house: Company, elsewhere: Company
) -> None:
    async with db.begin() as tx:
        member = await make(tx, house.system, "member", name=f"双栖{some_number()}", roles=["sales"])
        row = await tx.one(store.account_by_login(f"olga@{elsewhere.workspace.slug}"))
        assert row is not None
        await link(tx, house.workspace.slug, row["id"], member)
    response = await boss.post(f"/members/{member}/invite")
    assert (response.status_code, response.json()["code"]) == (403, "not_yours_to_reset")


async def test_an_invitation_is_made_anew(boss: Person, sam: Person) -> None:
    assert "/invite/" in (await boss.post(f"/members/{sam.member}/invite")).json()["invite_url"]
    assert (await sam.post(f"/members/{sam.member}/invite")).status_code == 403


async def test_roles_are_shown_to_who_manages_members(boss: Person, olga: Person, sam: Person) -> None:
    found = (await boss.get("/roles")).json()
    assert found["roles"]["sales"]["objects"]["lead"]["import"] is True
    assert (await olga.get("/roles")).status_code == 200
    assert (await sam.get("/roles")).status_code == 403


async def test_a_dry_run_says_what_would_change_and_changes_nothing(boss: Person) -> None:
    before = (await boss.get("/roles")).json()["version"]
    found = (await boss.put("/roles/trainee", {"role": ROLE, "dry_run": True})).json()
    assert found["plan"]
    assert (await boss.get("/roles")).json()["version"] == before


async def test_a_new_role_can_be_given_to_members(sign_in: SignIn, elsewhere: Company) -> None:
    boss = await sign_in(elsewhere, "boss")
    version = (await boss.get("/roles")).json()["version"]
    published = await boss.put("/roles/trainee", {"role": ROLE, "version": version})
    assert published.json()["version"] == version + 1
    made = await boss.make("member", name=f"实习{some_number()}", roles=["trainee"])
    assert made["roles"] == ["trainee"]
    late = await boss.put("/roles/trainee", {"role": ROLE, "version": version})
    assert (late.status_code, late.json()["code"]) == (409, "blueprint_overtaken")


async def test_a_changed_role_counts_from_the_next_request_on(sign_in: SignIn, elsewhere: Company) -> None:
    boss, mary = await sign_in(elsewhere, "boss"), await sign_in(elsewhere, "mary")
    assert (await mary.get("/objects/product/records")).status_code == 200
    role = (await boss.get("/roles")).json()["roles"]["marketing"]
    role["objects"].pop("product")
    published = await boss.put("/roles/marketing", {"role": role})
    assert published.status_code == 200, published.text
    assert (await mary.get("/objects/product/records")).status_code == 403


async def test_a_role_that_names_what_is_not_there_is_refused(boss: Person) -> None:
    for role in (
        {"label": "X", "objects": {"nothing": {"read": ["all"]}}},
        {"label": "X", "objects": {"lead": {"read": ["everywhere"]}}},
        {"label": "X", "rights": ["fly"]},
    ):
        assert (await boss.put("/roles/bad", {"role": role})).status_code == 422
    assert (await boss.put("/roles/Bad Key", {"role": ROLE})).status_code in (404, 422)


async def test_only_who_may_change_the_blueprint_changes_roles(olga: Person) -> None:
    response = await olga.put("/roles/operations", {"role": {"label": "X", "everything": True}})
    assert (response.status_code, response.json()["code"]) == (403, "right_missing")
