from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
import pytest_asyncio

from jieli.api.context import Process
from jieli.db.pool import Database, ReadTx
from jieli.records import Values
from tests.api.conftest import Person, SignIn, at, some_number
from tests.company import Company


async def test_a_created_record_comes_back_with_what_one_may_do(sam: Person) -> None:
    made = await sam.lead(name="上海接力科技")
    assert made["name"] == "上海接力科技"
    assert made["owner"]["title"] == "sam"
    assert made["can"] == {
        "update": True,
        "delete": False,
        "transfer": False,
        "move": True,
        "handoff": True,
    }


async def test_a_record_without_its_required_value_is_refused_with_the_place(sam: Person) -> None:
    response = await sam.post("/objects/lead/records", {"values": {"phone": "12"}})
    paths = {problem["path"]: problem["code"] for problem in response.json()["problems"]}
    assert response.status_code == 422
    assert paths["phone"] == "not_a_phone"


async def test_the_list_holds_what_one_may_see_and_nothing_else(sam: Person, wes: Person) -> None:
    mine, theirs = await sam.lead(), await wes.lead()
    listed = (await sam.get("/objects/lead/records", params={"limit": 500, "columns": "name"})).json()[
        "items"
    ]
    ids = {item["id"] for item in listed}
    assert mine["id"] in ids
    assert theirs["id"] not in ids


async def test_a_foreign_record_is_not_found_by_any_method(sam: Person, wes: Person) -> None:
    theirs = await wes.lead()
    path = at(theirs, "lead")
    for response in (
        await sam.get(path),
        await sam.patch(path, {"values": {"name": "X"}}),
        await sam.delete(path),
        await sam.post(f"{path}/restore"),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "record_not_found")


async def test_pages_follow_one_another_without_gap_or_double(sam: Person) -> None:
    word = f"page{some_number()}"
    made = [(await sam.lead(name=f"{word} {i}"))["id"] for i in range(5)]
    asked = {"where": f'{{"field":"name","op":"starts","value":"{word}"}}', "sort": "name", "limit": 2}
    seen: list[str] = []
    after = ""
    while after is not None:
        page = (await sam.get("/objects/lead/records", params=asked | {"after": after})).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
    assert seen == made


async def test_a_body_asks_the_same_as_an_address(sam: Person) -> None:
    await sam.lead()
    where = {"field": "owner", "op": "eq", "value": {"var": "me"}}
    body = {"where": where, "columns": ["name"], "sort": ["-id"], "limit": 3, "count": True}
    address = {"where": '{"field":"owner","op":"eq","value":{"var":"me"}}', "columns": "name", "sort": "-id"}
    asked = await sam.post("/objects/lead/query", body)
    got = await sam.get("/objects/lead/records", params=address | {"limit": "3", "count": "1"})
    assert asked.json() == got.json()
    assert asked.json()["count"]["exact"] is True


class Counting(Database):
    """Counts what its readers send."""

    sent = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadTx]:
        async with super().read() as tx:
            yield tx
            self.sent += tx.statements


@pytest_asyncio.fixture
async def counting(process: Process) -> AsyncIterator[Counting]:
    before = process.db
    process.db = counting = Counting(before.dsn)
    await counting.open()
    yield counting
    process.db = before
    await counting.close()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/objects/lead/records?columns=name,owner,stage", 3),
        ("/objects/lead/records?count=1", 4),
        ("/objects/lead/board", 3),
        ("/objects/lead/export", 5),
        ("/search?q=上海", 3),
    ],
)
async def test_an_answer_takes_few_statements(
    sam: Person, eva: Person, counting: Counting, path: str, most: int
) -> None:
    await sam.lead()
    await eva.get(path)
    counting.sent = 0
    assert (await eva.get(path)).status_code == 200
    assert 0 < counting.sent <= most


async def test_a_search_finds_by_initials(sam: Person) -> None:
    made = await sam.lead(name="深圳海浪电子")
    found = (await sam.get("/objects/lead/records", params={"q": "szhl", "columns": "name"})).json()
    assert made["id"] in {item["id"] for item in found["items"]}


