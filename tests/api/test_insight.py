"""Reports and the home page over HTTP."""

import pytest

from jieli.api import insight_shapes as shapes
from jieli.api.shapes import Shape
from tests.api.conftest import Person, at

ANSWERS = {
    "/home": shapes.Home,
    "/insight/metrics": shapes.Metrics,
    "/insight/funnel": shapes.Funnel,
    "/insight/funnel?process=lead&from=2026-01-01&to=2060-12-31": shapes.Funnel,
    "/insight/summary": shapes.Summary,
    "/insight/departments": shapes.Departments,
    "/insight/leads": shapes.Fate,
    "/insight/leads?by=owner": shapes.Fate,
    "/insight/leaderboard?metric=follow_ups": shapes.Leaderboard,
    "/insight/leaderboard?metric=won_amount": shapes.Leaderboard,
    "/insight/handoffs": shapes.EndedHandOffs,
}


async def some_business(sam: Person, ed: Person) -> None:
    deal = await sam.opportunity(amount="1200.00")
    offered = await sam.post(at(deal, "opportunity", "/handoffs"), {"to": str(ed.member)})
    assert offered.status_code == 201, offered.text
    await ed.post(f"/handoffs/{offered.json()['id']}/accept", {})
    other = await sam.opportunity(amount="10.00")
    await sam.post(at(other, "opportunity", "/handoffs"), {"to": str(ed.member)})
    await sam.post(at(other, "opportunity", "/block"), {"reason": "客户出差"})
    await sam.make("activity", content="已电话沟通", kind="phone", at="2026-03-02T10:00:00+08:00")
    await sam.lead(source="website")


@pytest.mark.parametrize("path", ANSWERS)
async def test_answers_are_as_the_interface_says(path: str, sam: Person, ed: Person, boss: Person) -> None:
    await some_business(sam, ed)
    response = await boss.get(path)
    assert response.status_code == 200, response.text
    shape: type[Shape] = ANSWERS[path]  # type: ignore[assignment]
    shape.model_validate_json(response.content)


async def test_a_number_drills_to_its_records(sam: Person, ed: Person, boss: Person) -> None:
    await some_business(sam, ed)
    for person in (boss, sam):
        funnel = (await person.get("/insight/funnel")).json()
        for stage in funnel["stages"]:
            listed = await person.post(
                f"/objects/{stage['drill']['object']}/query",
                {"where": stage["drill"]["where"], "count": True},
            )
            assert listed.json()["count"] == {"value": stage["entered"], "exact": True}


async def test_the_handoffs_behind_a_number_are_asked_for_by_its_drill(
    sam: Person, ed: Person, boss: Person
) -> None:
    await some_business(sam, ed)
    numbers = (await boss.get("/insight/summary")).json()["numbers"]
    (rate,) = (one for one in numbers if one["key"] == "handoff_on_time")
    asked = {key: value for key, value in rate["of"]["handoffs"].items() if value is not None}
    found = await boss.get("/insight/handoffs", params=asked)
    assert found.status_code == 200, found.text
    assert found.json()["count"] >= 1


async def test_the_funnel_can_be_narrowed(sam: Person, ed: Person, boss: Person) -> None:
    await some_business(sam, ed)
    everything = (await boss.get("/insight/funnel")).json()["stages"][0]["entered"]
    sams = (await boss.get("/insight/funnel", params={"owner": str(sam.member)})).json()["stages"][0]
    eds = (await boss.get("/insight/funnel", params={"owner": str(ed.member)})).json()["stages"][0]
    cheap = await boss.get(
        "/insight/funnel", params={"where": '{"field":"amount","op":"lt","value":100}', "source": "referral"}
    )
    assert 0 < cheap.json()["stages"][0]["entered"] < everything
    assert (0 < sams["entered"] <= everything, eds["entered"]) == (True, 0)


async def test_a_department_is_taken_with_those_below(sam: Person, ed: Person, boss: Person) -> None:
    await some_business(sam, ed)
    listed = (await boss.get("/objects/department/records")).json()["items"]
    ids = {one["name"]: one["id"] for one in listed}
    found = {
        name: (await boss.get("/insight/funnel", params={"department": ids[name]})).json()["stages"][0]
        for name in ("sales", "east", "market")
    }
    assert found["sales"]["entered"] >= found["east"]["entered"] > found["market"]["entered"] == 0


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/insight/funnel?process=nothing", "unknown_process"),
        ("/insight/funnel?from=yesterday", "invalid"),
        ("/insight/funnel?where=%7B%22field%22%3A%22x%22%2C%22op%22%3A%22eq%22%7D", "invalid"),
        ("/insight/funnel?where=%7B", "invalid"),
        ("/insight/leads?by=nothing", "invalid"),
        ("/insight/leaderboard?metric=nothing", "invalid"),
        ("/insight/handoffs?states=offered", "invalid"),
        ("/insight/summary?until=2026", "invalid"),
    ],
)
async def test_bad_questions_are_refused_with_a_reason(boss: Person, path: str, code: str) -> None:
    response = await boss.get(path)
    assert response.status_code in (404, 422)
    assert response.json()["code"] == code


@pytest.mark.parametrize("path", ["/insight/departments", "/insight/leads", "/insight/leaderboard"])
async def test_dashboards_need_their_right(sam: Person, path: str) -> None:
    response = await sam.get(path)
    assert (response.status_code, response.json()["code"]) == (403, "right_missing")


async def test_home_tells_what_to_do_and_what_became_of_the_rest(sam: Person, ed: Person) -> None:
    await some_business(sam, ed)
    home = (await ed.get("/home")).json()
    assert {item["kind"] for item in home["todo"]} >= {"handoff"}
    passed = (await sam.get("/home")).json()["passed"]
    assert passed["counts"]["accepted"] >= 1
    assert passed["waiting"][0]["to"]["title"] == "ed"
