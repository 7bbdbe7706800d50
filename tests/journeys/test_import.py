"""A spreadsheet of real leads, brought in through the browser, again, and taken out."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from jieli.db.sql import sql
from jieli.relay.verify import verify
from tests.journeys.conftest import Open, Site

ROWS = 5_544
MINUTES = 60_000
"""Milliseconds that a whole import may take on a busy machine before the journey gives up."""


async def leads_in(site: Site) -> int:
    async with site.db.read() as tx:
        return int(await tx.value(sql("select count(*) from {t}", t=site.workspace.object("lead").table)))


async def to_check(page: Page, file: Path, *, add_fields: bool) -> None:
    """From the file to the result of the check."""
    await page.locator("input[type=file]").first.set_input_files(file)
    await page.get_by_role("button", name="下一步：对应列").click()
    if add_fields:
        await page.get_by_role("button", name=re.compile("列都建成新字段")).click()
    await page.get_by_role("button", name="下一步：检查").click()
    await expect(page.get_by_text("新记录").first).to_be_visible(timeout=MINUTES)


@pytest.mark.journey
async def test_real_leads_come_in_once_and_go_out_again(open_as: Open, site: Site, shared: Path) -> None:
    file = shared / "data" / "xeducation-leads" / "leads-train.csv"
    before = await leads_in(site)
    boss = await open_as("boss", "/import/lead")
    await to_check(boss, file, add_fields=True)
    await boss.get_by_role("button", name=re.compile("^导入 5,?544 行")).click()
    await expect(boss.get_by_role("button", name="撤销本次导入")).to_be_visible(timeout=MINUTES)
    assert await leads_in(site) == before + ROWS

    again = await open_as("boss", "/import/lead")
    await to_check(again, file, add_fields=False)
    await expect(again.get_by_text("5,544").first).to_be_visible()
    await expect(again.get_by_role("button", name=re.compile("^导入")).last).to_be_disabled()

    await boss.get_by_role("button", name="撤销本次导入").click()
    await boss.get_by_role("button", name="撤销", exact=True).click()
    await expect(boss.get_by_text(re.compile("已撤销 5,?544 条"))).to_be_visible(timeout=MINUTES)
    assert await leads_in(site) == before
    async with site.db.read() as tx:
        assert (await verify(tx, site.workspace)).violations == ()