async def test_a_view_of_the_blueprint_restricts_the_list(sam: Person, mary: Person) -> None:
    await sam.lead()
    blueprint = (await sam.get("/blueprint")).json()
    keys = [view["key"] for view in blueprint["objects"]["lead"]["views"]]
    for key in keys:
        assert (await sam.get(f"/objects/lead/records?view={key}")).status_code == 200
    assert (await sam.get("/objects/lead/records?view=nothing")).json()["code"] == "view_unknown"


async def test_a_change_of_an_older_version_shows_the_newer_one(sam: Person) -> None:
    made = await sam.lead()
    await sam.patch(at(made, "lead"), {"values": {"name": "新"}, "version": made["version"]})
    response = await sam.patch(at(made, "lead"), {"values": {"name": "旧"}, "version": made["version"]})
    assert (response.status_code, response.json()["code"]) == (409, "version_conflict")
    assert response.json()["current"]["name"] == "新"
    assert response.json()["current"]["can"]["update"] is True


async def test_a_duplicate_of_a_visible_record_names_it(sam: Person) -> None:
    made = await sam.lead()
    response = await sam.post("/objects/lead/records", {"values": {"name": "再", "phone": made["phone"]}})
    assert (response.status_code, response.json()["code"]) == (409, "duplicate")
    (match,) = response.json()["matches"]
    assert (match["id"], match["title"], match["visible"]) == (made["id"], made["name"], True)


async def test_a_duplicate_of_a_hidden_record_tells_its_owner_only(sam: Person, wes: Person) -> None:
    theirs = await wes.lead()
    response = await sam.post("/objects/lead/records", {"values": {"name": "再", "phone": theirs["phone"]}})
    (match,) = response.json()["matches"]
    assert (match["id"], match["title"], match["visible"]) == (None, None, False)
    assert match["owner"]["title"] == "wes"
    assert theirs["id"] not in response.text
    assert theirs["name"] not in response.text


async def test_a_known_duplicate_can_be_created_all_the_same(sam: Person) -> None:
    made = await sam.lead()
    body = {"values": {"name": "再", "phone": made["phone"]}, "duplicates": "create"}
    assert (await sam.post("/objects/lead/records", body)).status_code == 201


async def test_typing_is_warned_of_duplicates_and_unreadable_values(sam: Person) -> None:
    made = await sam.lead()
    body = {"values": {"phone": made["phone"], "budget": "many", "nonsense": 1}}
    found = (await sam.post("/objects/lead/check", body)).json()
    assert [match["id"] for match in found["duplicates"]] == [made["id"]]
    assert {problem["path"] for problem in found["problems"]} == {"budget", "nonsense"}


async def test_a_record_is_no_duplicate_of_itself_while_it_is_edited(sam: Person) -> None:
    made = await sam.lead()
    body = {"values": {"phone": made["phone"]}, "id": made["id"]}
    assert (await sam.post("/objects/lead/check", body)).json()["duplicates"] == []


async def test_a_deleted_record_is_in_the_trash_until_it_is_restored(boss: Person) -> None:
    made = await boss.lead()
    gone = await boss.delete(at(made, "lead"))
    assert gone.status_code == 200
    trash = f"/objects/lead/records?trash=1&columns=name&where={_id_is(made)}"
    assert len((await boss.get(trash)).json()["items"]) == 1
    assert (await boss.post(at(made, "lead", "/restore"))).status_code == 200
    assert (await boss.get(trash)).json()["items"] == []


async def test_a_deletion_can_be_undone(boss: Person) -> None:
    made = await boss.lead()
    batch = (await boss.delete(at(made, "lead"))).json()["batch"]
    assert (await boss.post(f"/undo/{batch}")).json() == {"restored": 1, "conflicts": []}
    assert (await boss.get(at(made, "lead"))).json()["deleted_at"] is None
    assert (await boss.post(f"/undo/{batch}")).json()["code"] == "already_undone"


async def test_every_write_names_what_can_be_undone(sam: Person) -> None:
    made = await sam.lead(name="Before")
    response = await sam.patch(at(made, "lead"), {"values": {"name": "After"}})
    await sam.post(f"/undo/{response.headers['Jieli-Batch']}")
    assert (await sam.get(at(made, "lead"))).json()["name"] == "Before"


