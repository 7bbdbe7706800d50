"""Imports at the browser: a file taken in, matched, checked, run, followed, undone."""

import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import openpyxl
import pytest

from jieli.api.context import Process
from jieli.db.pool import Database
from jieli.intake.imports import tasks
from jieli.jobs import drain
from jieli.records import Values
from tests.api.conftest import Person, some_number

Work = Callable[[], Awaitable[None]]


def csv(count: int = 3, more: str = "") -> str:
    first = some_number()
    lines = [f"人{first}-{n},136{first:04d}{n:04d}" for n in range(count)]
    return "\n".join(["联系人,手机", *lines, more])


async def sent(
    person: Person, text: str | bytes, name: str = "名单.csv", object_key: str = "lead"
) -> httpx.Response:
    content = text.encode() if isinstance(text, str) else text
    files = {"file": (name, content, "text/csv")}
    return await person.post("/imports", None, files=files, data={"object": object_key})


def setup_of(run: Values, **more: object) -> Values:
    mapping = [{"index": column["index"], "target": column["target"]} for column in run["columns"]]
    return {"mapping": mapping, "policy": "skip", "assign": "rules", **more}


@pytest.fixture
def work(db: Database, process: Process) -> Work:
    async def worked() -> None:
        await drain(db, tasks(process.options.files))

    return worked


async def test_a_file_is_looked_at_and_fields_are_proposed(boss: Person) -> None:
    response = await sent(boss, csv())
    run = response.json()
    assert response.status_code == 201, response.text
    assert (run["state"], run["object"], run["rows_estimate"], run["header_row"]) == ("draft", "lead", 3, 1)
    assert [column["target"] for column in run["columns"]] == ["contact_name", "phone"]
    assert run["columns"][1]["guess"]["type"] == "phone"
    assert run["preview"][0]["row"] == 2
    assert "phone" in run["targets"]
    assert "score" not in run["targets"]


async def test_a_file_can_be_read_from_another_row(boss: Person) -> None:
    run = (await sent(boss, "说明\n联系人,手机\n甲,13600000001\n")).json()
    again = (await boss.patch(f"/imports/{run['id']}", {"header_row": 1})).json()
    assert (again["header_row"], next(column["name"] for column in again["columns"])) == (1, "说明")


async def test_a_check_then_a_run_then_an_undo(boss: Person, work: Work) -> None:
    run = (await sent(boss, csv(3, "坏,12x\n"))).json()
    at = f"/imports/{run['id']}"
    begun = await boss.post(f"{at}/check", setup_of(run))
    assert (begun.status_code, begun.json()["state"]) == (202, "checking")
    await work()
    check = (await boss.get(at)).json()["check"]
    assert (check["rows"], check["new"], check["rejected"]) == (4, 3, 1)
    assert (await boss.post(f"{at}/run", setup_of(run))).json()["state"] == "running"
    await work()
    done = (await boss.get(at)).json()
    result = done["result"]
    assert done["state"] == "done"
    assert (
        result["rows"] == result["created"] + result["updated"] + result["skipped"] + result["rejected"] == 4
    )
    undone = (await boss.post(f"{at}/undo", {})).json()
    assert undone == {"restored": 3, "conflicts": []}
    assert (await boss.get(at)).json()["state"] == "undone"


@pytest.mark.parametrize(("columns", "warned"), [("商机名称,金额", True), ("商机名称,负责人", False)])
async def test_missing_rules_matter_only_where_the_file_names_no_owner(
    boss: Person, work: Work, columns: str, warned: bool
) -> None:
    run = (await sent(boss, f"{columns}\n甲,sam\n", object_key="opportunity")).json()
    await boss.post(f"/imports/{run['id']}/check", setup_of(run))
    await work()
    notes = (await boss.get(f"/imports/{run['id']}")).json()["check"]["notes"]
    assert any("分配规则" in note for note in notes) == warned


