"""Cells that a spreadsheet would run: never in what we hand out, and unharmed on the way back."""

import csv
import io

import openpyxl
import pytest

from jieli.api.context import Process
from jieli.db.pool import Database
from jieli.intake.imports import tasks
from jieli.jobs import drain
from tests.api.conftest import Person, some_number

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMULAS = [f'{start}HYPERLINK("http://x","y")' for start in STARTS] + [
    "=cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
]


async def exported(person: Person, word: str, form: str) -> bytes:
    where = f'{{"field":"contact_name","op":"eq","value":"{word}"}}'
    asked = {"format": form, "where": where, "columns": "name,phone,contact_name,note"}
    response = await person.get("/objects/lead/export", params=asked)
    assert response.status_code == 200, response.text
    return response.content


def cells_of(content: bytes, form: str) -> list[str]:
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert all(cell.data_type == "s" for cell in sheet[2] if cell.value is not None)
    return [str(cell.value) for cell in sheet[2]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("formula", FORMULAS)
async def test_an_export_holds_no_formula_and_comes_back_as_it_was(
    boss: Person, db: Database, process: Process, form: str, formula: str
) -> None:
    word = f"人{some_number()}"
    made = await boss.lead(name=formula, contact_name=word, phone=f"+1 650 253 {some_number():04d}")
    content = await exported(boss, word, form)
    name, phone, *_ = cells_of(content, form)
    assert (name, phone[:3]) == (f"'{formula}", "'+1")
    run = (
        await boss.post("/imports", None, files={"file": (f"a.{form}", content)}, data={"object": "lead"})
    ).json()
    targets = ("name", "phone", "contact_name", "note")
    chosen = [{"index": column["index"], "target": targets[column["index"]]} for column in run["columns"]]
    setup = {"mapping": chosen, "policy": "create"}
    assert (await boss.post(f"/imports/{run['id']}/run", setup)).status_code == 202
    await drain(db, tasks(process.options.files))
    result = (await boss.get(f"/imports/{run['id']}")).json()["result"]
    assert (result["created"], result["rejected"]) == (1, 0), result
    where = f'{{"field":"contact_name","op":"eq","value":"{word}"}}'
    items = (await boss.get("/objects/lead/records", params={"where": where})).json()["items"]
    assert [(one["name"], one["phone"]) for one in items] == [(formula, made["phone"])] * 2
    book = openpyxl.load_workbook(io.BytesIO((await boss.get(f"/imports/{run['id']}/result")).content))
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in found)
    assert not [cell.value for cell in found if str(cell.value).startswith(STARTS)]
