"""Each way of reading held against the oracle, for one person in one world. Every function raises AssertionError."""

import asyncio
import csv
import io
from collections import Counter
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from jieli.api.records import BATCH
from tests.access.oracle import Judge, Row, read_snapshot
from tests.access.plans import AMOUNTS, LINKS, OBJECTS, PHONES, SEARCHED, STAGED, TEXTS, TITLES, hideable
from tests.access.world import ids_within
from tests.api.reader import Reader, ids_of, where


async def lists(reader: Reader, key: str) -> None:
    """All that may be seen and nothing else, with the fields that may be read."""
    shown = reader.judge.shown(key)
    response = await reader.get(f"/objects/{key}/records", limit=500, count=True)
    if not reader.judge.may("read", key):
        assert response.status_code == 403, (key, response.text)
        return
    assert response.status_code == 200, (key, response.text)
    assert sorted(ids_of(response)) == sorted(shown), key
    assert response.json()["count"] == {"value": len(shown), "exact": True}
    for item in response.json()["items"]:
        _check_values(reader, key, item)
    trashed = await reader.get(f"/objects/{key}/records", limit=500, trash=True)
    assert set(ids_of(trashed)) == reader.judge.shown(key, trashed=True), key
    paged = await _paged(reader, key)
    assert paged == ids_of(response), key


def _check_values(reader: Reader, key: str, item: dict[str, Any]) -> None:
    row = reader.row(key, UUID(item["id"]))
    for name in hideable(key):
        assert (name in item) == reader.judge.reads(key, name), (key, name)
    for name in TEXTS[key]:
        if reader.judge.reads(key, name):
            assert item[name] == row[name], (key, name)


async def _paged(reader: Reader, key: str) -> list[UUID]:
    found: list[UUID] = []
    after = None
    while True:
        page = await reader.post(f"/objects/{key}/query", {"limit": 2, "after": after})
        found += ids_of(page)
        after = page.json()["next"]
        if after is None:
            return found


async def single_records(reader: Reader, key: str) -> None:
    """What may be seen is shown with what may be done to it, everything else does not exist."""
    for record, row in reader.judge.snapshot.rows[key].items():
        response = await reader.get(f"/objects/{key}/records/{record}")
        seen = reader.judge.sees(key, row)
        assert response.status_code == (200 if seen else 404), (key, record, response.text)
        if seen:
            _check_values(reader, key, response.json())
            for action in ("update", "delete", "transfer"):
                assert response.json()["can"][action] == reader.judge.sees(key, row, action), (key, action)


def questions(reader: Reader, key: str) -> list[Any]:
    """Conditions over every field that a role may hide, over what references lead to, and over texts."""
    some = next(iter(reader.judge.snapshot.rows[key].values()))
    hidden = [name for name in hideable(key) if not reader.judge.reads(key, name)]
    shown = [name for name in hideable(key) if name not in hidden]
    trees: list[Any] = [{"field": name, "op": "not_empty"} for name in [*hidden, *shown[:2]]]
    trees += [{"field": TITLES[key], "op": "contains", "value": some[TITLES[key]]}]
    for link, target in LINKS.get(key, {}).items():
        trees += [
            {"field": f"{link}.{name}", "op": "not_empty"} for name in (TITLES[target], "note", "owner")
        ]
        trees += [{"not": {"field": f"{link}.owner", "op": "eq", "value": {"var": "me"}}}]
    return [tree for tree in trees if key != "activity" or "note" not in str(tree)]


def _named(tree: Any) -> str:
    return str(_named(tree["not"]) if "not" in tree else tree["field"])


def _may_ask(judge: Judge, key: str, path: list[str]) -> bool:
    """Whether none of the fields on the way is hidden."""
    if not judge.reads(key, path[0]):
        return False
    return len(path) == 1 or _may_ask(judge, LINKS[key][path[0]], path[1:])


async def conditions(reader: Reader, key: str) -> None:
    """Nobody learns by filtering, sorting, counting or summing what they may not read."""
    if not reader.judge.may("read", key):
        return
    for tree in questions(reader, key):
        allowed = _may_ask(reader.judge, key, _named(tree).split("."))
        response = await reader.post(f"/objects/{key}/query", {"where": tree, "limit": 500})
        assert response.status_code == (200 if allowed else 422), (key, tree, response.text)
        if allowed:
            rows = reader.rows(key, reader.judge.shown(key))
            expected = {row["id"] for row in rows if reader.judge.holds(tree, key, row, guarded=True)}
            assert set(ids_of(response)) == expected, (key, tree)
    for name in hideable(key):
        if not reader.judge.reads(key, name):
            ordered = await reader.post(f"/objects/{key}/query", {"sort": [f"-{name}"]})
            counted = {"group": [name], "measures": [{"fn": "count"}]}
            grouped = await reader.post(f"/objects/{key}/aggregate", counted)
            assert (ordered.status_code, grouped.status_code) == (422, 422), (key, name)