async def test_only_who_did_it_may_undo_it(sam: Person, sue: Person) -> None:
    made = await sam.lead()
    response = await sam.patch(at(made, "lead"), {"values": {"name": "After"}})
    refused = await sue.post(f"/undo/{response.headers['Jieli-Batch']}")
    assert refused.status_code in (403, 404)


async def test_good_rows_of_a_bulk_change_are_written_and_bad_ones_named(sam: Person, wes: Person) -> None:
    mine, theirs = await sam.lead(), await wes.lead()
    body = {"action": "update", "ids": [mine["id"], theirs["id"]], "values": {"interest": "high"}}
    found = (await sam.post("/objects/lead/batch", body)).json()
    assert found["rows"] == {"updated": 1, "rejected": 1}
    (rejected,) = found["rejected"]
    assert (rejected["id"], rejected["title"]) == (theirs["id"], None)
    assert (await sam.get(at(mine, "lead"))).json()["interest"] == "high"


async def test_a_dry_run_changes_nothing(sam: Person) -> None:
    mine = await sam.lead()
    body = {"action": "update", "ids": [mine["id"]], "values": {"interest": "high"}, "dry_run": True}
    found = (await sam.post("/objects/lead/batch", body)).json()
    assert (found["count"], found["batch"], found["rows"]["updated"]) == (1, None, 1)
    assert (await sam.get(at(mine, "lead"))).json()["version"] == mine["version"]


async def test_a_bulk_change_by_condition_takes_only_what_one_may_change(sam: Person, wes: Person) -> None:
    word = f"bulk{some_number()}"
    mine, theirs = await sam.lead(name=word), await wes.lead(name=word)
    body: Values = {"action": "update", "where": _named(word), "values": {"interest": "low"}}
    found = (await sam.post("/objects/lead/batch", body)).json()
    assert (found["count"], found["rows"]["updated"]) == (1, 1)
    assert (await wes.get(at(theirs, "lead"))).json()["interest"] is None
    undone = await sam.post(f"/undo/{found['batch']}")
    assert undone.json()["restored"] == 1
    assert (await sam.get(at(mine, "lead"))).json()["interest"] is None


async def test_a_bulk_transfer_gives_records_to_somebody(eva: Person, sam: Person, sue: Person) -> None:
    mine = await sam.lead()
    body = {"action": "transfer", "ids": [mine["id"]], "owner": str(sue.member)}
    assert (await eva.post("/objects/lead/batch", body)).json()["rows"]["updated"] == 1
    assert (await sue.get(at(mine, "lead"))).json()["owner"]["title"] == "sue"


async def test_who_may_not_transfer_gives_nothing_away(sam: Person, sue: Person) -> None:
    mine = await sam.lead()
    body = {"action": "transfer", "ids": [mine["id"]], "owner": str(sue.member)}
    response = await sam.post("/objects/lead/batch", body)
    assert (response.status_code, response.json()["code"]) == (403, "not_permitted")


async def test_deleted_records_are_restored_by_condition(boss: Person) -> None:
    word = f"trash{some_number()}"
    made = [await boss.lead(name=word) for _ in range(3)]
    body = {"action": "delete", "ids": [one["id"] for one in made]}
    assert (await boss.post("/objects/lead/batch", body)).json()["rows"]["updated"] == 3
    back = await boss.post("/objects/lead/batch", {"action": "restore", "where": _named(word)})
    assert back.json()["rows"]["updated"] == 3


async def test_a_bulk_action_needs_a_choice(boss: Person) -> None:
    response = await boss.post("/objects/lead/batch", {"action": "delete"})
    assert response.json()["problems"][0]["code"] == "no_records_chosen"


@pytest.mark.parametrize("record", ["x", "1", "00000000-0000-0000-0000-00000000000g", str(uuid4())])
async def test_an_id_that_leads_nowhere_is_not_found(sam: Person, record: str) -> None:
    assert (await sam.get(f"/objects/lead/records/{record}")).status_code == 404


async def test_an_object_that_one_may_not_read_has_no_list(sign_in: SignIn, house: Company) -> None:
    cleo = await sign_in(house, "cleo")
    response = await cleo.get("/objects/nothing/records")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_object")


def _named(word: str) -> Values:
    return {"field": "name", "op": "eq", "value": word}


def _id_is(record: Values) -> str:
    return f'{{"field":"id","op":"eq","value":"{record["id"]}"}}'
