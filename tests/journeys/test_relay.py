"""The first lap, played in the browser by the people who run it: from marketing to customer success."""

import re
from uuid import UUID

import pytest
from playwright.async_api import Locator, Page, expect

from jieli.relay.track import track
from jieli.relay.verify import verify
from tests.company import make
from tests.journeys.conftest import Open, Site

NAME = "接力科技 王总"


async def hand_over(page: Page, to: str, message: str = "") -> None:
    """交棒 with whatever the sheet already offers."""
    await page.get_by_role("button", name="交棒", exact=False).first.click()
    sheet = page.get_by_role("dialog", name="交棒")
    await sheet.get_by_role("radio", name=to).check()
    if message:
        await sheet.get_by_label("留言").fill(message)
    await sheet.get_by_role("button", name=f"交给{to}").click()
    await expect(sheet).to_be_hidden()


async def hand_over_sheet(page: Page, leg: str, to: str) -> Locator:
    """The sheet of 交棒, opened for this leg and this receiver."""
    await page.get_by_role("button", name="交棒").first.click()
    sheet = page.get_by_role("dialog", name="交棒")
    await sheet.get_by_role("radio", name=leg).check()
    await sheet.get_by_role("radio", name=to).check()
    return sheet


async def take_over(page: Page) -> None:
    banner = page.get_by_role("region", name="等你接棒")
    await banner.get_by_role("button", name="接棒").click()
    await expect(banner).to_be_hidden()


async def take_over_from_list(page: Page) -> None:
    """接棒 on the page of hand-offs; the row leaves when it is done."""
    answer = page.get_by_role("button", name="接棒", exact=True)
    await answer.first.click()
    await expect(answer).to_have_count(0)


async def tick(sheet: Locator, name: str) -> None:
    """Tick a deliverable; the box shows it when the server has it or is about to."""
    box = sheet.get_by_role("checkbox", name=name)
    await box.click()
    await expect(box).to_be_checked()


async def fill_date(field: Locator, day: str) -> None:
    await field.click()
    await field.fill(day)
    await field.press("Enter")


async def choose(page: Page, field: Locator, option: str) -> None:
    await field.click()
    await page.locator(".ant-select-item-option", has_text=option).first.click()


@pytest.mark.journey
async def test_a_lead_goes_from_marketing_to_sales_and_back_and_over_again(open_as: Open, site: Site) -> None:
    async with site.db.begin() as tx:
        actor = await site.company.actor(tx, "mary")
        lead = await make(
            tx, actor, "lead", name=NAME, company="上海接力网络有限公司", contact_name="王强",
            phone="13800138123", owner=str(actor.member),
        )  # fmt: skip
    mary = await open_as("mary", f"/o/lead/{lead}")
    await hand_over(mary, "sam", "请先问清预算")
    await expect(mary.get_by_role("region", name="正在等sam接棒")).to_be_visible()

    sam = await open_as("sam", f"/o/lead/{lead}")
    banner = sam.get_by_role("region", name="等你接棒")
    await expect(banner.get_by_text("请先问清预算")).to_be_visible()
    await banner.get_by_role("button", name="退回").click()
    sheet = sam.get_by_role("dialog", name="退回")
    await sheet.get_by_role("radio", name="需求没有写清").check()
    await sheet.get_by_role("button", name="退回").click()
    await expect(banner).to_be_hidden()

    await expect(mary.get_by_text("需求没有写清").first).to_be_visible()
    await mary.get_by_role("button", name="填写 邮箱").click()
    await mary.get_by_role("textbox", name="邮箱").fill("wang@jieli.example")
    await mary.get_by_role("textbox", name="邮箱").press("Enter")
    await expect(mary.get_by_text("wang@jieli.example").first).to_be_visible()
    await hand_over(mary, "sam")

    await take_over(sam)
    await expect(sam.get_by_text("跟进中").first).to_be_visible()
    await qualify_and_convert(sam)
    async with site.db.begin() as tx:
        ledger = await track(tx, site.company.system, "lead", lead)
        assert (await verify(tx, site.workspace)).violations == ()
    assert [s["stage"] for s in ledger["stages"] if s["spans"]] == ["new", "following", "qualified"]
    assert sum(stage["returns"] for stage in ledger["stages"]) == 1


