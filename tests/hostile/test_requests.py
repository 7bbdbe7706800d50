"""Requests made to break what reads them: each is refused at the place of the mistake in both languages, or taken with
the data as it was, and the next request is answered."""

import json

import httpx
import pytest

from jieli.base.language import Language
from tests.api.conftest import Person, at, some_number

LEADS = "/objects/lead/records"
JSON = {"Content-Type": "application/json"}
WORDS = (
    "'; DROP TABLE lead; --",
    '" OR 1=1 --',
    "select * from jieli.account; commit",
    "$1 $$ ${x} {0} {name} %s %(name)s",
    "甲公司' union select null--",
    "\\'; -- \\x27",
    "线索％_\\%",
    "Robert'); DELETE FROM ws_demo.lead;--",
)


async def refused(response: httpx.Response, person: Person, path: str, code: str | None = None) -> None:
    """The answer says where and what, and the server goes on."""
    assert response.status_code == 422, response.text
    problems = response.json()["problems"]
    assert problems, response.text
    assert problems[0]["path"].startswith(path)
    assert problems[0]["text"]
    assert code in (None, problems[0]["code"])
    assert len(response.content) < 100_000
    assert (await person.get(f"{LEADS}?limit=1")).status_code == 200


def nested(depth: int) -> str:
    return '{"not":' * depth + '{"field":"name","op":"empty"}' + "}" * depth


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("where", "code"),
    [
        (nested(50), None),
        (nested(10_000), None),
        ('{"all":[' * 10_000 + "]}" * 10_000, None),
        ('{"any":[' + ",".join(['{"field":"name","op":"empty"}'] * 10_000) + "]}", None),
        ('{"field":"name","op":"in","value":' + json.dumps(["x"] * 20_000) + "}", None),
        ('{"field":"' + "a." * 10_000 + 'b","op":"empty"}', None),
        ('{"field":"budget","op":"eq","value":' + "9" * 10_000 + "}", None),
        ('{"field":"budget","op":"eq","value":"' + "9" * 1_000_000 + '"}', None),
        ('{"field":"created_at","op":"eq","value":"0000-01-01"}', None),
        ('{"field":"created_at","op":"eq","value":"10000-01-01"}', None),
    ],
)
async def test_a_monstrous_condition_is_refused(
    sam: Person, where: str, code: str | None, language: str
) -> None:
    body = b'{"where":' + where.encode() + b"}"
    headers = {**JSON, "Accept-Language": language}
    response = await sam.post("/objects/lead/query", None, content=body, headers=headers)
    if response.json().get("problems", [{}])[0].get("code") == "bad_json":
        assert "[[" in where or len(where) > 10_000, (
            "only towers and endless numbers are no JSON for the reader"
        )
        return
    await refused(response, sam, "where", code)


@pytest.mark.parametrize(
    "sort",
    [
        ["name"] * 1_000,
        ["nothing"],
        ["-" * 100],
        ["name; drop table lead"],
        ["x" * 1_000_000],
        ["account.owner.name.x"],
    ],
)
async def test_a_monstrous_order_is_refused(sam: Person, sort: list[str]) -> None:
    await refused(await sam.post("/objects/lead/query", {"sort": sort}), sam, "sort")


@pytest.mark.parametrize(
    "after",
    [
        "W10=",
        "bnVsbA",
        "WzEsMl0",
        "eyJhIjoxfQ",
        "WyJcdTAwMDAiXQ",
        "x" * 3_000,
        "W251bGwsbnVsbF0",
        "WyJ4IiwieCJd",
        "WyJcdTAwMDAiLCJ4Il0",
        "'; drop",
        "WzFlOTk5XQ",
    ],
)
async def test_a_forged_cursor_is_refused(sam: Person, after: str) -> None:
    await refused(await sam.get(LEADS, params={"after": after}), sam, "after")


@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "-Infinity", "1e400", "9" * 1_000_000, f"0.{'1' * 1_000_000}", 2**64, -(2**70)],
)
async def test_a_number_that_no_amount_has_is_refused(sam: Person, value: object) -> None:
    body = json.dumps({"values": {"name": "X", "budget": value}}).encode()
    response = await sam.post(LEADS, None, content=body, headers=JSON)
    await refused(response, sam, "budget")


@pytest.mark.parametrize(
    "day", ["0000-01-01", "10000-01-01", "-0001-01-01", "2026-02-30", "9999-99-99", "2026-W01-1", 10**18]
)
async def test_a_day_that_no_calendar_has_is_refused(sam: Person, day: object) -> None:
    response = await sam.post(LEADS, {"values": {"name": "X", "expected_purchase": day}})
    await refused(response, sam, "expected_purchase")


