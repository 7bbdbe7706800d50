from tests.api.conftest import Person, at, some_number


async def test_the_timeline_tells_what_was_done_newest_first(sam: Person) -> None:
    made = await sam.lead(name="Before")
    await sam.patch(at(made, "lead"), {"values": {"name": "After", "interest": "high"}})
    await sam.post(at(made, "lead", "/comments"), {"text": "说好了"})
    items = (await sam.get(at(made, "lead", "/timeline"))).json()["items"]
    assert [item["kind"] for item in items][-3:] == ["commented", "updated", "created"]
    changed = next(item for item in items if item["kind"] == "updated")
    assert changed["changes"]["name"] == ["Before", "After"]
    assert changed["actor"]["title"] == "sam"
    assert items[0]["text"] == "说好了"


async def test_the_timeline_names_the_people_and_records_of_a_change(
    eva: Person, sam: Person, sue: Person
) -> None:
    made = await sam.lead()
    await eva.patch(at(made, "lead"), {"values": {"owner": str(sue.member)}})
    items = (await eva.get(at(made, "lead", "/timeline"))).json()["items"]
    changed = next(item for item in items if "owner" in item.get("changes", {}) and item["kind"] != "created")
    assert [one["title"] for one in changed["changes"]["owner"]] == ["sam", "sue"]


async def test_the_timeline_hides_changes_of_hidden_fields(boss: Person, sam: Person) -> None:
    made = await boss.make("product", name=f"产品{some_number()}", cost="100")
    await boss.patch(at(made, "product"), {"values": {"cost": "250"}})
    await boss.patch(at(made, "product"), {"values": {"cost": "300", "name": "新名字"}})
    whole = await boss.get(at(made, "product", "/timeline"))
    partial = await sam.get(at(made, "product", "/timeline"))
    assert len(whole.json()["items"]) == 3
    assert [item["kind"] for item in partial.json()["items"]] == ["updated", "created"]
    assert "cost" not in partial.text
    assert "250" not in partial.text


async def test_follow_ups_stand_in_the_timeline_at_their_own_time(sam: Person) -> None:
    made = await sam.lead()
    await sam.make("activity", content="昨天打过电话", at="2026-01-02T03:04:05Z", lead=made["id"])
    items = (await sam.get(at(made, "lead", "/timeline"))).json()["items"]
    assert items[-1]["kind"] == "activity"
    assert items[-1]["at"] == "2026-01-02T03:04:05+00:00"
    assert items[-1]["record"]["content"] == "昨天打过电话"


async def test_the_timeline_pages_without_gap_or_double(sam: Person) -> None:
    made = await sam.lead()
    for number in range(4):
        await sam.post(at(made, "lead", "/comments"), {"text": f"{number}"})
    await sam.make("activity", content="A", at="2026-01-02T03:04:05Z", lead=made["id"])
    whole = (await sam.get(at(made, "lead", "/timeline"))).json()["items"]
    seen: list[str] = []
    after = ""
    while after is not None:
        page = (await sam.get(at(made, "lead", "/timeline"), params={"limit": 2, "after": after})).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
    assert seen == [item["id"] for item in whole]


async def test_the_timeline_tells_only_the_kinds_asked_for(sam: Person) -> None:
    made = await sam.lead()
    await sam.post(at(made, "lead", "/comments"), {"text": "X"})
    await sam.make("activity", content="A", at="2026-01-02T03:04:05Z", lead=made["id"])
    for kinds in ("commented", "activity", "commented,activity"):
        items = (await sam.get(at(made, "lead", f"/timeline?kinds={kinds}"))).json()["items"]
        assert {item["kind"] for item in items} == set(kinds.split(","))


async def test_a_bad_place_in_the_timeline_is_refused(sam: Person) -> None:
    made = await sam.lead()
    for after in ("x", "W10", "WyIyMDI2LTAxLTAxIiwieCJd"):
        response = await sam.get(at(made, "lead", f"/timeline?after={after}"))
        assert response.json()["problems"][0]["code"] == "bad_cursor"


async def test_what_hangs_on_a_foreign_record_is_not_found(sam: Person, wes: Person) -> None:
    theirs = await wes.lead()
    for part in (
        "timeline",
        "comments",
        "related",
        "why",
        "files",
        "track",
        "moves",
        "deliverables",
        "score",
        "assignment",
        "convert",
    ):
        response = await sam.get(at(theirs, "lead", f"/{part}"))
        assert (part, response.status_code) == (part, 404)
        assert theirs["name"] not in response.text


