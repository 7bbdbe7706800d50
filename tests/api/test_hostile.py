"""What nobody sane would send: clear refusals, never a fault of the program."""

import pytest

from tests.api.conftest import Person

LEADS = "/objects/lead/records"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "required"),
        (b"{", "bad_json"),
        (b"nonsense", "bad_json"),
        (b'{"values":{"budget":NaN}}', "bad_json"),
        (b'{"values":{"budget":Infinity}}', "bad_json"),
        (b'{"values":{"name":"\\ud800"}}', "bad_json"),
        (b'{"values":{"name":"\xff\xfe"}}', "bad_json"),
        (b'{"values":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bad_json"),
        (b'{"values":{"needs":' + b"[" * 100 + b"]" * 100 + b"}}", "too_deep"),
        (b'{"values":{"name":"a\\u0000b"}}', "unusable_text"),
        (b'{"values":{"a\\u0000b":1}}', "unusable_text"),
        (b"[]", "wrong_type"),
        (b"null", "wrong_type"),
        (b"7", "wrong_type"),
        (b'{"values":[]}', "wrong_type"),
        (b'{"values":{"name":"X"},"more":1}', "unknown_key"),
        (b'{"values":{"name":"X"},"duplicates":"maybe"}', "bad_choice"),
    ],
)
async def test_a_body_that_makes_no_sense_is_refused(sam: Person, body: bytes, code: str) -> None:
    response = await sam.post(LEADS, None, content=body, headers=JSON)
    assert response.status_code == 422, response.text
    assert code in {problem["code"] for problem in response.json()["problems"]}


async def test_of_a_key_that_comes_twice_the_last_one_counts(sam: Person) -> None:
    body = b'{"values":{"name":"first","name":"last"}}'
    response = await sam.post(LEADS, None, content=body, headers=JSON)
    assert (response.status_code, response.json()["name"]) == (201, "last")


@pytest.mark.parametrize(
    "values",
    [
        {"name": 7},
        {"name": ["x"]},
        {"name": {"x": 1}},
        {"name": "x" * 100_000},
        {"name": "X", "budget": 10**40},
        {"name": "X", "budget": "1e400"},
        {"name": "X", "budget": {"value": [1]}},
        {"name": "X", "next_at": "0000-00-00T00:00:00Z"},
        {"name": "X", "next_at": "99999-01-01T00:00:00Z"},
        {"name": "X", "expected_purchase": "2026-02-30"},
        {"name": "X", "expected_purchase": 20260230},
        {"name": "X", "products": "not a list"},
        {"name": "X", "products": [{"id": {"id": 1}}]},
        {"name": "X", "owner": "not an id"},
        {"name": "X", "source": "no such option"},
        {"name": "X", "address": {"province": 7}},
        {"name": "X", "address": [[[[]]]]},
        {"name": "X", "stage": "nowhere"},
        {"name": "X", "score": 5},
        {"name": "X", "id": "00000000-0000-0000-0000-000000000000"},
        {"name": "X", "created_at": "2020-01-01T00:00:00Z"},
        {"name": "X", "do_not_call": "perhaps"},
        {"": "X"},
        {"name.x": "X"},
        {"x" * 10_000: "X"},
    ],
)
async def test_a_value_that_fits_no_field_is_refused_with_its_place(
    sam: Person, values: dict[str, object]
) -> None:
    response = await sam.post(LEADS, {"values": values})
    assert response.status_code == 422, response.text
    assert all(len(problem["path"]) <= 10_000 and problem["text"] for problem in response.json()["problems"])


