from decimal import Decimal

from tests.api.conftest import Person, some_number


async def test_a_board_has_the_stages_in_their_order_with_counts_sums_and_cards(
    eva: Person, sam: Person
) -> None:
    word = f"board{some_number()}"
    for amount in ("100.50", "200"):
        await sam.opportunity(name=word, amount=amount)
    found = (await sam.get("/objects/opportunity/board", params={"q": word, "columns": "name,amount"})).json()
    stages = [column["stage"] for column in found["columns"]]
    first = found["columns"][0]
    assert stages[:3] == ["assign", "confirm", "assess"]
    assert sum(column["count"] for column in found["columns"]) == 2
    filled = next(column for column in found["columns"] if column["count"])
    assert Decimal(filled["sum"]["amount"]) == Decimal("300.50")
    assert {item["name"] for item in filled["items"]} == {word}
    assert first["next"] is None


async def test_a_full_column_goes_on_as_a_list(sam: Person) -> None:
    word = f"column{some_number()}"
    made = {(await sam.opportunity(name=word))["id"] for _ in range(5)}
    asked = {"q": word, "columns": "name", "sort": "-created_at"}
    board = (await sam.get("/objects/opportunity/board", params=asked | {"limit": 2})).json()
    column = next(one for one in board["columns"] if one["count"])
    where = f'{{"field":"stage","op":"eq","value":"{column["stage"]}"}}'
    rest = await sam.get(
        "/objects/opportunity/records", params=asked | {"where": where, "after": column["next"]}
    )
    seen = [item["id"] for item in [*column["items"], *rest.json()["items"]]]
    assert (column["count"], len(column["items"]), len(seen), set(seen)) == (5, 2, 5, made)


async def test_a_board_shows_only_what_one_may_see(sam: Person, wes: Person) -> None:
    word = f"board{some_number()}"
    await wes.opportunity(name=word)
    found = (await sam.get("/objects/opportunity/board", params={"q": word})).json()
    assert all(column["count"] == 0 and not column["items"] for column in found["columns"])


async def test_an_object_without_stages_has_no_board(sam: Person) -> None:
    response = await sam.get("/objects/account/board")
    assert (response.status_code, response.json()["problems"][0]["code"]) == (422, "not_staged")


async def test_another_objects_process_is_refused(sam: Person) -> None:
    response = await sam.get("/objects/lead/board?process=opportunity")
    assert response.json()["problems"][0]["path"] == "process"


async def test_a_board_is_asked_by_a_body_too(sam: Person) -> None:
    asked = {"where": {"field": "owner", "op": "eq", "value": {"var": "me"}}, "columns": ["name"], "limit": 1}
    response = await sam.post("/objects/opportunity/board", asked)
    assert response.status_code == 200
    assert len(response.json()["columns"]) == 10


async def test_counts_and_sums_over_groups_are_those_of_the_visible_records(sam: Person, wes: Person) -> None:
    word = f"sum{some_number()}"
    await sam.opportunity(name=word, amount="10")
    await sam.opportunity(name=word, amount="30")
    await wes.opportunity(name=word, amount="1000")
    body = {
        "where": {"field": "name", "op": "eq", "value": word},
        "group": ["owner", {"field": "created_at", "by": "year"}],
        "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}, {"fn": "max", "field": "amount"}],
    }
    (row,) = (await sam.post("/objects/opportunity/aggregate", body)).json()["rows"]
    assert row["group"][0]["title"] == "sam"
    assert row["values"] == ["2", "40.00", "30.00"]


async def test_a_hidden_field_is_neither_grouped_nor_measured(sam: Person) -> None:
    for body in (
        {"group": ["cost"], "measures": [{"fn": "count"}]},
        {"measures": [{"fn": "sum", "field": "cost"}]},
    ):
        assert (await sam.post("/objects/product/aggregate", body)).status_code == 422
