"""Spreadsheets of real leads and of a small CRM, brought in through the browser, again, and taken out."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Page, expect

from jieli.blueprint import workspaces
from jieli.db.sql import sql
from jieli.relay.verify import verify
from tests.journeys.conftest import Open, Site

MINUTES = 60_000
"""Milliseconds that a whole import may take on a busy machine before the journey gives up."""
LEADS = (("lead", "xeducation-leads/leads-train.csv", 5_544),)
SMALL_CRM = (
    ("account", "maven-crm/accounts.csv", 85),
    ("product", "maven-crm/products.csv", 7),
    ("member", "maven-crm/sales_teams.csv", 35),
    ("opportunity", "maven-crm/sales_pipeline.csv", 8_800),
)
MANAGERS = 6
HOLDING = ("account", "contact", "department", "lead", "member", "opportunity", "product")
"""Objects that an import of these files could write into."""


async def counted(site: Site) -> Mapping[str, int]:
    """How many records of each object there are. Those that are in the trash count too."""
    async with site.db.read() as tx:
        return {
            key: int(await tx.value(sql("select count(*) from {t}", t=site.workspace.object(key).table)))
            for key in HOLDING
        }


async def to_check(page: Page, file: Path, *, add_fields: bool) -> None:
    """From the file to the result of the check."""
    await page.locator("input[type=file]").first.set_input_files(file)
    await page.get_by_role("button", name="下一步：对应列").click()
    await expect(page.get_by_role("button", name="下一步：检查")).to_be_visible()
    others = page.get_by_role("button", name=re.compile("列都建成新字段"))
    if add_fields and await others.count():
        await others.click()
    await page.get_by_role("button", name="下一步：检查").click()
    await expect(page.get_by_text("新记录").first).to_be_visible(timeout=MINUTES)


async def bring_in(page: Page, file: Path, rows: int) -> None:
    await to_check(page, file, add_fields=True)
    await page.get_by_role("button", name=re.compile(f"^导入 {rows:,} 行")).click()
    await expect(page.get_by_role("button", name="撤销本次导入")).to_be_visible(timeout=MINUTES)


async def take_out(page: Page, rows: int) -> None:
    await page.get_by_role("button", name="撤销本次导入").click()
    await page.get_by_role("button", name="撤销", exact=True).click()
    told = page.get_by_text(re.compile(r"已撤销 ([\d,]+) 条"))
    await expect(told).to_be_visible(timeout=MINUTES)
    number = re.search(r"[\d,]+", await told.inner_text())
    assert number
    assert int(number[0].replace(",", "")) >= rows


@pytest.mark.journey
@pytest.mark.parametrize("files", [LEADS, SMALL_CRM], ids=["leads", "a small CRM"])
async def test_real_tables_come_in_once_and_go_out_again(
    open_as: Open, site: Site, shared: Path, files: tuple[tuple[str, str, int], ...]
) -> None:
    before = await counted(site)
    pages = []
    for key, name, rows in files:
        page = await open_as("boss", f"/import/{key}")
        await bring_in(page, shared / "data" / name, rows)
        pages.append((page, rows))
    whole = await counted(site)
    for key, _, rows in files:
        # Managers whom the members' table only refers to have become members as well.
        assert whole[key] - before[key] == rows + (MANAGERS if key == "member" else 0)
    for key, name, rows in files:
        again = await open_as("boss", f"/import/{key}")
        await to_check(again, shared / "data" / name, add_fields=False)
        await expect(again.get_by_text(f"{rows:,}", exact=True).first).to_be_visible()
        await expect(again.get_by_role("button", name="导入 0 行")).to_be_disabled()
    assert await counted(site) == whole
    for page, rows in reversed(pages):
        await take_out(page, rows)
    assert await counted(site) == before
    async with site.db.read() as tx:
        assert (await verify(tx, await workspaces.load(tx, site.workspace.slug))).violations == ()


@pytest.mark.journey
async def test_the_form_to_fill_in_is_whole_each_time_it_is_fetched(open_as: Open, site: Site) -> None:
    page = await open_as("boss", "/import/lead")
    address = f"{site.url}/api/v1/{site.workspace.slug}/objects/lead/template.xlsx"
    for _ in range(10):
        answer = await page.context.request.get(address)
        assert answer.ok
        assert load_workbook(BytesIO(await answer.body())).worksheets[0].max_column > 10
