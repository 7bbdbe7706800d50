import asyncio

from tests.api.conftest import Person, SignIn, at, some_number
from tests.company import Company


def body() -> dict[str, object]:
    number = some_number()
    return {"values": {"name": f"once {number}", "phone": f"138{number:08d}"}}


async def count(person: Person, name: object) -> int:
    where = {"field": "name", "op": "eq", "value": name}
    found = await person.post("/objects/lead/query", {"where": where, "count": True, "columns": ["name"]})
    value: int = found.json()["count"]["value"]
    return value


async def test_the_same_write_with_the_same_key_is_done_once(sam: Person) -> None:
    asked, headers = body(), {"Idempotency-Key": f"key-{some_number()}"}
    first = await sam.post("/objects/lead/records", asked, headers=headers)
    again = await sam.post("/objects/lead/records", asked, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_another_write_with_the_same_key_is_refused(sam: Person) -> None:
    headers = {"Idempotency-Key": f"key-{some_number()}"}
    await sam.post("/objects/lead/records", body(), headers=headers)
    response = await sam.post("/objects/lead/records", body(), headers=headers)
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_reused")


async def test_two_at_once_with_the_same_key_make_one_record(sign_in: SignIn, house: Company) -> None:
    sam = await sign_in(house, "sam")
    asked, headers = body(), {"Idempotency-Key": f"key-{some_number()}"}
    answers = await asyncio.gather(
        *(sam.post("/objects/lead/records", asked, headers=headers) for _ in range(4))
    )
    values = asked["values"]
    assert isinstance(values, dict)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count(sam, values["name"]) == 1


async def test_a_refused_write_leaves_its_key_free(sam: Person) -> None:
    headers = {"Idempotency-Key": f"key-{some_number()}"}
    refused = await sam.post("/objects/lead/records", {"values": {}}, headers=headers)
    good = await sam.post("/objects/lead/records", body(), headers=headers)
    assert (refused.status_code, good.status_code) == (422, 201)


async def test_two_people_may_use_the_same_key(sam: Person, sue: Person) -> None:
    headers = {"Idempotency-Key": f"key-{some_number()}"}
    one = await sam.post("/objects/lead/records", body(), headers=headers)
    other = await sue.post("/objects/lead/records", body(), headers=headers)
    assert (one.status_code, other.status_code) == (201, 201)


async def test_a_key_that_cannot_be_kept_is_refused(sam: Person) -> None:
    for key in ("", "x" * 201):
        response = await sam.post("/objects/lead/records", body(), headers={"Idempotency-Key": key})
        assert response.json()["problems"][0]["code"] == "bad_idempotency_key"


async def test_an_answer_without_a_body_is_repeated_too(sam: Person) -> None:
    made = await sam.lead()
    view = (await sam.post("/objects/lead/views", {"label": "X"})).json()
    headers = {"Idempotency-Key": f"key-{some_number()}", "X-Jieli": "1"}
    for _ in range(2):
        response = await sam.client.delete(f"{sam.root}/views/{view['id']}", headers=headers)
        assert (response.status_code, response.content) == (204, b"")
    assert (await sam.get(at(made, "lead"))).status_code == 200
