"""Every messy table by the very way people take: sent in, matched by what is proposed, checked, imported. All of its
rows are accounted for, or the file is refused in words."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import openpyxl
import pytest
import pytest_asyncio

from jieli.api.context import Process
from jieli.db.pool import Database
from jieli.intake.imports import tasks
from jieli.jobs import drain
from jieli.records import Values
from tests.api.conftest import Person, SignIn, give_accounts
from tests.company import Company, found
from tests.conftest import SHARED

MESSY = SHARED / "data" / "messy-tables"
FILES = sorted(str(path.relative_to(MESSY)) for path in MESSY.glob("*/*"))
REFUSED = {
    "csv-structure/frictionless-py__wide.csv": "too_many_columns",
    "excel/calamine__picture.xlsx": "empty",
    "excel/npoi__DBCSHeader.xls": "empty",
    "hostile-or-broken/PhpSpreadsheet__oleloop.xls": "too_demanding",
    "hostile-or-broken/calamine__OOM_alloc3.xls": "damaged",
    "merged-cells-or-multirow-header/npoi__57893-many-merges.xlsx": "empty",
    "password-protected/npoi__password.xls": "password",
    "password-protected/npoi__xor-encryption-abc.xls": "password",
    "wrong-type-or-html/messytables__simple.zip": "not_a_table",
}
Work = Callable[[], Awaitable[None]]


@pytest_asyncio.fixture(scope="session")
async def market(db: Database) -> Company:
    """A company of its own: thousands of odd records are in nobody's way there."""
    made = await found(db)
    await give_accounts(db, made)
    return made


@pytest_asyncio.fixture
async def importer(sign_in: SignIn, market: Company) -> Person:
    return await sign_in(market, "boss")


@pytest.fixture
def work(db: Database, process: Process) -> Work:
    async def worked() -> None:
        await drain(db, tasks(process.options.files))

    return worked


async def sent(person: Person, path: Path, **headers: str) -> httpx.Response:
    files = {"file": (path.name, await asyncio.to_thread(path.read_bytes), "application/octet-stream")}
    return await person.post("/imports", None, files=files, data={"object": "lead"}, headers=headers)


def setup_of(run: Values) -> Values:
    """What is proposed; where nothing is, the first column is the name, as somebody would choose."""
    mapping = [{"index": column["index"], "target": column["target"]} for column in run["columns"]]
    if not any(one["target"] for one in mapping):
        mapping[0]["target"] = "name"
    return {"mapping": mapping, "empty_values": run["empty_values"], "policy": "create"}


@pytest.mark.parametrize("name", [name for name in FILES if name not in REFUSED])
async def test_every_row_of_a_messy_table_is_accounted_for(importer: Person, work: Work, name: str) -> None:
    response = await sent(importer, MESSY / name)
    assert response.status_code == 201, response.text
    run = response.json()
    at = f"/imports/{run['id']}"
    await importer.post(f"{at}/check", setup_of(run))
    await work()
    checked = (await importer.get(at)).json()
    assert (checked["state"], checked["error"]) == ("draft", None)
    before = await counted(importer)
    assert (await importer.post(f"{at}/run", setup_of(run))).status_code == 202
    await work()
    done = (await importer.get(at)).json()
    assert (done["state"], done["error"]) == ("done", None)
    result, check = done["result"], checked["check"]
    outcomes = ("created", "updated", "skipped", "rejected")
    assert result["rows"] == run["rows_estimate"] == sum(result[outcome] for outcome in outcomes)
    assert {key: check[key] for key in ("rows", *outcomes)} == {
        key: result[key] for key in ("rows", *outcomes)
    }
    assert await counted(importer) - before == result["created"]
    await every_row_has_its_reason(importer, at, result)


async def counted(person: Person) -> int:
    """How many leads there are, however many."""
    asked = {"measures": [{"fn": "count"}]}
    rows = (await person.post("/objects/lead/aggregate", asked)).json()["rows"]
    return int(rows[0]["values"][0])


async def every_row_has_its_reason(person: Person, at: str, result: Values) -> None:
    content = (await person.get(f"{at}/result")).content
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    assert sum(len(sheet) - 1 for sheet in rows) >= result["rejected"]
    book.close()


@pytest.mark.parametrize("name", REFUSED)
async def test_a_table_that_cannot_be_read_is_refused_in_both_languages(importer: Person, name: str) -> None:
    texts = set()
    for language in ("zh", "en"):
        response = await sent(importer, MESSY / name, **{"Accept-Language": language})
        problem = response.json()
        assert (response.status_code, problem["code"]) == (422, f"reading.{REFUSED[name]}")
        assert "{" not in problem["title"]
        texts.add(problem["title"])
    assert len(texts) == 2
    assert (await importer.get("/imports")).status_code == 200