async def aggregates(reader: Reader, key: str) -> None:
    if not reader.judge.may("read", key):
        return
    rows = reader.rows(key, reader.judge.shown(key))
    counted = await reader.post(f"/objects/{key}/aggregate", {"measures": [{"fn": "count"}]})
    assert counted.json()["rows"][0]["values"] == [str(len(rows))], key
    if reader.judge.reads(key, "owner"):
        question = {"group": ["owner"], "measures": [{"fn": "count"}]}
        grouped = (await reader.post(f"/objects/{key}/aggregate", question)).json()["rows"]
        found = {one["group"][0] and one["group"][0]["id"]: int(one["values"][0]) for one in grouped}
        assert found == Counter(row["owner"] and str(row["owner"]) for row in rows), key
    for name in AMOUNTS.get(key, ()):
        summed = await reader.post(f"/objects/{key}/aggregate", {"measures": [{"fn": "sum", "field": name}]})
        if not reader.judge.reads(key, name):
            assert summed.status_code == 422, (key, name)
            continue
        assert number_of(summed.json()["rows"][0]["values"][0]) == total_of(rows, name), (key, name)


def number_of(text: str | None) -> Decimal:
    return Decimal(text or 0)


def total_of(rows: list[Row], name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in rows if row[name] is not None), Decimal(0))


async def boards(reader: Reader, key: str) -> None:
    if key not in STAGED or not reader.judge.may("read", key):
        return
    rows = reader.rows(key, reader.judge.shown(key))
    response = await reader.get(f"/objects/{key}/board")
    assert response.status_code == 200, response.text
    for column in response.json()["columns"]:
        own = [row for row in rows if row["stage"] == column["stage"]]
        assert column["count"] == len(own), (key, column["stage"])
        assert {UUID(one["id"]) for one in column["items"]} == {row["id"] for row in own}
        for name in AMOUNTS[key]:
            if not reader.judge.reads(key, name):
                assert name not in column["sum"], (key, name)
            elif name in column["sum"]:
                assert number_of(column["sum"][name]) == total_of(own, name), (key, name)
        for item in column["items"]:
            _check_values(reader, key, item)


async def searches(reader: Reader, key: str) -> None:
    """By each word of each record: found exactly by who may see the record and read the field."""
    for word, origin in reader.visit.world.words.known.items():
        if origin.object != key or origin.kind != "field" or origin.place not in SEARCHED.get(key, ()):
            continue
        row = reader.row(key, origin.record)
        stands = word in str(row[origin.place])
        seen = stands and row["deleted_at"] is None and reader.judge.sees(key, row)
        expected = seen and reader.judge.reads(key, origin.place)
        found = (await reader.get("/search", q=word)).json()["groups"]
        hits = [UUID(item["id"]) for group in found for item in group["items"]]
        assert hits == ([origin.record] if expected else []), (word, origin)
        if reader.judge.may("read", key):
            listed = await reader.get(f"/objects/{key}/records", q=word)
            assert ids_of(listed) == ([origin.record] if expected else []), (word, origin)
            asked = {"where": {"field": "q", "op": "contains", "value": word}}
            assert ids_of(await reader.post(f"/objects/{key}/query", asked)) == ids_of(listed), (word, origin)


async def exports(reader: Reader, key: str) -> None:
    response = await reader.get(f"/objects/{key}/export", format="csv")
    if not (reader.judge.may("export", key) and reader.judge.may("read", key)):
        assert response.status_code == 403, (key, response.text)
        return
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(lines) - 1 == len(reader.judge.shown(key)), key
    await reader.get(f"/objects/{key}/export", format="xlsx")
    for tree in questions(reader, key):
        if not _may_ask(reader.judge, key, _named(tree).split(".")):
            refused = await reader.get(f"/objects/{key}/export", format="csv", where=where(tree))
            assert refused.status_code == 422, (key, tree)


async def related(reader: Reader, key: str) -> None:
    for record, row in reader.judge.snapshot.rows[key].items():
        if not reader.judge.sees(key, row):
            continue
        response = await reader.get(f"/objects/{key}/records/{record}/related")
        found = {(one["object"], one["field"]): one["count"] for one in response.json()["groups"]}
        assert found == _leading_to(reader, key, record), (key, record)


def _leading_to(reader: Reader, key: str, record: UUID) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for other in OBJECTS:
        for link, target in LINKS.get(other, {}).items():
            if target == key and reader.judge.reads(other, link):
                rows = reader.rows(other, reader.judge.shown(other))
                counts[other, link] += sum(row[link] == record for row in rows)
    return {place: count for place, count in counts.items() if count}


