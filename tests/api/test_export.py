import csv
import io
from datetime import datetime

import openpyxl
import pytest

from jieli.db.pool import Database
from jieli.db.sql import sql
from tests.api.conftest import Person, some_number
from tests.company import Company

COLUMNS = "name,company,phone,budget,source,owner,stage,created_at"


async def exported(person: Person, word: str, form: str, **more: str) -> bytes:
    where = f'{{"field":"name","op":"contains","value":"{word}"}}'
    asked = {"format": form, "where": where, "columns": COLUMNS, **more}
    response = await person.get("/objects/lead/export", params=asked)
    assert response.status_code == 200, response.text
    return response.content


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


async def test_a_csv_has_labels_and_words_and_only_visible_records(
    eva: Person, sam: Person, wes: Person
) -> None:
    word = f"csv{some_number()}"
    made = await sam.lead(name=word, budget="1200.5", source="referral")
    await wes.lead(name=word)
    heading, *rows = rows_of(await exported(eva, word, "csv"))
    assert heading == ["线索名称", "公司名称", "手机", "预算", "线索来源", "负责人", "阶段", "创建时间"]
    assert len(rows) == 1
    assert rows[0][:2] == [word, made["company"]]
    assert (rows[0][3], rows[0][5]) == ("1200.50", "sam")
    assert rows[0][6] in ("待分配", "跟进中")


async def test_a_csv_begins_with_the_mark_of_its_encoding(eva: Person) -> None:
    assert (await exported(eva, "nothing at all", "csv")).startswith(b"\xef\xbb\xbf")


async def test_columns_speak_the_language_asked_for(eva: Person) -> None:
    asked = {"format": "csv", "columns": "name,source", "where": '{"field":"name","op":"eq","value":"-"}'}
    response = await eva.get("/objects/lead/export", params=asked, headers={"Accept-Language": "en"})
    assert rows_of(response.content) == [["Name", "Source"]]


async def test_a_workbook_keeps_numbers_as_numbers_and_codes_as_texts(eva: Person, sam: Person) -> None:
    word = f"xlsx{some_number()}"
    made = await sam.lead(name=word, budget="1200.5")
    sheet = openpyxl.load_workbook(io.BytesIO(await exported(eva, word, "xlsx"))).active
    assert sheet is not None
    _, row = sheet.iter_rows(values_only=True)
    assert row[0] == word
    assert row[3] == 1200.5
    assert isinstance(row[2], str)
    assert made["phone"][-4:] in row[2].replace(" ", "")
    assert isinstance(row[7], datetime)


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)"])
async def test_a_cell_never_becomes_a_formula(eva: Person, sam: Person, evil: str) -> None:
    word = f"evil{some_number()}"
    await sam.lead(name=f"{evil}{word}")
    (_, row) = rows_of(await exported(eva, word, "csv"))
    assert row[0] == f"'{evil}{word}"
    sheet = openpyxl.load_workbook(io.BytesIO(await exported(eva, word, "xlsx"))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{evil}{word}")


async def test_a_field_that_one_may_not_see_is_not_exported(
    boss: Person, eva: Person, house: Company
) -> None:
    await boss.make("product", name=f"产品{some_number()}", cost="7777")
    asked = {"format": "csv", "columns": "name,cost"}
    everything = rows_of((await boss.get("/objects/product/export", params=asked)).content)
    assert len(everything[0]) == 2
    refused = await eva.get("/objects/product/export", params=asked)
    assert refused.status_code == 403


async def test_without_the_right_nothing_is_exported(sam: Person) -> None:
    response = await sam.get("/objects/lead/export")
    assert (response.status_code, response.json()["code"]) == (403, "not_permitted")


async def test_the_file_is_named_for_people_and_for_old_programs(eva: Person) -> None:
    response = await eva.get("/objects/lead/export?format=csv")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="__-')
    assert "filename*=UTF-8''%E7%BA%BF%E7%B4%A2-" in disposition


async def test_an_export_is_kept_in_the_log(eva: Person, sam: Person, db: Database, house: Company) -> None:
    word = f"audit{some_number()}"
    await sam.lead(name=word)
    await exported(eva, word, "csv")
    async with db.read() as tx:
        row = await tx.one(
            sql(
                "select * from {batch} where action = 'export' and note::text like {word}",
                batch=house.workspace.table("batch"),
                word=f"%{word}%",
            )
        )
    assert row is not None
    assert (row["actor"], row["object"], row["rows"]) == (eva.member, "lead", 1)
    assert row["note"]["columns"] == COLUMNS.split(",")


async def test_many_pages_make_one_file(boss: Person, db: Database, house: Company) -> None:
    word = f"many{some_number()}"
    changes = [{"name": f"{word} {i}", "phone": f"1370{some_number():07d}"} for i in range(25)]
    for values in changes:
        await boss.make("lead", **values)
    from jieli.records import export

    before, export.PAGE = export.PAGE, 10
    try:
        rows = rows_of(await exported(boss, word, "csv", sort="name"))[1:]
    finally:
        export.PAGE = before
    assert sorted(row[0] for row in rows) == sorted(values["name"] for values in changes)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
