from jieli.records import Values
from tests.api.conftest import Person, at


async def mention(by: Person, whom: Person) -> Values:
    made = await by.lead()
    await by.post(at(made, "lead", "/comments"), {"text": "看", "mentions": [str(whom.member)]})
    return made


async def test_what_is_read_is_no_longer_counted(sam: Person, eva: Person) -> None:
    await eva.post("/notifications/read", {"all": True})
    for _ in range(3):
        await mention(sam, eva)
    items = (await eva.get("/notifications")).json()
    assert items["unread"] == 3
    one = items["items"][0]["id"]
    assert (await eva.post("/notifications/read", {"ids": [one]})).json() == {"unread": 2}
    shown = (await eva.get("/notifications")).json()["items"]
    assert [item["read"] for item in shown[:3]] == [True, False, False]
    assert (await eva.post("/notifications/read", {"all": True})).json() == {"unread": 0}


async def test_nobody_reads_anothers_notifications(sam: Person, eva: Person, sue: Person) -> None:
    await mention(sam, eva)
    items = (await eva.get("/notifications")).json()["items"]
    await sue.post("/notifications/read", {"ids": [items[0]["id"]]})
    assert (await eva.get("/notifications")).json()["items"][0]["read"] is False


async def test_a_record_that_one_may_no_longer_see_is_not_named(
    sam: Person, eva: Person, boss: Person, wes: Person
) -> None:
    made = await mention(sam, eva)
    west = (await boss.get(f"/objects/member/records/{wes.member}")).json()["department"]["id"]
    values = {"owner": str(wes.member), "backup": None, "department": west}
    moved = await boss.patch(at(made, "lead"), {"values": values})
    assert moved.status_code == 200, moved.text
    told = (await eva.get("/notifications")).json()["items"][0]
    assert (await eva.get(at(made, "lead"))).status_code == 404
    assert told["record"] is None
    assert made["name"] not in told["text"]


async def test_notifications_speak_the_language_of_their_reader(sam: Person, eva: Person) -> None:
    made = await mention(sam, eva)
    told = await eva.get("/notifications", headers={"Accept-Language": "en"})
    assert told.json()["items"][0]["text"] == f"sam mentioned you on “{made['name']}”"


async def test_notifications_page(sam: Person, eva: Person) -> None:
    for _ in range(2):
        await mention(sam, eva)
    first = (await eva.get("/notifications")).json()["items"]
    rest = (await eva.get("/notifications", params={"after": first[0]["id"]})).json()["items"]
    assert rest[0]["id"] == first[1]["id"]