async def scores(reader: Reader, key: str) -> None:
    """A score is explained to who may read it."""
    for record, row in reader.judge.snapshot.rows[key].items():
        if key in STAGED and reader.judge.sees(key, row):
            response = await reader.get(f"/objects/{key}/records/{record}/score")
            readable = reader.judge.reads(key, "score") and reader.judge.reads(key, "score_parts")
            assert response.json()["score"] == (row["score"] if readable else None), (key, record)


async def assignments(reader: Reader, key: str) -> None:
    """The rules are run for what may be seen and what nobody owns; nothing else is counted."""
    if key == "lead" and reader.judge.may("transfer", key):
        rows = reader.rows(key, reader.judge.shown(key))
        ids = [str(record) for record in reader.judge.snapshot.rows[key]]
        async with reader.undone():
            response = await reader.post(f"/objects/{key}/assign", {"ids": ids})
        assert response.json()["count"] == sum(row["owner"] is None for row in rows)


async def bulk_previews(reader: Reader, key: str) -> None:
    """By a condition only what may be both seen and changed is chosen."""
    wanted = {"action": "delete", "where": {"field": "created_at", "op": "not_empty"}, "dry_run": True}
    response = await reader.post(f"/objects/{key}/batch", wanted)
    if response.status_code == 200:
        rows = reader.rows(key, reader.judge.shown(key))
        assert response.json()["count"] == sum(reader.judge.sees(key, row, "delete") for row in rows), key


async def live(reader: Reader, key: str) -> None:
    """A change of everything at once is told as far as it may be seen."""
    hub, person = reader.visit.process.hub, reader.person
    assert person.member is not None
    rows = reader.judge.snapshot.rows[key]
    ids = [str(one) for one in rows]
    told = {"workspace": person.slug, "object": key, "ids": ids, "kind": "update"}
    tab = hub.join(person.slug, person.member)
    try:
        hub.heard(orjson.dumps(told).decode())
        await asyncio.gather(*hub._tasks)
        tab.close()
        found = await tab.next(10) or b""
    finally:
        hub.leave(person.slug, person.member, tab)
    seen = {record for record, row in rows.items() if reader.judge.sees(key, row)}
    assert ids_within(found.decode()) == (seen if reader.judge.may("read", key) else set()), key


async def changes(reader: Reader, key: str) -> None:
    """A field is written by who sees the record, may change it and may write the field."""
    name = TEXTS[key][-1]
    for record, row in reader.judge.snapshot.rows[key].items():
        async with reader.undone():
            response = await reader.ask(
                "PATCH", f"/objects/{key}/records/{record}", json={"values": {name: "新"}}
            )
        assert response.status_code == _outcome(reader.judge, key, row, name), (key, record, response.text)


def _outcome(judge: Judge, key: str, row: Row, name: str) -> int:
    if not judge.sees(key, row) or row["deleted_at"] is not None:
        return 404
    if judge.access(key, name) != "write":
        return 422 if judge.sees(key, row, "update") else 403
    return 200 if judge.sees(key, row, "update") else 403


async def duplicates(reader: Reader, key: str) -> None:
    """While typing, and when saving: that there is such a record, and no more where it may not be seen."""
    if key not in PHONES or not reader.judge.may("create", key):
        return
    for word, origin in reader.visit.world.words.known.items():
        if origin.place not in PHONES.get(origin.object, ()) or not reader.judge.reads(key, "phone"):
            continue
        typed = {"values": {"phone": word}}
        response = await reader.post(f"/objects/{key}/check", typed)
        for match in response.json()["duplicates"]:
            assert match["visible"] == (match["id"] is not None) == (match["title"] is not None), match
        if response.json()["duplicates"]:
            async with reader.undone():
                typed["values"][TITLES[key]] = "新"
                await reader.post(f"/objects/{key}/records", typed)


async def taking_back(reader: Reader, key: str) -> None:
    """What came in between keeps an undo from being whole, and what may no longer be seen is not told in it."""
    name = TEXTS[key][-1]
    may = [r for r in reader.judge.snapshot.rows[key].values() if _outcome(reader.judge, key, r, name) == 200]
    for row in may[:1]:
        async with reader.undone():
            path = f"/objects/{key}/records/{row['id']}"
            response = await reader.ask("PATCH", path, json={"values": {name: "新"}})
            await reader.visit.take_from_everybody(key, row["id"], name)
            after = Judge(await read_snapshot(reader.visit.tx, reader.visit.world), reader.judge.me)
            later = Reader(reader.visit, reader.person, after)
            path = f"/undo/{response.headers[BATCH]}"
            undone = await later.ask("POST", path, json={}, knowing=str(row["id"]))
            assert undone.is_success, undone.text


PATHS: tuple[Callable[[Reader, str], Awaitable[None]], ...] = (
    lists,
    single_records,
    conditions,
    aggregates,
    boards,
    searches,
    exports,
    related,
    scores,
    assignments,
    bulk_previews,
    live,
    changes,
    duplicates,
    taking_back,
)