async def qualify_and_convert(sam: Page) -> None:
    """The gate opens the few things that are missing, then the lead becomes an opportunity."""
    await sam.get_by_role("button", name="确认有意向").click()
    sheet = sam.get_by_role("dialog")
    await tick(sheet, "已与客户本人沟通")
    await sheet.locator("#missing-needs").fill("三个部门统一管理商机")
    await sheet.get_by_role("button", name="移到「已确认意向」").click()
    await expect(sheet).to_be_hidden()
    await sam.get_by_role("button", name="转为客户和商机").first.click()
    dialog = sam.get_by_role("dialog")
    await dialog.get_by_role("button", name="转为客户和商机").click()
    await expect(sam.get_by_text("已转化").first).to_be_visible()


async def an_opportunity(site: Site) -> UUID:
    async with site.db.begin() as tx:
        sam = await site.company.actor(tx, "sam")
        account = await make(tx, sam, "account", name="杭州接棒科技有限公司")
        return await make(
            tx, sam, "opportunity", name="接棒科技 一期", account=str(account), source="referral",
            stage="confirm", amount="260000",
        )  # fmt: skip


@pytest.mark.journey
async def test_an_opportunity_goes_through_assessment_and_quote_to_customer_success(
    open_as: Open, site: Site
) -> None:
    deal = await an_opportunity(site)
    sam = await open_as("sam", f"/o/opportunity/{deal}")
    sheet = await hand_over_sheet(sam, "请专家评估", "ed")
    await fill_date(sheet.locator("#missing-expected_close"), "2026-12-31")
    await sheet.locator("#missing-needs").fill("两个工厂上线")
    await tick(sheet, "客户已确认需求")
    await sheet.get_by_role("button", name="交给ed").click()
    await expect(sheet).to_be_hidden()

    ed = await open_as("ed", "/handoffs")
    await take_over_from_list(ed)
    await ed.goto(site.address(f"/o/opportunity/{deal}"))
    sheet = await hand_over_sheet(ed, "评估完成", "sam")
    await choose(ed, sheet.locator("#missing-feasibility"), "标准产品可满足")
    await sheet.locator("#missing-solution").fill("标准版加两个接口")
    await sheet.get_by_role("button", name="交给sam").click()
    await expect(sheet).to_be_hidden()

    await take_over(sam)
    await quote_and_win(sam)

    cleo = await open_as("cleo", "/handoffs", phone=True)
    await take_over_from_list(cleo)
    await cleo.goto(site.address(f"/o/opportunity/{deal}"))
    await expect(cleo.get_by_text("客户反馈").first).to_be_visible()
    async with site.db.begin() as tx:
        ledger = await track(tx, site.company.system, "opportunity", deal)
        assert (await verify(tx, site.workspace)).violations == ()
    assert ledger["holder"]["title"] == "cleo"
    carried = {s["stage"]: s["spans"][0]["holder"]["title"] for s in ledger["stages"] if s["spans"]}
    assert carried == {
        "confirm": "sam", "assess": "ed", "quote": "sam", "sign": "sam", "won": "sam", "feedback": "cleo",
    }  # fmt: skip


async def quote_and_win(sam: Page) -> None:
    await sam.get_by_role("button", name="客户接受报价").first.click()
    sheet = sam.get_by_role("dialog")
    await sheet.locator("#missing-quoted_amount").fill("258000")
    await fill_date(sheet.locator("#missing-quote_valid_until"), "2026-12-20")
    await sheet.locator("input[type=file]").set_input_files(
        {"name": "报价单.txt", "mimeType": "text/plain", "buffer": "报价单 258000".encode()}
    )
    await tick(sheet, "已向客户讲解报价")
    await expect(sheet.get_by_text("报价单.txt")).to_be_visible()
    await sheet.get_by_role("button", name="移到「签约」").click()
    await expect(sheet).to_be_hidden()
    await sam.get_by_role("button", name=re.compile(r"^(right )?赢单( ?\d+)?( right)?$")).click()
    sheet = sam.get_by_role("dialog")
    await sheet.locator("#missing-contract_amount").fill("255000")
    await fill_date(sheet.locator("#missing-signed_on"), "2026-11-23")
    for name in ("双方已签字盖章", "交接资料已备齐"):
        await tick(sheet, name)
    await sheet.get_by_role("button", name="移到「赢单」").click()
    await expect(sheet).to_be_hidden()
    await expect(sam.get_by_role("region", name="正在等cleo接棒")).to_be_visible()
