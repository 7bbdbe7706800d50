"""Imports as a worker does them: committed, followed, stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import openpyxl
import orjson
import pytest
import pytest_asyncio

from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.db.errors import Unreachable
from jieli.db.pool import Database
from jieli.db.sql import sql
from jieli.intake.imports import Reading, job, store, tasks
from jieli.intake.imports import rows as preparing
from jieli.intake.imports.errors import NotNow
from jieli.intake.imports.job import Run, perform
from jieli.intake.imports.lost import end_lost
from jieli.intake.imports.runs import New, begin, cancel, enter, found, get, looked_at, shelf, shelf_of, undo
from jieli.jobs import drain
from jieli.records import Values
from tests.company import Company, change
from tests.company import found as company_of
from tests.intake.imports.passage import records, setup, table_of

Begin = Callable[..., Awaitable[UUID]]


@pytest_asyncio.fixture(scope="module")
async def house(db: Database) -> Company:
    """A company of these tests, which commit."""
    return await company_of(db)


class Office:
    """Begins imports of a member and lets the worker do them."""

    def __init__(self, db: Database, house: Company, files: Path) -> None:
        self.db, self.house, self.files = db, house, files

    async def begun(
        self,
        text: str,
        object_key: str = "lead",
        *,
        name: str = "boss",
        check: bool = False,
        **settings: object,
    ) -> UUID:
        number = uuid7()
        place = shelf(self.files, self.house.workspace.slug, number, "名单.csv")
        place.folder.mkdir(parents=True)
        place.source.write_text(text, encoding="utf-8")
        async with self.db.begin() as tx:
            actor = await self.house.actor(tx, name)
            obj = actor.workspace.object(object_key)
            described = looked_at(actor, obj, place.source, Reading())
            await enter(tx, actor, obj, New(number, "名单.csv", Reading(), described))
            chosen = setup(actor, object_key, table_of(text), **settings)
            await begin(tx, actor, number, chosen, check=check)
        return number

    async def worked(self) -> None:
        await drain(self.db, tasks(self.files))

    async def state(self, run: UUID, name: str = "boss") -> Values:
        async with self.db.begin() as tx:
            return await get(tx, await self.house.actor(tx, name), run)

    async def done(self, text: str, object_key: str = "lead", **settings: object) -> Values:
        run = await self.begun(text, object_key, **settings)
        await self.worked()
        return await self.state(run)

    async def count(self, object_key: str = "lead", **where: object) -> int:
        async with self.db.begin() as tx:
            return len(await records(tx, await self.house.actor(tx, "boss"), object_key, **where))


@pytest.fixture
def office(db: Database, house: Company, tmp_path: Path) -> Office:
    return Office(db, house, tmp_path)


def people(first: int, count: int, more: str = "") -> str:
    """A file with so many leads that nobody else has."""
    lines = [f"人{n},{13_900_000_000 + n}{more}" for n in range(first, first + count)]
    return "\n".join(["联系人,手机" + (",职务" if more else ""), *lines, ""])


async def test_a_worker_brings_a_file_in_and_says_so(office: Office) -> None:
    run = await office.done(people(1_000, 30))
    assert run["state"] == "done"
    result = run["result"]
    assert (result["rows"], result["created"], result["rejected"]) == (30, 30, 0)
    assert result["batch"] is not None
    assert run["progress"] == {"done": 30, "total": 30}


async def test_the_result_file_has_what_needs_a_look_first(office: Office) -> None:
    text = people(2_000, 3) + "坏人,123x\n=1+1,13900002009\n" + people(2_000, 1).splitlines()[1] + "\n"
    run = await office.done(text)
    async with office.db.begin() as tx:
        actor = await office.house.actor(tx, "boss")
        path = shelf_of(office.files, actor, await found(tx, actor, run["id"])).result
    book = openpyxl.load_workbook(path)
    to_do, everything = book.worksheets
    assert [cell.value for cell in to_do[1]] == ["行号", "结果", "原因", "记录编号", "联系人", "手机"]
    assert [row[1].value for row in to_do.iter_rows(min_row=2)] == ["未导入", "已跳过"]
    assert to_do["C2"].value.startswith("B5: ")
    assert [row[0].value for row in everything.iter_rows(min_row=2)] == [2, 3, 4, 5, 6, 7]
    assert everything["D2"].value.startswith("XS")
    assert everything["E6"].value == "'=1+1"
    assert everything["E6"].data_type == "s"


async def test_a_check_tells_what_would_be_and_writes_nothing(office: Office) -> None:
    await office.done(people(3_000, 1))
    text = people(3_000, 2, ",经理") + "坏人,123x,经理\n"
    run = await office.begun(text, check=True)
    assert (await office.state(run))["state"] == "checking"
    await office.worked()
    shown = await office.state(run)
    check = shown["check"]
    assert shown["state"] == "draft"
    assert (check["rows"], check["new"], check["duplicates"], check["rejected"]) == (3, 1, 1, 1)
    assert check["sample"]["duplicates"][0]["with"]["title"]
    assert check["sample"]["rejected"][0]["problems"][0]["path"] == "B4"
    assert await office.count(phone="+8613900003001") == 0


async def test_a_checked_import_can_be_run(office: Office) -> None:
    text = people(3_100, 2)
    run = await office.begun(text, check=True)
    await office.worked()
    async with office.db.begin() as tx:
        actor = await office.house.actor(tx, "boss")
        await begin(tx, actor, run, setup(actor, "lead", table_of(text)), check=False)
    await office.worked()
    assert (await office.state(run))["result"]["created"] == 2


async def test_a_cancelled_import_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "CHUNK", 10)
    run = await office.begun(people(4_000, 30))
    async with office.db.begin() as tx:
        await cancel(tx, await office.house.actor(tx, "boss"), run)
    await office.worked()
    assert (await office.state(run))["state"] == "cancelled"
    assert await office.count(phone="+8613900004001") == 0


async def test_what_is_over_cannot_be_cancelled_or_run_again(office: Office) -> None:
    run = await office.done(people(4_100, 1))
    async with office.db.begin() as tx:
        boss = await office.house.actor(tx, "boss")
        with pytest.raises(NotNow):
            await cancel(tx, boss, run["id"])


async def test_an_import_that_dies_half_way_is_done_once_and_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "CHUNK", 10)
    run = await office.begun(people(5_000, 30))
    reached = asyncio.Event()

    async def stop_here(done: int, total: int) -> None:
        if done >= 20:
            reached.set()
            await asyncio.Event().wait()

    async with office.db.begin() as tx:
        boss = await office.house.actor(tx, "boss")
        row = await found(tx, boss, run)
    working = asyncio.create_task(
        perform(Run(office.db, boss, row, shelf_of(office.files, boss, row), stop_here))
    )
    await reached.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await office.count(phone="+8613900005001") == 0
    await office.worked()
    assert (await office.state(run))["result"]["created"] == 30
    assert await office.count(phone="+8613900005001") == 1


async def test_a_job_that_comes_twice_does_its_work_once(office: Office) -> None:
    run = await office.begun(people(5_100, 2), policy="create")
    job = tasks(office.files)[0]
    payload = {"workspace": office.house.workspace.slug, "import": str(run)}
    await job.run(office.db, payload)
    await office.worked()
    assert await office.count(phone="+8613900005100") == 1


async def test_an_import_that_is_in_stays_done_when_the_answer_to_its_commit_was_lost(office: Office) -> None:
    run = await office.begun(people(5_200, 2))
    workspace = office.house.workspace
    async with office.db.begin() as tx:
        await tx.run(store.change(workspace, run, {"starts": job.TRIES - 1}))

    async def cut_off(running: Run) -> None:
        await perform(running)
        raise Unreachable

    payload = {"workspace": workspace.slug, "import": str(run)}
    await job._job(office.db, payload, files=office.files, work=cut_off)
    assert (await office.state(run))["state"] == "done"


async def test_an_import_whose_job_has_died_for_good_ends_with_words(office: Office) -> None:
    run, checked = await office.begun(people(5_300, 2)), await office.begun(people(5_310, 2), check=True)
    waiting = await office.begun(people(5_320, 2))
    async with office.db.begin() as tx:
        for one in (run, checked):
            await tx.run(store.begin(office.house.workspace, one, clock.now()))
            await tx.run(
                sql(
                    "update jieli.pgqueuer set status = 'failed' where convert_from(payload, 'utf8') like {id}",
                    id=f"%{one}%",
                )
            )
    await end_lost(office.db)
    failed, draft = await office.state(run), await office.state(checked)
    assert (failed["state"], failed["error"]["code"]) == ("failed", "import_interrupted")
    assert (draft["state"], draft["error"]["code"]) == ("draft", "import_interrupted")
    assert (await office.state(waiting))["state"] == "running"
    await office.worked()


async def test_an_import_that_the_command_line_has_left_behind_ends_with_words(office: Office) -> None:
    run, held = await office.begun(people(5_400, 2)), await office.begun(people(5_410, 2))
    async with office.db.begin() as tx:
        await tx.run(
            sql(
                "delete from jieli.pgqueuer where convert_from(payload, 'utf8') like any({ids})",
                ids=[f"%{run}%", f"%{held}%"],
            )
        )
    await end_lost(office.db)
    assert (await office.state(run))["state"] == "running"
    async with office.db.begin() as tx:
        await tx.value(store.hold(held))
        with clock.at(clock.now() + timedelta(minutes=2)):
            await end_lost(office.db)
    assert (await office.state(run))["state"] == "failed"
    assert (await office.state(held))["state"] == "running"


async def test_what_a_killed_import_left_of_its_result_is_cleared_by_the_next_try(office: Office) -> None:
    run = await office.begun(people(5_500, 2))
    folder = office.files / "imports" / office.house.workspace.slug / str(run)
    left = folder / "parts-killed"
    left.mkdir()
    (left / "sheet1.xml").write_text("人5500")
    await office.worked()
    assert sorted(path.name for path in folder.iterdir()) == ["result.xlsx", "source.csv"]


async def test_two_imports_at_once_do_not_enter_anybody_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "CHUNK", 10)
    first = await office.begun(people(6_000, 40))
    second = await office.begun(people(6_020, 40))
    run = tasks(office.files)[0].run
    slug = office.house.workspace.slug
    await asyncio.gather(
        *(run(office.db, {"workspace": slug, "import": str(one)}) for one in (first, second))
    )
    results = [(await office.state(one))["result"] for one in (first, second)]
    assert sum(result["created"] for result in results) == 60
    assert sum(result["skipped"] for result in results) == 20
    await office.worked()


async def test_whoever_is_disabled_meanwhile_imports_no_more(office: Office) -> None:
    run = await office.begun(people(7_000, 2), name="wes", assign="owner")
    async with office.db.begin() as tx:
        await change(tx, office.house.system, "member", office.house.members["wes"], status="disabled")
    await office.worked()
    async with office.db.begin() as tx:
        await change(tx, office.house.system, "member", office.house.members["wes"], status="active")
    shown = await office.state(run, "wes")
    assert (shown["state"], shown["error"]["code"]) == ("failed", "not_a_member")
    assert await office.count(phone="+8613900007000") == 0


async def test_an_import_without_the_right_to_add_fields_fails_with_words(office: Office) -> None:
    text = "联系人,血型\n" + "".join(f"甲{n},{'AB'[n % 2]}型\n" for n in range(20))
    shown = await office.state(await office.begun(text, name="olga", add_fields=True), "olga")
    await office.worked()
    shown = await office.state(shown["id"], "olga")
    assert (shown["state"], shown["error"]["code"]) == ("failed", "may_not_add_fields")


async def test_undo_takes_an_import_out_and_is_told(office: Office) -> None:
    run = await office.done(people(8_000, 5))
    async with office.db.begin() as tx:
        result = await undo(tx, await office.house.actor(tx, "boss"), run["id"])
    assert (result.restored, result.conflicts) == (5, ())
    assert (await office.state(run["id"]))["state"] == "undone"
    assert await office.count(phone="+8613900008000") == 0


async def test_whoever_began_an_import_hears_how_far_it_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "CHUNK", 10)
    heard: list[Values] = []
    stop = await office.db.listen("jieli_live", lambda text: heard.append(orjson.loads(text)))
    run = await office.done(people(9_000, 25))
    await asyncio.wait_for(_until(lambda: any(one.get("state") == "done" for one in heard)), 10)
    await stop()
    told = [one for one in heard if one.get("kind") == "import"]
    assert [one["progress"]["done"] for one in told] == [10, 20, 25, 25]
    assert {one["member"] for one in told} == {str(office.house.members["boss"])}
    assert {one["id"] for one in told} == {str(run["id"])}


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - notifications come when they come
        await asyncio.sleep(0.01)
