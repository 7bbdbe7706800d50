"""Two workspaces of one installation, and every route from the interface itself: with real ids of the other one, asked
by its strangers, by who belongs to both, and by a program with a token, nothing is told and nothing changes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from jieli.api.context import Process
from jieli.api.records import BATCH
from jieli.db.pool import Database, ReadTx
from jieli.db.sql import ident, join, literal, sql
from jieli.identity import Visitor, store
from jieli.identity.members import link
from jieli.identity.tokens import NewToken, Scope, issue
from jieli.records import Values, files
from tests.access.world import ids_within
from tests.api.conftest import Person, SignIn, at, browser, give_accounts, some_number
from tests.api.test_hidden import ENDLESS, SEARCHING, texts_of
from tests.api.test_live import events, watching
from tests.api.test_strangers import BODIES, NOBODY, OWN, PUBLIC, operations
from tests.company import Company, found, make

OBJECTS = ("lead", "opportunity", "account", "activity", "member", "department")
PLACES = {"{record}", "{file}", "{handoff}", "{batch}", "{view}", "{run}", "{token}"}
"""The parts of addresses that name something of a workspace; the others name what every workspace has."""
COMMON = {"{ws}", "{object}", "{key}"}


@dataclass(frozen=True)
class Foreign:
    """What is in the other workspace: `word` is in all its texts, `ids` by their place in an address, `records` by
    their object."""

    word: str
    ids: dict[str, str]
    records: dict[str, str]
    phone: str

    def is_in(self, response: httpx.Response, asked: str) -> bool:
        told = "".join(texts_of(response.content))
        known = {*self.ids.values(), *self.records.values()}
        numbers = {str(one) for one in ids_within(told)} - {str(one) for one in ids_within(asked)}
        return (self.word in told and self.word not in asked) or not known.isdisjoint(numbers)


@pytest_asyncio.fixture(scope="module")
async def here(db: Database) -> Company:
    """A workspace that only these tests change."""
    made = await found(db)
    await give_accounts(db, made)
    return made


async def a_token(db: Database, company: Company, name: str) -> NewToken:
    """One with which a program may do whatever the member may."""
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(f"{name}@{company.workspace.slug}"))
        assert row is not None
        actor = replace(await company.actor(tx, name), account=row["id"])
        return await issue(tx, actor, "test", Scope.ADMIN, 1, Visitor())


@pytest_asyncio.fixture
async def foreign(db: Database, sign_in: SignIn, elsewhere: Company) -> AsyncIterator[Foreign]:
    sam, eva = await sign_in(elsewhere, "sam"), await sign_in(elsewhere, "eva")
    boss = await sign_in(elsewhere, "boss")
    number = some_number()
    word, phone = f"彼处{number}机密", f"135{number:08d}"
    account = await sam.make("account", name=f"{word}客户", note=word)
    lead = await sam.lead(name=f"{word}线索", company=f"{word}公司", phone=phone)
    deal = await sam.make("opportunity", name=f"{word}商机", account=account["id"], needs=word)
    note = await sam.make("activity", content=word, opportunity=deal["id"], at="2026-11-20T08:00:00Z")
    text = {"file": (f"{word}.txt", word.encode(), "text/plain")}
    file = await sam.post(at(lead, "lead", "/files"), None, files=text)
    offered = await sam.post(at(deal, "opportunity", "/handoffs"), {"to": str(eva.member), "message": word})
    comment = {"text": word, "mentions": [str(eva.member)]}
    assert (await sam.post(at(lead, "lead", "/comments"), comment)).is_success
    changed = await sam.patch(at(lead, "lead"), {"values": {"contact_name": word}})
    view = await sam.post("/objects/lead/views", {"label": word, "shared": True})
    sheet = {"file": (f"{word}.csv", f"联系人,手机\n{word},136{number:08d}".encode(), "text/csv")}
    run = await boss.post("/imports", None, files=sheet, data={"object": "lead"})
    department = elsewhere.departments["east"]
    yield Foreign(
        word,
        {
            "{file}": file.json()["id"],
            "{handoff}": offered.json()["id"],
            "{batch}": changed.headers[BATCH],
            "{view}": view.json()["id"],
            "{run}": run.json()["id"],
            "{token}": str((await a_token(db, elsewhere, "boss")).token.id),
        },
        {
            "lead": lead["id"],
            "opportunity": deal["id"],
            "account": account["id"],
            "activity": note["id"],
            "member": str(sam.member),
            "department": str(department),
        },
        phone,
    )


def body_of(name: str, foreign: Foreign) -> Values:
    """A body that names things of the other workspace wherever a body can."""
    records, ids = foreign.records, list(foreign.records.values())
    special: dict[str, Values] = {
        "records_list_by_body": {"q": foreign.word, "view": foreign.ids["{view}"]},
        "board_ask_board": {"q": foreign.word},
        "records_check": {"values": {"phone": foreign.phone}},
        "records_create": {"values": {"name": "X", "account": records["account"], "phone": foreign.phone}},
        "records_update": {"values": {"owner": records["member"]}},
        "records_batch": {"action": "delete", "ids": ids},
        "intake_assign": {"ids": ids},
        "intake_convert": {"account": records["account"]},
        "about_comment": {"text": "X", "mentions": [records["member"]]},
        "relay_offer": {"to": records["member"]},
        "views_create_view": {
            "label": "X",
            "where": {"field": "owner", "op": "eq", "value": records["member"]},
        },
        "members_create_member": {
            "values": {"name": "新", "manager": records["member"], "department": records["department"]},
            "login": "somebody-new",
        },
    }
    return {"json": special[name]} if name in special else dict(BODIES.get(name, {}))


def address(path: str, slug: str, key: str, ids: dict[str, str]) -> str:
    known = {"{ws}": slug, "{object}": key, "{key}": "contacted", **ids}
    return "/".join(known.get(part, part) for part in path.split("/"))


def ours(app: FastAPI) -> list[tuple[str, str, str]]:
    """The operations of a workspace."""
    return [(name, method, path) for name, method, path, _ in operations(app) if name not in PUBLIC | OWN]


def places_of(path: str) -> set[str]:
    return {part for part in path.split("/") if part.startswith("{")} - COMMON


async def state_of(tx: ReadTx, company: Company) -> dict[str, str]:
    """Each table of the workspace as one number, and what the installation knows of its people."""
    schema = company.workspace.schema
    tables = await tx.all(
        sql("select tablename::text as name from pg_tables where schemaname = {s} order by 1", s=schema)
    )
    sums = [
        sql(
            "select {name} as name, coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as sum from {t} t",
            name=literal(row["name"]),
            t=ident(schema, row["name"]),
        )
        for row in tables
    ]
    common = sql(
        "select 'people' as name, string_agg(m.account::text || m.member::text, ',' order by m.account) as sum"
        " from jieli.membership m where m.workspace = {slug} union all"
        " select 'version', blueprint_version::text || second_factor_required from jieli.workspace where slug = {slug}"
        " union all select 'tokens', string_agg(a.id::text, ',' order by a.id) from jieli.api_token a"
        " where a.workspace = {slug}",
        slug=company.workspace.slug,
    )
    return {row["name"]: row["sum"] for row in await tx.all(join(" union all ", [*sums, common]))}


@dataclass
class Asker:
    """Asks, and sees to it that the other workspace stays as it is and untold."""

    db: Database
    company: Company
    foreign: Foreign
    before: dict[str, str]

    async def ask(self, client: httpx.AsyncClient, name: str, method: str, path: str) -> httpx.Response:
        body = body_of(name, self.foreign)
        params = {"q": self.foreign.word} if name in SEARCHING else {}
        response = await client.request(method, path, params=params, **body)
        assert response.status_code < 500, (name, response.text)
        assert not self.foreign.is_in(response, f"{path} {params} {body}"), (name, path, response.text)
        await self.nothing_changed((name, path))
        return response

    async def nothing_changed(self, what: object) -> None:
        async with self.db.read() as tx:
            after = await state_of(tx, self.company)
        changed = {table for table in {*after, *self.before} if after.get(table) != self.before.get(table)}
        assert not changed, (what, changed)


@pytest_asyncio.fixture
async def asker(db: Database, elsewhere: Company, foreign: Foreign) -> Asker:
    async with db.read() as tx:
        return Asker(db, elsewhere, foreign, await state_of(tx, elsewhere))


@pytest_asyncio.fixture
async def both(sign_in: SignIn, db: Database, here: Company, elsewhere: Company) -> AsyncIterator[Person]:
    """The administrator here, who also sells elsewhere."""
    person = await sign_in(here, "boss")
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(f"boss@{here.workspace.slug}"))
        assert row is not None
        name = f"两边{some_number()}"
        member = await make(tx, elsewhere.system, "member", name=name, roles=["sales"])
        await link(tx, elsewhere.workspace.slug, row["id"], member)
    yield person
    async with db.begin() as tx:
        await tx.run(
            sql(
                "delete from jieli.membership where account = {a} and workspace = {w}",
                a=row["id"],
                w=elsewhere.workspace.slug,
            )
        )


def test_every_route_is_about_a_workspace_or_known_to_be_about_none(app: FastAPI) -> None:
    """A new route is walked by these tests, or it has to be named as one for everybody; and a new kind of id in an
    address has to be given a real one."""
    outside = {name for name, _, path, _ in operations(app) if not path.startswith("/api/v1/{ws}/")}
    assert outside == PUBLIC | OWN
    for _, _, path in ours(app):
        assert places_of(path) <= PLACES, path


def test_each_place_in_an_address_has_a_real_id_of_the_other_workspace(
    app: FastAPI, foreign: Foreign
) -> None:
    assert {*foreign.ids, "{record}"} == PLACES


async def test_who_belongs_elsewhere_finds_nothing_under_the_address_of_a_workspace(
    app: FastAPI, sign_in: SignIn, here: Company, asker: Asker
) -> None:
    person = await sign_in(here, "boss")
    for name, method, path in ours(app):
        for key in OBJECTS if "{record}" in path else OBJECTS[:1]:
            ids = {**asker.foreign.ids, "{record}": asker.foreign.records[key]}
            response = await asker.ask(
                person.client, name, method, address(path, asker.company.workspace.slug, key, ids)
            )
            assert (response.status_code, response.json()["code"]) == (404, "workspace_not_found"), name


async def test_ids_of_another_workspace_are_answered_like_those_of_nothing(
    app: FastAPI, both: Person, asker: Asker
) -> None:
    """Even to who belongs to both: the address says in which workspace they ask."""
    for name, method, path in ours(app):
        if not places_of(path):
            continue
        nothing = dict.fromkeys(PLACES, str(NOBODY))
        for key in OBJECTS if "{record}" in path else OBJECTS[:1]:
            ids = {**asker.foreign.ids, "{record}": asker.foreign.records[key]}
            known = await asker.ask(both.client, name, method, address(path, both.slug, key, ids))
            unknown = await asker.ask(both.client, name, method, address(path, both.slug, key, nothing))
            assert not known.is_success, (name, key)
            assert (known.status_code, known.json()["code"]) == (
                unknown.status_code,
                unknown.json()["code"],
            ), (name, key)


async def test_what_names_no_record_tells_and_changes_nothing_elsewhere(
    app: FastAPI, both: Person, asker: Asker
) -> None:
    """By words, telephone numbers and ids of the other workspace in the question."""
    for name, method, path in ours(app):
        if not places_of(path) and name not in ENDLESS:
            for key in OBJECTS if "{object}" in path else OBJECTS[:1]:
                await asker.ask(both.client, name, method, address(path, both.slug, key, {}))


NOT_FOR_IT = ((404, "workspace_not_found"), (403, "token_may_not"))
"""Some acts are not for programs in any workspace."""


async def test_a_token_opens_one_workspace_even_of_who_belongs_to_both(
    app: FastAPI, db: Database, here: Company, both: Person, asker: Asker
) -> None:
    token = (await a_token(db, here, "boss")).text
    async with browser(app, Authorization=f"Bearer {token}") as client:
        assert (await client.get(f"/api/v1/{here.workspace.slug}/blueprint")).is_success
        for name, method, path in ours(app):
            ids = {**asker.foreign.ids, "{record}": asker.foreign.records["lead"]}
            response = await asker.ask(
                client, name, method, address(path, asker.company.workspace.slug, "lead", ids)
            )
            assert (response.status_code, response.json()["code"]) in NOT_FOR_IT, name


async def test_a_screen_hears_of_its_own_workspace_only(
    process: Process, sign_in: SignIn, here: Company, elsewhere: Company
) -> None:
    person, other = await sign_in(here, "boss"), await sign_in(elsewhere, "boss")
    async with watching(process, person) as tab:
        await other.lead()
        made = await person.lead()
        ((_, data),) = await events(tab)
    assert data["ids"] == [made["id"]]


async def test_the_test_notices_a_route_that_does_not_ask_in_which_workspace_a_file_lies(
    app: FastAPI, both: Person, asker: Asker, elsewhere: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anywhere(tx: ReadTx, actor: object, file: UUID) -> object:
        return await tx.one(files.store.file(elsewhere.workspace, file))

    monkeypatch.setattr("jieli.api.files.find_file", anywhere)
    with pytest.raises(AssertionError):
        await asker.ask(
            both.client,
            "files_download",
            "get",
            address("/api/v1/{ws}/files/{file}", both.slug, "", asker.foreign.ids),
        )


async def test_the_test_notices_a_write_into_the_other_workspace(
    db: Database, asker: Asker, elsewhere: Company
) -> None:
    async with db.begin() as tx:
        await tx.run(sql("update {t} set note = 'X'", t=elsewhere.workspace.object("account").table))
    with pytest.raises(AssertionError):
        await asker.nothing_changed("a write")
