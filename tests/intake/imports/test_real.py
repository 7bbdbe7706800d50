"""Tables that people really have: a list of leads, a small CRM, and everything that can be wrong with a table."""

from dataclasses import replace
from pathlib import Path

import pytest

from jieli.blueprint import workspaces
from jieli.db.pool import Tx
from jieli.intake.imports.errors import NothingMapped
from jieli.intake.reading import UnreadableFile
from jieli.records import undo
from tests.company import Company
from tests.intake.imports.passage import Passage, bring, records, table_of

MAVEN = (
    ("accounts.csv", "account", 85),
    ("products.csv", "product", 7),
    ("sales_teams.csv", "member", 35),
    ("sales_pipeline.csv", "opportunity", 8_800),
)


async def twice(tx: Tx, company: Company, object_key: str, file: Path) -> tuple[Passage, Passage]:
    passages = []
    for policy in ("skip", "update"):
        now = await workspaces.load(tx, company.workspace.slug)
        boss = replace(await company.actor(tx, "boss"), workspace=now)
        passages.append(
            await bring(tx, boss, object_key, file, add_fields=True, create_missing=True, policy=policy)
        )
    return passages[0], passages[1]


async def test_a_list_of_leads_comes_in_whole_once_and_goes_out_again(
    tx: Tx, company: Company, shared: Path
) -> None:
    file = shared / "data" / "xeducation-leads" / "leads-train.csv"
    first, again = await twice(tx, company, "lead", file)
    assert (first.report.rows, first.report.created, first.report.rejected) == (5_544, 5_544, 0)
    assert len(first.report.added_fields) > 25
    assert (again.report.skipped, again.report.added_fields) == (5_544, ())
    boss = replace(
        await company.actor(tx, "boss"), workspace=await workspaces.load(tx, company.workspace.slug)
    )
    undone = await undo(tx, boss, first.report.batch)
    assert (undone.restored, undone.conflicts) == (5_544, ())
    assert await records(tx, boss, "lead") == []


async def test_a_small_crm_comes_in_with_its_stages_dates_and_references(
    tx: Tx, company: Company, shared: Path
) -> None:
    for name, object_key, count in MAVEN:
        first, again = await twice(tx, company, object_key, shared / "data" / "maven-crm" / name)
        assert (first.report.created, again.report.skipped) == (count, count), name
        assert first.report.warnings == []
    boss = replace(
        await company.actor(tx, "boss"), workspace=await workspaces.load(tx, company.workspace.slug)
    )
    (deal,) = await records(tx, boss, "opportunity", external_id="1C1I7A6R")
    assert deal["name"] == "Cancity · GTX Plus Basic"
    assert (deal["account"]["title"], deal["owner"]["title"]) == ("Cancity", "Moses Frase")
    assert [product["title"] for product in deal["products"]] == ["GTX Plus Basic"]
    assert (deal["stage"], deal["outcome"], deal["amount"]["value"]) == ("won", "won", "1054.00")
    assert (deal["created_at"][:10], deal["closed_at"][:10]) == ("2016-10-19", "2017-02-28")
    (misspelt,) = await records(tx, boss, "opportunity", external_id="Z063OYW0")
    assert [product["title"] for product in misspelt["products"]] == ["GTX Pro"]
    (child,) = await records(tx, boss, "account", name="Bluth Company")
    assert child["parent"]["title"] == "Acme Corporation"


def messy(shared: Path) -> list[Path]:
    folder = shared / "data" / "messy-tables"
    return sorted(
        path for path in folder.rglob("*") if path.suffix in (".csv", ".xlsx", ".xls", ".ods", ".txt")
    )


@pytest.mark.parametrize("part", range(6))
async def test_every_row_of_a_messy_table_is_in_or_explained(
    tx: Tx, company: Company, shared: Path, part: int
) -> None:
    boss = await company.actor(tx, "boss")
    read = 0
    for file in messy(shared)[part::6]:
        try:
            table = table_of(file)
        except UnreadableFile:
            continue
        if not table.row_count or table.row_count > 3_000 or not any(c.samples for c in table.columns):
            continue
        read += 1
        try:
            passage = await bring(
                tx, boss, "lead", file, add_fields=True, create_missing=True, rehearsal=True
            )
        except NothingMapped:
            continue  # a table of blanks and dashes
        assert passage.report.rows == table.row_count, file
        assert all(row.reasons for row in passage.rows.values() if str(row.outcome) == "rejected"), file
    assert read
