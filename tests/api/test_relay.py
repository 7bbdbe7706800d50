from jieli.records import Values
from tests.api.conftest import Person, at, some_number
from tests.company import Company


async def following(mary: Person, sam: Person) -> Values:
    """A lead that marketing has handed to sales."""
    made = await mary.lead(owner=str(mary.member))
    if made["stage"] == "new":
        body = {"to": str(sam.member), "stage": "following"}
        offered = await mary.post(at(made, "lead", "/handoffs"), body)
        assert offered.status_code == 201, offered.text
        await sam.post(f"/handoffs/{offered.json()['id']}/accept", {})
    found: Values = (await sam.get(at(made, "lead"))).json()
    return found


async def offered(mary: Person, sam: Person) -> tuple[Values, Values]:
    made = await mary.lead(owner=str(mary.member))
    body = {"to": str(sam.member), "stage": "following", "message": "请跟进"}
    response = await mary.post(at(made, "lead", "/handoffs"), body)
    assert response.status_code == 201, response.text
    return made, response.json()


async def test_a_record_passes_from_hand_to_hand(mary: Person, sam: Person) -> None:
    made, handoff = await offered(mary, sam)
    assert (handoff["state"], handoff["to"]["title"], handoff["from"]["title"]) == ("offered", "sam", "mary")
    assert handoff["record"] == {"id": made["id"], "title": made["name"]}
    waiting = (await sam.get("/handoffs?box=in&state=offered")).json()["items"]
    assert handoff["id"] in {one["id"] for one in waiting}
    accepted = (await sam.post(f"/handoffs/{handoff['id']}/accept", {})).json()
    now = (await sam.get(at(made, "lead"))).json()
    assert accepted["state"] == "accepted"
    assert (now["stage"], now["holder"]["title"]) == ("following", "sam")


async def test_an_offer_tells_the_receiver_and_its_answer_the_sender(mary: Person, sam: Person) -> None:
    made, handoff = await offered(mary, sam)
    told = (await sam.get("/notifications")).json()
    assert told["items"][0]["text"] == f"mary把「{made['name']}」交给你，请接棒"
    assert told["unread"] >= 1
    await sam.post(f"/handoffs/{handoff['id']}/return", {"reason": "contact_missing", "missing": ["phone"]})
    back = (await mary.get("/notifications")).json()["items"][0]
    assert back["text"] == f"sam退回了「{made['name']}」：联系方式缺失或错误"


async def test_a_reason_of_the_list_is_read_in_both_languages(mary: Person, sam: Person) -> None:
    made, handoff = await offered(mary, sam)
    await sam.post(f"/handoffs/{handoff['id']}/return", {"reason": "need_unclear"})
    label = {"zh": "需求没有写清", "en": "The need is not clear"}
    returned = (await mary.get("/handoffs?box=out&state=returned")).json()["items"]
    mine = next(one for one in returned if one["id"] == handoff["id"])
    (told,) = (await mary.get(at(made, "lead", "/timeline?kinds=handoff_returned"))).json()["items"]
    assert (mine["reason"], told["reason"]) == (label, label)


async def test_a_returned_package_names_what_is_missing(mary: Person, sam: Person) -> None:
    made, handoff = await offered(mary, sam)
    await sam.post(
        f"/handoffs/{handoff['id']}/return", {"reason": "不全", "missing": ["phone"], "message": "补"}
    )
    (mine,) = [
        one
        for one in (await mary.get("/handoffs?box=out&state=returned")).json()["items"]
        if one["id"] == handoff["id"]
    ]
    own = {"zh": "不全", "en": "不全"}
    assert (mine["reason"], mine["missing"]) == (own, ["phone"])
    items = (await mary.get(at(made, "lead", "/timeline?kinds=handoff_returned"))).json()["items"]
    assert (items[0]["reason"], items[0]["missing"], items[0]["message"]) == (own, ["phone"], "补")


async def test_an_offer_is_withdrawn_by_its_sender_only(mary: Person, sam: Person, sue: Person) -> None:
    _, handoff = await offered(mary, sam)
    for person in (sam, sue):
        assert (await person.post(f"/handoffs/{handoff['id']}/withdraw", {})).status_code == 404
    assert (await mary.post(f"/handoffs/{handoff['id']}/withdraw", {})).json()["state"] == "withdrawn"
    late = await sam.post(f"/handoffs/{handoff['id']}/accept", {})
    assert (late.status_code, late.json()["code"]) == (409, "handoff_answered")


async def test_a_hand_off_is_nobody_elses_business(mary: Person, sam: Person, sue: Person) -> None:
    _, handoff = await offered(mary, sam)
    for answer in ("accept", "withdraw"):
        assert (await sue.post(f"/handoffs/{handoff['id']}/{answer}", {})).status_code == 404
    assert handoff["id"] not in (await sue.get("/handoffs?box=in")).text


