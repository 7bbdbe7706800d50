"""The synthetic company: the same seed gives the same company, and its ledgers are true."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio

from jieli import hooks
from jieli.access import system_actor
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.db.pool import Database
from jieli.db.sql import sql
from jieli.records.content import Disk
from jieli.records.read import ListQuery, list_records
from jieli.relay.verify import verify
from jieli.standard import load
from jieli.synthetic import Report, Size, build, story

TINY = Size(sales=4, marketers=2, experts=2, success=2, leads=40, opportunities=15, campaigns=2, days=60)
TODAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
Built = tuple[str, Report]


async def built(db: Database, seed: int, folder: Path, processes: int | None = None) -> Built:
    hooks.install()
    slug = f"syn_{uuid4().hex[:12]}"
    async with db.begin() as tx:
        await workspaces.create(tx, slug, load())
    with clock.at(TODAY):
        return slug, await build(db, slug, TINY, seed, files=Disk(folder), processes=processes)


@pytest_asyncio.fixture(scope="module")
async def companies(db: Database, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built, Built]:
    """Two with the same seed and one with another."""
    folder = tmp_path_factory.mktemp("files")
    return await built(db, 7, folder), await built(db, 7, folder), await built(db, 8, folder)


async def titles(db: Database, slug: str, object_key: str) -> list[str]:
    async with db.read() as tx:
        actor = system_actor(await workspaces.load(tx, slug))
        staged = actor.workspace.object(object_key).has("staged")
        columns = ["name", "stage"] if staged else ["name"]
        query = ListQuery(columns=columns, sort=["name"], limit=500)
        items = orjson.loads(await list_records(tx, actor, object_key, query))["items"]
    return [f"{item['name']} {item.get('stage')}" for item in items]


async def test_the_same_seed_gives_the_same_company(
    db: Database, companies: tuple[Built, Built, Built]
) -> None:
    first, second, other = companies
    assert await titles(db, first[0], "lead") == await titles(db, second[0], "lead")
    assert await titles(db, first[0], "lead") != await titles(db, other[0], "lead")


async def test_several_processes_make_the_same_company(
    db: Database, companies: tuple[Built, Built, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story, "AT_ONCE", 12)
    slug, report = await built(db, 7, tmp_path, processes=2)
    assert report.truth == companies[0][1].truth
    for key in ("lead", "opportunity", "account"):
        assert await titles(db, slug, key) == await titles(db, companies[0][0], key)
    async with db.read() as tx:
        assert (await verify(tx, await workspaces.load(tx, slug))).violations == ()


async def test_its_ledgers_are_true(db: Database, companies: tuple[Built, Built, Built]) -> None:
    for slug, _ in companies:
        async with db.read() as tx:
            verdict = await verify(tx, await workspaces.load(tx, slug))
        assert verdict.violations == ()


async def test_records_are_handed_over_returned_won_and_lost(
    db: Database, companies: tuple[Built, Built, Built]
) -> None:
    async with db.read() as tx:
        workspace = await workspaces.load(tx, companies[0][0])
        states = await tx.all(sql("select distinct state from {h}", h=workspace.table("handoff")))
        outcomes = await tx.all(
            sql("select distinct outcome from {o}", o=workspace.object("opportunity").table)
        )
    assert {"accepted", "returned"} <= {row["state"] for row in states}
    assert {"won", "lost"} <= {row["outcome"] for row in outcomes}


async def test_everybody_can_sign_in(db: Database, companies: tuple[Built, Built, Built]) -> None:
    roles = {"admin", "manager", "sales", "marketing", "expert", "success", "operations"}
    assert companies[0][1].logins.keys() == roles
