"""The steps of an import, with a file that has something new, something known and something wrong in it."""

from pictures import finds
from pictures.visit import Visit

LONGEST_RUN = 60_000
HEADER = "公司名称,联系人,手机,邮箱,预算,备注"
LINES = (
    "海棠数据科技有限公司,王小芳,13800138000,wang@haitang.example,12万,展会上认识",
    "北辰重工集团,李强,1380013,li@@beichen,尚未确定,",
    "远帆供应链管理有限公司,陈静,13900139000,chen@yuanfan.example,30万,官网留言",
)


def bring_in(visit: Visit) -> None:
    """All four steps; the import is undone at the end, so that every look begins with the same company."""
    page, word = visit.page, visit.word
    visit.open("/import/lead")
    visit.shoot(f"{visit.where}-1-file")
    page.set_input_files(
        "input[type=file]", {"name": "leads.csv", "mimeType": "text/csv", "buffer": _file(visit)}
    )
    onwards = page.get_by_role("button", name=word("intake.toMatch"))
    onwards.wait_for()
    visit.shoot(f"{visit.where}-1-preview")
    onwards.click()
    check = page.get_by_role("button", name=word("intake.toCheck"))
    check.wait_for()
    visit.shoot(f"{visit.where}-2-columns")
    check.click()
    page.get_by_role("tab").first.wait_for(timeout=LONGEST_RUN)
    visit.shoot(f"{visit.where}-3-check")
    page.get_by_role("button", name=word("intake.run").partition("{")[0].strip()).last.click()
    undo = page.get_by_role("button", name=word("intake.undo"))
    undo.wait_for(timeout=LONGEST_RUN)
    visit.shoot(f"{visit.where}-4-done")
    undo.click()
    page.get_by_role("button", name=word("intake.undoNow"), exact=True).click()
    page.get_by_text(word("intake.state.undone"), exact=True).wait_for()
    visit.shoot(f"{visit.where}-5-undone")


def _file(visit: Visit) -> bytes:
    known = finds.known_lead(visit)
    again = f"{known.get('company') or ''},{known.get('contact_name') or ''},{known['phone']},,,"
    return "\n".join((HEADER, *LINES, again)).encode()