async def test_a_gate_names_all_that_is_missing(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    response = await sam.post(at(made, "lead", "/move"), {"to": "qualified"})
    assert (response.status_code, response.json()["code"]) == (409, "gate_not_met")
    assert response.json()["missing"] == {"fields": ["needs"], "deliverables": ["contacted"]}


async def test_a_move_takes_what_the_gate_asks_for_along(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    ticked = await sam.put(at(made, "lead", "/deliverables/contacted"), {"done": True})
    assert ticked.json()["items"][0]["done"] is True
    assert ticked.json()["items"][0]["by"]["title"] == "sam"
    moved = await sam.post(at(made, "lead", "/move"), {"to": "qualified", "values": {"needs": "要一套"}})
    assert (moved.status_code, moved.json()["stage"]) == (200, "qualified")


async def test_the_moves_say_what_is_missing_and_who_could_take_over(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    moves = {move["to"]: move for move in (await sam.get(at(made, "lead", "/moves"))).json()["moves"]}
    assert moves["qualified"]["missing"]["fields"] == ["needs"]
    assert moves["qualified"]["allowed"] is True
    people = moves["new"]["handoff"]["candidates"]
    assert "mary" in {person["title"] for person in people}
    assert all(person["reason"] for person in people)


async def test_a_move_that_the_process_does_not_know_is_refused(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    for to in ("new", "nowhere"):
        assert (await sam.post(at(made, "lead", "/move"), {"to": to})).status_code in (409, 422)


async def test_a_stale_move_is_refused_with_the_current_record(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    await sam.patch(at(made, "lead"), {"values": {"interest": "high"}})
    response = await sam.post(at(made, "lead", "/move"), {"to": "qualified", "version": made["version"]})
    assert response.json()["code"] == "version_conflict"
    assert response.json()["current"]["interest"] == "high"


async def test_who_does_not_hold_a_record_does_not_move_it(mary: Person, sam: Person, olga: Person) -> None:
    made = await following(mary, sam)
    response = await mary.post(at(made, "lead", "/move"), {"to": "qualified"})
    assert response.status_code in (403, 404)


async def test_an_obstacle_is_marked_and_cleared(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    blocked = await sam.post(at(made, "lead", "/block"), {"reason": "等客户预算"})
    assert blocked.json()["blocked"] == "等客户预算"
    assert (await sam.post(at(made, "lead", "/block"), {"reason": None})).json()["blocked"] is None


async def test_a_deliverable_that_the_stage_does_not_have_is_not_found(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    assert (await sam.put(at(made, "lead", "/deliverables/nothing"), {"done": True})).status_code == 404


async def test_a_file_is_attached_as_a_deliverable(sam: Person, boss: Person) -> None:
    deal = await sam.opportunity(stage="quote", amount="1")
    files = {"file": ("报价.pdf", b"%PDF-1.7", "application/pdf")}
    path = at(deal, "opportunity")
    await sam.post(f"{path}/files", None, files=files, data={"deliverable": "quotation"})
    items = {one["key"]: one for one in (await sam.get(f"{path}/deliverables")).json()["items"]}
    assert items["quotation"]["done"] is True
    assert items["quotation"]["files"][0]["name"] == "报价.pdf"


async def test_the_track_tells_who_carried_the_record(mary: Person, sam: Person) -> None:
    made = await following(mary, sam)
    track = (await mary.get(at(made, "lead", "/track"))).json()
    stages = {stage["stage"]: stage for stage in track["stages"]}
    assert stages["following"]["state"] == "current"
    assert stages["following"]["spans"][0]["holder"]["title"] == "sam"
    assert track["holder"]["title"] == "sam"


async def test_an_offer_to_somebody_without_the_role_is_refused(mary: Person, ed: Person) -> None:
    made = await mary.lead(owner=str(mary.member))
    response = await mary.post(at(made, "lead", "/handoffs"), {"to": str(ed.member), "stage": "following"})
    assert (response.status_code, response.json()["code"]) == (422, "wrong_receiver")


async def test_a_due_time_without_a_zone_is_refused(mary: Person, sam: Person) -> None:
    made = await mary.lead(owner=str(mary.member))
    body = {"to": str(sam.member), "stage": "following", "due": "2027-01-01T00:00:00"}
    assert (await mary.post(at(made, "lead", "/handoffs"), body)).json()["problems"][0]["path"] == "due"


async def test_a_record_without_stages_has_no_relay(sam: Person) -> None:
    account = await sam.make("account", name=f"没有阶段{some_number()}")
    for part in ("moves", "deliverables", "track"):
        assert (await sam.get(at(account, "account", f"/{part}"))).json()["code"] == "not_staged"


async def test_boxes_that_do_not_exist_are_refused(sam: Person, house: Company) -> None:
    assert (await sam.get("/handoffs?box=side")).status_code == 422
    assert (await sam.get("/handoffs?state=unheard_of")).json() == {"items": []}
