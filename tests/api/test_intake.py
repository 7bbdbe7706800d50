from jieli.records import Values
from tests.api.conftest import Person, at, some_number


async def qualified(sam: Person, **values: object) -> Values:
    """A lead of sales that is ready to be converted."""
    number = some_number()
    given = {"contact_name": "张三", "needs": "要一套", "stage": "qualified", "budget": "5000"}
    return await sam.lead(name=f"转化{number}", **{**given, **values})


async def test_the_score_is_told_rule_by_rule(sam: Person) -> None:
    made = await sam.lead()
    found = (await sam.get(at(made, "lead", "/score"))).json()
    assert found["score"] == made["score"]
    assert {part["key"] for part in found["parts"]} >= {"reachable_by_phone", "company_known"}
    assert all(isinstance(part["label"], str) for part in found["parts"])
    english = await sam.get(at(made, "lead", "/score"), headers={"Accept-Language": "en"})
    assert all(part["label"].isascii() for part in english.json()["parts"])


async def test_an_assignment_tells_why(mary: Person) -> None:
    made = await mary.lead()
    (decision,) = (await mary.get(at(made, "lead", "/assignment"))).json()["decisions"]
    assert decision["chosen"]["title"] == made["owner"]["title"]
    assert decision["label"]["zh"]
    assert made["owner"]["title"] in {one["member"]["title"] for one in decision["candidates"]}


async def test_unowned_records_are_assigned_by_the_rules(boss: Person) -> None:
    made = await boss.lead()
    cleared = await boss.patch(at(made, "lead"), {"values": {"owner": None}})
    assert cleared.status_code == 200, cleared.text
    found = (await boss.post("/objects/lead/assign", {"ids": [made["id"]]})).json()
    assert (found["count"], found["rows"]["updated"]) == (1, 1)
    assert (await boss.get(at(made, "lead"))).json()["owner"] is not None


async def test_who_may_not_transfer_assigns_nothing(sam: Person) -> None:
    made = await sam.lead()
    assert (await sam.post("/objects/lead/assign", {"ids": [made["id"]]})).status_code == 403


async def test_an_object_without_score_or_rules_says_so(boss: Person) -> None:
    assert (await boss.get(f"/objects/member/records/{boss.member}/score")).json()["score"] is None
    response = await boss.post("/objects/account/assign", {"ids": []})
    assert response.json()["problems"][0]["code"] == "no_assignment_rules"
    assert (await boss.post("/objects/member/assign", {"ids": []})).status_code == 422


async def test_a_proposal_shows_what_a_conversion_would_make(sam: Person) -> None:
    made = await qualified(sam)
    found = (await sam.get(at(made, "lead", "/convert"))).json()
    assert found["account"]["values"]["name"] == made["company"]
    assert found["account"]["match"] is None
    assert found["contact"]["values"]["name"] == "张三"
    assert found["opportunity"]["values"]["amount"] == {"value": "5000.00"}


async def test_a_proposal_names_the_customer_that_is_known(sam: Person) -> None:
    account = await sam.make("account", name=f"已知{some_number()}号有限公司")
    response = await sam.post(
        "/objects/lead/records",
        {
            "values": {"name": "X", "company": account["name"], "stage": "qualified", "needs": "X"},
            "duplicates": "create",
        },
    )
    found = (await sam.get(at(response.json(), "lead", "/convert"))).json()
    assert found["account"]["match"] == {"id": account["id"], "title": account["name"]}


async def test_a_conversion_makes_customer_contact_and_opportunity(sam: Person) -> None:
    made = await qualified(sam)
    body = {"opportunity": {"values": {"name": "改过的名字"}}}
    done = (await sam.post(at(made, "lead", "/convert"), body)).json()
    deal = (await sam.get(f"/objects/opportunity/records/{done['opportunity']}")).json()
    assert (deal["name"], deal["account"]["id"], deal["lead"]["id"]) == (
        "改过的名字",
        done["account"],
        made["id"],
    )
    assert (await sam.get(f"/objects/contact/records/{done['contact']}")).json()["name"] == "张三"
    assert (await sam.get(at(made, "lead"))).json()["stage"] == "converted"


async def test_a_conversion_is_undone_as_one(sam: Person) -> None:
    made = await qualified(sam)
    done = (await sam.post(at(made, "lead", "/convert"), {})).json()
    undone = (await sam.post(f"/undo/{done['batch']}")).json()
    assert undone["conflicts"] == []
    assert (await sam.get(at(made, "lead"))).json()["stage"] == "qualified"
    assert (await sam.get(f"/objects/opportunity/records/{done['opportunity']}")).status_code == 404


async def test_null_makes_neither_contact_nor_opportunity(sam: Person) -> None:
    made = await qualified(sam)
    done = (await sam.post(at(made, "lead", "/convert"), {"contact": None, "opportunity": None})).json()
    assert (done["contact"], done["opportunity"]) == (None, None)


async def test_a_foreign_customer_is_not_linked(sam: Person, wes: Person) -> None:
    theirs = await wes.make("account", name=f"别人的{some_number()}")
    made = await qualified(sam)
    body = {"account": theirs["id"], "contact": None, "opportunity": None}
    response = await sam.post(at(made, "lead", "/convert"), body)
    assert (response.status_code, response.json()["code"]) == (404, "record_not_found")
    assert theirs["name"] not in response.text


async def test_what_is_converted_is_not_converted_again(sam: Person) -> None:
    made = await qualified(sam)
    await sam.post(at(made, "lead", "/convert"), {})
    response = await sam.post(at(made, "lead", "/convert"), {})
    assert (response.status_code, response.json()["code"]) == (409, "not_open")


async def test_bad_values_are_named_under_the_record_they_belong_to(sam: Person) -> None:
    made = await qualified(sam)
    body = {"opportunity": {"values": {"amount": "much"}}}
    response = await sam.post(at(made, "lead", "/convert"), body)
    assert response.json()["problems"][0]["path"] == "opportunity.amount"