async def test_who_is_mentioned_is_told_if_they_may_see_the_record(
    sam: Person, eva: Person, wes: Person
) -> None:
    made = await sam.lead()
    body = {"text": "请看", "mentions": [str(eva.member), str(wes.member)]}
    said = (await sam.post(at(made, "lead", "/comments"), body)).json()
    assert [one["title"] for one in said["mentions"]] == ["eva"]
    assert [one["title"] for one in said["unheard"]] == ["wes"]
    heard = (await eva.get("/notifications")).json()["items"][0]
    assert (heard["kind"], heard["record"]["id"]) == ("mentioned", made["id"])
    assert heard["text"] == f"sam在「{made['name']}」提到了你"
    assert made["id"] not in (await wes.get("/notifications")).text


async def test_comments_are_read_newest_first(sam: Person) -> None:
    made = await sam.lead()
    for text in ("一", "二"):
        await sam.post(at(made, "lead", "/comments"), {"text": text})
    found = (await sam.get(at(made, "lead", "/comments"))).json()
    assert [one["text"] for one in found["items"]] == ["二", "一"]
    assert found["next"] is None


async def test_an_empty_or_endless_comment_is_refused(sam: Person) -> None:
    made = await sam.lead()
    for text in ("", "  \n", "x" * 6000):
        response = await sam.post(at(made, "lead", "/comments"), {"text": text})
        assert response.json()["problems"][0]["path"] == "text"


async def test_related_records_are_those_that_one_may_see(boss: Person, sam: Person, wes: Person) -> None:
    made = await sam.opportunity()
    account = made["account"]["id"]
    await boss.make("contact", name="张三", account=account, owner=str(wes.member))
    mine = (await sam.get(f"/objects/account/records/{account}/related")).json()["groups"]
    whole = (await boss.get(f"/objects/account/records/{account}/related")).json()["groups"]
    counts = {(group["object"], group["field"]): group["count"] for group in mine}
    assert counts[("opportunity", "account")] == 1
    assert {group["object"] for group in whole} >= {"opportunity", "contact"}
    assert mine[0]["items"][0]["id"]


async def test_why_names_the_role_and_its_scope(sam: Person, eva: Person, boss: Person) -> None:
    made = await sam.lead()
    mine = (await sam.get(at(made, "lead", "/why"))).json()
    assert {"role": "sales", "scope": "own", "text": "你是负责人、备份或持棒人"} in mine["reasons"]
    theirs = (await eva.get(at(made, "lead", "/why"))).json()
    assert {reason["scope"] for reason in theirs["reasons"]} >= {"subordinates", "department_tree"}
    all_of_it = (await boss.get(at(made, "lead", "/why"))).json()
    assert all_of_it == {
        "allowed": True,
        "reasons": [{"role": "admin", "scope": "all", "text": "「管理员」可以看全部记录"}],
    }


async def test_search_finds_over_all_objects_what_one_may_see(sam: Person, wes: Person) -> None:
    word = f"寻物{some_number()}"
    lead, deal, theirs = (
        await sam.lead(name=word),
        await sam.opportunity(name=word),
        await wes.lead(name=word),
    )
    groups = {
        g["object"]: g["items"] for g in (await sam.get("/search", params={"q": word})).json()["groups"]
    }
    assert [item["id"] for item in groups["lead"]] == [lead["id"]]
    assert [item["id"] for item in groups["opportunity"]] == [deal["id"]]
    assert groups["opportunity"][0]["subtitle"] == deal["account"]["title"]
    assert theirs["id"] not in str(groups)


async def test_search_puts_first_what_begins_with_the_words(sam: Person) -> None:
    word = f"首字{some_number()}"
    begins, contains = await sam.lead(name=f"{word}在前"), await sam.lead(name=f"在后{word}")
    (group,) = (await sam.get("/search", params={"q": word})).json()["groups"]
    assert [item["id"] for item in group["items"]] == [begins["id"], contains["id"]]


async def test_search_shows_five_of_each_object_at_most(sam: Person) -> None:
    word = f"很多{some_number()}"
    for _ in range(7):
        await sam.lead(name=word)
    (group,) = (await sam.get("/search", params={"q": word})).json()["groups"]
    assert len(group["items"]) == 5


async def test_one_letter_is_too_little_to_search(sam: Person) -> None:
    assert (await sam.get("/search", params={"q": "a"})).json() == {"groups": []}