async def test_an_id_of_another_kind_of_record_is_not_found(sam: Person) -> None:
    deal = await sam.opportunity()
    assert (await sam.get(at(deal, "lead"))).status_code == 404
    response = await sam.post(LEADS, {"values": {"name": "X", "owner": deal["id"]}})
    assert response.status_code in (404, 422)
    assert (await sam.get(LEADS)).status_code == 200


@pytest.mark.parametrize("words", WORDS)
async def test_words_of_sql_are_words(sam: Person, words: str) -> None:
    made = await sam.lead(name=words, note=words, contact_name=words)
    assert (made["name"], made["note"], made["contact_name"]) == (words, words, words)
    where = json.dumps({"field": "name", "op": "eq", "value": words})
    found = (await sam.get(LEADS, params={"where": where})).json()["items"]
    assert made["id"] in [one["id"] for one in found]
    assert (await sam.get("/search", params={"q": words})).status_code == 200
    view = await sam.post(
        "/objects/lead/views", {"label": {"zh": words, "en": words}, "where": json.loads(where)}
    )
    assert (view.status_code, view.json()["label"]["en"]) == (201, words)
    said = await sam.post(at(made, "lead", "/comments"), {"text": words})
    assert (said.status_code, said.json()["text"]) == (201, words)


@pytest.mark.parametrize("words", [one for one in WORDS if one.isascii()])
async def test_words_of_sql_in_headers_are_words(sam: Person, words: str) -> None:
    headers = {"Idempotency-Key": f"{words}{some_number()}", "Accept-Language": words, "User-Agent": words}
    name = f"标头{some_number()}"
    answers = [await sam.post(LEADS, {"values": {"name": name}}, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]


@pytest.mark.parametrize("name", ["张\u202e三", "张\u2066三", "\u2067张三\u2069"])
async def test_a_name_cannot_turn_the_order_of_letters_around(sam: Person, name: str) -> None:
    assert (await sam.lead(name=name))["name"] == "张三"


@pytest.mark.parametrize("trick", ["\u200b", "\u2060", "\u2066", "\ufeff", "\xad", "　"])
async def test_invisible_characters_make_no_second_customer(sam: Person, trick: str) -> None:
    number = some_number()
    await sam.make("account", name=f"第{number}号隐形有限公司")
    response = await sam.post(
        "/objects/account/records", {"values": {"name": f"第{number}{trick}号隐形{trick}有限公司"}}
    )
    assert (response.status_code, response.json()["code"]) == (409, "duplicate")


@pytest.mark.parametrize("trick", ["ｆ{0}", "F{0}", "f\u200b{0}", "\u202ef{0}", " f{0} "])
async def test_invisible_and_wide_characters_make_no_second_login(boss: Person, trick: str) -> None:
    login = f"ox{some_number()}"
    first = await boss.post("/members", {"values": {"name": f"甲{login}"}, "login": f"f{login}"})
    assert first.status_code == 201, first.text
    again = await boss.post("/members", {"values": {"name": f"乙{login}"}, "login": trick.format(login)})
    assert (again.status_code, again.json()["code"]) == (409, "already_member")


async def test_a_login_of_look_alike_letters_is_refused(boss: Person) -> None:
    body = {"values": {"name": f"丙{some_number()}"}, "login": "b\u043ess"}
    await refused(await boss.post("/members", body), boss, "login", "mixed_login")


@pytest.mark.parametrize(
    "reading",
    [
        {"sheet": "x" * 200_000},
        {"encoding": "punycode"},
        {"encoding": "undefined"},
        {"delimiter": "\u202e"},
        {"header_row": 2**40},
    ],
)
async def test_a_file_cannot_be_read_in_monstrous_ways(boss: Person, reading: dict[str, object]) -> None:
    files = {"file": ("a.csv", "姓名,手机\n甲,1\n".encode())}
    run = (await boss.post("/imports", None, files=files, data={"object": "lead"})).json()
    response = await boss.patch(f"/imports/{run['id']}", reading)
    assert response.status_code == 422, response.text
    assert (await boss.get(f"/imports/{run['id']}")).json()["state"] == "draft"


async def test_the_only_patterns_are_plain_ones(sam: Person) -> None:
    """There are no regular expressions to choke on."""
    where = '{"field":"name","op":"matches","value":"(a+)+$"}'
    await refused(await sam.get(LEADS, params={"where": where}), sam, "where")
