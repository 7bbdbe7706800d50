"""Every screen opens for those who may see it, wide and on the phone, in both languages, without a fault."""

import pytest
from playwright.async_api import Page, expect

from tests.company import Company, make
from tests.journeys.conftest import Open, Site

SCREENS = {
    "": "boss",
    "/o/lead?view=all": "sam",
    "/o/opportunity?view=all": "eva",
    "/o/opportunity?view=all&mode=board": "eva",
    "/o/account": "sam",
    "/o/contact": "sam",
    "/o/task": "sam",
    "/o/activity": "sam",
    "/o/campaign": "mary",
    "/o/product": "ed",
    "/handoffs": "cleo",
    "/reports": "boss",
    "/import/lead": "olga",
    "/settings/members": "boss",
    "/settings/departments": "boss",
    "/settings/roles": "boss",
    "/settings/protection": "boss",
    "/settings/security": "sam",
    "/me": "sam",
}


async def settled(page: Page) -> None:
    """The page has drawn what it will draw first."""
    await expect(page.get_by_role("main")).to_be_visible()
    await page.wait_for_load_state("load")
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)


async def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


@pytest.mark.journey
@pytest.mark.parametrize(("path", "who"), SCREENS.items(), ids=lambda value: str(value).strip("/") or "home")
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_a_screen_opens(open_as: Open, path: str, who: str, phone: bool) -> None:
    page = await open_as(who, path, phone=phone)
    await settled(page)
    assert await overflow(page) <= 0
    await expect(page.get_by_role("alert").filter(has_text="出错")).to_have_count(0)


@pytest.mark.journey
@pytest.mark.parametrize(
    "path", ["", "/o/lead?view=all", "/reports", "/settings/roles", "/settings/security"]
)
async def test_a_screen_opens_in_english(open_as: Open, path: str) -> None:
    page = await open_as("boss", path, language="en")
    await settled(page)
    assert await page.evaluate("document.documentElement.lang") == "en"
    navigation = await page.get_by_role("navigation").first.inner_text()
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in navigation)


@pytest.mark.journey
async def test_somebody_without_the_right_is_told_so(open_as: Open) -> None:
    page = await open_as("sam", "/settings/roles")
    await settled(page)
    await expect(page.get_by_text("权限").first).to_be_visible()


@pytest.mark.journey
async def test_a_record_of_another_department_is_not_found(open_as: Open, site: Site) -> None:
    company: Company = site.company
    async with site.db.begin() as tx:
        hidden = await make(tx, await company.actor(tx, "wes"), "account", name="西部机密客户")
    page = await open_as("sam", f"/o/account/{hidden}")
    await settled(page)
    await expect(page.get_by_text("西部机密客户")).to_have_count(0)
    await expect(page.get_by_text("没有找到").first).to_be_visible()


@pytest.mark.journey
async def test_what_somebody_else_changes_appears_by_itself(open_as: Open, site: Site) -> None:
    async with site.db.begin() as tx:
        sam = await site.company.actor(tx, "sam")
        await make(tx, sam, "account", name="已有客户一")
    page = await open_as("eva", "/o/account?view=all")
    await expect(page.get_by_text("已有客户一").first).to_be_visible()
    async with site.db.begin() as tx:
        await make(tx, await site.company.actor(tx, "sue"), "account", name="刚刚新建的客户")
    await expect(page.get_by_text("刚刚新建的客户").first).to_be_visible(timeout=5_000)


@pytest.mark.journey
async def test_signing_in_by_hand(open_as: Open, site: Site) -> None:
    page = await open_as("sam", "/me")
    context = page.context
    await context.clear_cookies()
    await page.goto(site.url)
    await page.get_by_label("账号").fill("sam")
    await page.get_by_label("密码", exact=True).fill("wrong-password")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_text("账号或密码不对")).to_be_visible()
    await page.get_by_label("密码", exact=True).fill("relay-race-7")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("navigation").first).to_be_visible()
