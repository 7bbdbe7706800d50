"""At the door with a real browser: second factor, tokens, sessions, and what an administrator demands."""

import base64
from datetime import timedelta

import httpx
import pyotp
import pytest
from playwright.async_api import Page, expect

from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity import create_account
from jieli.identity.members import link
from tests.company import Company, found, make
from tests.journeys.conftest import PASSWORD, Open, Site


async def newcomer(db: Database, company: Company, login: str, role: str = "sales") -> None:
    """A member who signs in by PASSWORD and whom no other journey meets."""
    async with db.begin() as tx:
        member = await make(tx, company.system, "member", name=login, roles=[role])
        account = await create_account(tx, login, login, PASSWORD)
        await link(tx, company.workspace.slug, account.id, member)


async def sign_in(page: Page, login: str) -> None:
    await page.get_by_label("账号").fill(login)
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()


async def give_password(page: Page, then: str) -> None:
    await page.get_by_label("你的密码").fill(PASSWORD)
    await page.get_by_role("button", name=then).click()


def code(secret: str, ahead: int = 0) -> str:
    """The code of now, or of some periods ahead, as a phone whose clock is a little fast shows it."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * ahead))


async def set_up(page: Page) -> tuple[str, list[str]]:
    """From the question for the password to the end; gives the secret and the recovery codes."""
    await give_password(page, "继续")
    picture = page.get_by_role("img", name="供验证器应用扫描的二维码")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.complete && image.naturalWidth > 50")
    secret = await page.get_by_text("或手动输入密钥").locator("span").inner_text()
    assert len(base64.b32decode(secret)) == 20
    await page.get_by_label("应用里的验证码").fill("000000")
    await page.get_by_role("button", name="开启").click()
    await expect(page.get_by_text("验证码不对")).to_be_visible()
    await page.get_by_label("应用里的验证码").fill(code(secret))
    await page.get_by_role("button", name="开启").click()
    shown = page.get_by_role("list", name="恢复码").get_by_role("listitem")
    await expect(shown).to_have_count(10)
    codes = await shown.all_inner_texts()
    await page.get_by_role("button", name="已保存好").click()
    return secret, codes


@pytest.mark.journey
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_somebody_sets_up_a_second_factor_and_signs_in_by_it(
    open_as: Open, site: Site, phone: bool
) -> None:
    login = f"two-steps-{'phone' if phone else 'wide'}"
    await newcomer(site.db, site.company, login)
    page = await open_as(login, "/settings/security", phone=phone)
    factor = page.get_by_role("region", name="两步验证")
    await factor.get_by_role("button", name="开始设置").click()
    secret, codes = await set_up(page)
    await expect(factor.get_by_text("还剩 10 个恢复码。")).to_be_visible()
    await expect(factor.get_by_text("已开启")).to_be_visible()

    await page.context.clear_cookies()
    await page.goto(site.url)
    await sign_in(page, login)
    await expect(page.get_by_role("heading", name="还差一步")).to_be_visible()
    await page.get_by_label("验证码").fill(code(secret, ahead=1))
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("navigation").first).to_be_visible()

    await page.context.clear_cookies()
    await page.goto(site.url)
    await sign_in(page, login)
    await page.get_by_label("验证码").fill(codes[0])
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("navigation").first).to_be_visible()
    await page.goto(site.address("/settings/security"))
    await expect(factor.get_by_text("还剩 9 个恢复码。")).to_be_visible()
    await factor.get_by_role("button", name="关闭两步验证").click()
    await give_password(page, "关闭两步验证")
    await expect(factor.get_by_text("未开启")).to_be_visible()
    events = page.get_by_role("region", name="账号动态")
    await expect(events.get_by_text("关闭两步验证").first).to_be_visible()


@pytest.mark.journey
async def test_a_program_works_with_a_token_until_it_is_revoked(open_as: Open, site: Site) -> None:
    await newcomer(site.db, site.company, "script-writer")
    page = await open_as("script-writer", "/settings/security")
    tokens = page.get_by_role("region", name="程序用的令牌")
    await tokens.get_by_role("button", name="新建令牌").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("用途").fill("每晚的报表")
    await dialog.get_by_label("你的密码").fill(PASSWORD)
    await dialog.get_by_role("button", name="生成令牌").click()
    text = await dialog.get_by_role("textbox", name="令牌").input_value()
    await dialog.get_by_role("button", name="完成").click()
    await expect(dialog).to_be_hidden()
    await expect(tokens.get_by_text("每晚的报表")).to_be_visible()
    await expect(tokens.get_by_text("只读")).to_be_visible()
    headers = {"Authorization": f"Bearer {text}"}
    address = f"{site.url}/api/v1/{site.workspace.slug}"
    async with httpx.AsyncClient(headers=headers) as client:
        assert (await client.get(f"{address}/blueprint")).json()["me"]["member"]["title"] == "script-writer"
        body = {"values": {"name": "X"}}
        assert (await client.post(f"{address}/objects/lead/records", json=body)).status_code == 403
        await tokens.get_by_role("button", name="作废 每晚的报表").click()
        await expect(tokens.get_by_text("还没有令牌。")).to_be_visible()
        assert (await client.get(f"{address}/blueprint")).status_code == 401


@pytest.mark.journey
async def test_somebody_ends_a_session_that_was_left_open(open_as: Open, site: Site) -> None:
    await newcomer(site.db, site.company, "forgetful")
    left = await open_as("forgetful", "")
    here = await open_as("forgetful", "/settings/security")
    sessions = here.get_by_role("region", name="已登录的设备")
    await expect(sessions.get_by_role("listitem")).to_have_count(2)
    await sessions.get_by_role("button", name="退出", exact=True).click()
    await here.get_by_role("dialog").get_by_label("你的密码").fill(PASSWORD)
    await here.get_by_role("dialog").get_by_role("button", name="退出", exact=True).click()
    await expect(sessions.get_by_role("listitem")).to_have_count(1)
    await left.reload()
    await expect(left.get_by_role("heading", name="登录接力")).to_be_visible()


@pytest.mark.journey
async def test_a_demanded_second_factor_is_set_up_before_anything_else(open_as: Open, site: Site) -> None:
    company = await found(site.db)
    slug = company.workspace.slug
    await newcomer(site.db, company, "strict-boss", "admin")
    await newcomer(site.db, company, "new-runner")
    boss = await open_as("strict-boss")
    await boss.goto(f"{site.url}/w/{slug}/settings/protection")
    switch = boss.get_by_role("switch")
    await expect(switch).to_be_disabled()
    await boss.goto(f"{site.url}/w/{slug}/settings/security")
    await boss.get_by_role("region", name="两步验证").get_by_role("button", name="开始设置").click()
    await set_up(boss)
    await boss.goto(f"{site.url}/w/{slug}/settings/protection")
    await switch.click()
    await expect(switch).to_be_checked()

    runner = await open_as("new-runner", phone=True)
    await runner.goto(f"{site.url}/w/{slug}")
    await expect(runner.get_by_role("heading", name="先设置两步验证")).to_be_visible()
    await set_up(runner)
    await expect(runner.get_by_role("navigation").first).to_be_visible()

    await boss.reload()
    log = boss.get_by_role("region", name="登录与安全记录")
    await expect(log.get_by_text("new-runner").first).to_be_visible()
    await boss.goto(f"{site.url}/w/{slug}/settings/members")
    await boss.get_by_role("button", name="对new-runner的操作").click()
    await boss.get_by_role("menuitem", name="重置两步验证").click()
    await runner.reload()
    await expect(runner.get_by_role("heading", name="登录接力")).to_be_visible()