async def test_the_result_is_a_workbook(boss: Person, work: Work) -> None:
    run = (await sent(boss, csv(2, "坏,12x\n"))).json()
    await boss.post(f"/imports/{run['id']}/run", setup_of(run))
    await work()
    response = await boss.get(f"/imports/{run['id']}/result")
    assert "attachment" in response.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [sheet.max_row for sheet in book.worksheets] == [2, 4]


async def test_imports_are_listed_to_who_made_them(boss: Person, olga: Person) -> None:
    mine = (await sent(olga, csv())).json()["id"]
    theirs = (await sent(boss, csv())).json()["id"]
    listed = [one["id"] for one in (await olga.get("/imports")).json()["items"]]
    assert mine in listed
    assert theirs not in listed
    assert mine in [one["id"] for one in (await boss.get("/imports")).json()["items"]]


async def test_another_s_import_is_not_found(olga: Person, boss: Person) -> None:
    run = (await sent(boss, csv())).json()
    for response in (
        await olga.get(f"/imports/{run['id']}"),
        await olga.post(f"/imports/{run['id']}/run", setup_of(run)),
        await olga.get(f"/imports/{run['id']}/result"),
        await olga.post(f"/imports/{run['id']}/undo", {}),
    ):
        assert response.status_code == 404


async def test_importing_needs_the_right(ed: Person) -> None:
    assert (await sent(ed, csv())).status_code == 403


async def test_what_is_no_table_is_refused_with_what_to_do(boss: Person, process: Process) -> None:
    shelves = process.options.files / "imports" / boss.slug
    before = kept(shelves)
    for content, name in ((b"%PDF-1.7\n", "a.pdf"), (b"", "a.csv"), (b"PK\x03\x04broken", "a.xlsx")):
        response = await sent(boss, content, name)
        assert response.status_code == 422, name
        assert response.json()["title"]
    assert kept(shelves) == before


def kept(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()} if folder.exists() else set()


async def test_a_mapping_that_cannot_be_is_told_in_the_import(boss: Person, work: Work) -> None:
    run = (await sent(boss, csv())).json()
    mapping = [{"index": 0, "target": "name"}, {"index": 1, "target": "name"}]
    await boss.post(f"/imports/{run['id']}/check", setup_of(run, mapping=mapping))
    await work()
    shown = (await boss.get(f"/imports/{run['id']}")).json()
    assert shown["state"] == "draft"
    assert shown["error"]["problems"][0]["path"] == "mapping.1.target"


async def test_settings_nobody_knows_are_refused(boss: Person) -> None:
    run = (await sent(boss, csv())).json()
    response = await boss.post(f"/imports/{run['id']}/run", setup_of(run, policy="maybe"))
    assert response.status_code == 422


async def test_a_running_import_cannot_be_begun_again(boss: Person, work: Work) -> None:
    run = (await sent(boss, csv())).json()
    await boss.post(f"/imports/{run['id']}/run", setup_of(run))
    assert (await boss.post(f"/imports/{run['id']}/run", setup_of(run))).status_code == 409
    await work()


async def test_the_form_to_fill_in_can_be_imported(boss: Person, tmp_path: Path) -> None:
    response = await boss.get("/objects/account/template.xlsx")
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[0] == "客户名称"
    assert sheet["A1"].font.color.rgb == "FFC00000"
    assert sheet.data_validations.dataValidation
    filled = {"客户名称": "表格公司", "客户类型": "代理商", "员工人数": 12}
    sheet.append([filled.get(heading) for heading in headings])
    book.save(tmp_path / "filled.xlsx")
    run = (await sent(boss, (tmp_path / "filled.xlsx").read_bytes(), "filled.xlsx", "account")).json()
    assert run["rows_estimate"] == 1
    targets = {column["name"]: column["target"] for column in run["columns"]}
    assert [name for name, target in targets.items() if target is None] == []
    assert targets["客户类型"] == "kind"