@pytest.mark.parametrize(
    "where",
    [
        "{",
        "7",
        '"text"',
        "[]",
        '{"field":"name"}',
        '{"field":"nothing","op":"eq","value":1}',
        '{"field":"name","op":"regex","value":"(a+)+$"}',
        '{"field":"budget","op":"gt","value":"x"}',
        '{"field":"budget","op":"gt","value":1e999}',
        '{"field":"owner","op":"eq","value":{"var":"nobody"}}',
        '{"field":"owner","op":"eq","value":{"var":{}}}',
        '{"field":"created_at","op":"within","value":{"relative":"last_days","n":1e9}}',
        '{"field":"account.owner.name.x","op":"eq","value":1}',
        '{"field":"a.b.c.d.e.f.g","op":"eq","value":1}',
        '{"field":"q","op":"contains","value":7}',
        '{"field":"id","op":"eq","value":"x"}',
        '{"field":"id","op":"in","value":"x"}',
        '{"all":{}}',
        '{"all":[],"any":[]}',
        '{"not":[]}',
        '{"all":[' + ",".join(['{"field":"name","op":"empty"}'] * 400) + "]}",
        "{" + '"not":{' * 40 + "}" * 40 + "}",
        '{"field":"name","op":"eq","value":{"a":1}}',
        '{"field":"name","op":"in","value":[[1]]}',
        '{"field":"stage","op":"eq","value":null}',
        '{"field":"source","op":"has_any","value":["x"]}',
        '{"field":"products","op":"has_any","value":["x"]}',
        '{"field":"created_at","op":"between","value":["2026-01-01"]}',
        '{"field":"created_at","op":"gt","value":"not a date"}',
        '{"field":"do_not_call","op":"eq","value":"perhaps"}',
    ],
)
async def test_a_condition_that_makes_no_sense_is_refused(sam: Person, where: str) -> None:
    response = await sam.get(LEADS, params={"where": where})
    assert response.status_code == 422, response.text
    assert response.json()["problems"][0]["path"].startswith("where")


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "nothing"},
        {"sort": "products"},
        {"sort": "-"},
        {"sort": "name;drop table"},
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "501"},
        {"limit": "many"},
        {"limit": "9" * 5000},
        {"after": "x"},
        {"after": "W10"},
        {"after": "WzEsMl0"},
        {"after": "WyJub3QgYSBudW1iZXIiXQ"},
        {"after": "é"},
        {"count": "maybe"},
        {"colour": "red"},
        {"columns": ",".join(["x"] * 300)},
        {"view": "00000000-0000-0000-0000-000000000000"},
        {"q": "x" * 1000},
    ],
)
async def test_a_list_that_cannot_be_is_refused(sam: Person, asked: dict[str, str]) -> None:
    assert (await sam.get(LEADS, params=asked)).status_code in (404, 422)


@pytest.mark.parametrize(
    "q", ["%", "_", "\\", "'", '"', "  ", "😀", "x" * 400, "a b c d e f g h i j k l m", "%' or 1=1"]
)
async def test_any_words_can_be_searched(sam: Person, q: str) -> None:
    assert (await sam.get(LEADS, params={"q": q})).status_code == 200
    assert (await sam.get("/search", params={"q": q})).status_code == 200


@pytest.mark.parametrize("columns", ["nothing", "", ",,,", "name,name,name", "name;drop", "id", "can"])
async def test_columns_that_are_not_there_are_left_out(sam: Person, columns: str) -> None:
    assert (await sam.get(LEADS, params={"columns": columns})).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "multipart/form-data", "application/json; charset=latin-1"],
)
async def test_a_body_of_another_kind_is_refused(sam: Person, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = await sam.post(LEADS, None, content=b"x", headers=headers)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "measures",
    [[], [{"fn": "median"}], [{"fn": "sum"}], [{"fn": "sum", "field": "name"}], [{"fn": "count"}] * 20],
)
async def test_a_measure_that_cannot_be_is_refused(sam: Person, measures: list[object]) -> None:
    response = await sam.post("/objects/lead/aggregate", {"measures": measures})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "group",
    [
        ["nothing"],
        ["products"],
        [{"field": "name", "by": "month"}],
        ["owner"] * 9,
        [{"field": "created_at", "by": "eon"}],
    ],
)
async def test_a_group_that_cannot_be_is_refused(sam: Person, group: list[object]) -> None:
    response = await sam.post("/objects/lead/aggregate", {"group": group, "measures": [{"fn": "count"}]})
    assert response.status_code == 422
