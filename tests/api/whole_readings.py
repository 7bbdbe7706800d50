"""Ways of reading that are about a whole workspace, held against the oracle. Every function raises AssertionError."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from jieli.access import load_actor
from jieli.intake.imports import store as import_store
from jieli.intake.imports.job import Run, perform, rehearse
from jieli.intake.imports.runs import shelf_of
from tests.access.oracle import Row
from tests.access.plans import OBJECTS, PHONES, STAGED
from tests.api.reader import Reader
from tests.api.readings import number_of, total_of
from tests.api.test_hidden import ENDLESS, QUESTIONS
from tests.api.test_strangers import NOBODY, operations


async def sweep(reader: Reader) -> None:
    """Every address that is only read, with every record in it; what is hidden is answered as what is not there."""
    slug = "{ws}"
    for name, method, path, _ in operations(reader.visit.app):
        if method != "get" or slug not in path or name in ENDLESS:
            continue
        for key in OBJECTS if "{object}" in path else ("",):
            ids = [*reader.judge.snapshot.rows[key]] if "{record}" in path else [NOBODY]
            for record in ids:
                await _swept(reader, name, path, key, record)


async def _swept(reader: Reader, name: str, path: str, key: str, record: UUID) -> None:
    known = {"{object}": key, "{record}": str(record), "{key}": "contacted"}
    place = "/".join(
        known.get(part, str(NOBODY) if part.startswith("{") else part) for part in path.split("/")[4:]
    )
    response = await reader.get(f"/{place}", **QUESTIONS.get(name, {}))
    if record != NOBODY and not reader.judge.sees(key, reader.row(key, record)):
        assert not response.is_success, (name, key, record)


async def files(reader: Reader) -> None:
    """A file is read by who may see its record and read the field that it is in."""
    for file in reader.judge.snapshot.files:
        row, place = reader.row(file["object"], file["record"]), file["field"]
        seen = reader.judge.sees(file["object"], row) and (
            not place or reader.judge.reads(file["object"], place)
        )
        response = await reader.get(f"/files/{file['id']}")
        assert response.status_code == (200 if seen else 404), file


async def figures(reader: Reader) -> None:
    """What the reports count is what may be seen: everything here was made this month."""
    for key in STAGED:
        response = await reader.get("/insight/funnel", process=key)
        if not reader.judge.may("read", key):
            assert response.status_code == 403, key
            continue
        rows = reader.rows(key, reader.judge.shown(key))
        assert response.json()["stages"][0]["entered"] == len(rows), key
        if key == "opportunity":
            expected = total_of(rows, "amount") if reader.judge.reads(key, "amount") else None
            amount = response.json()["stages"][0]["amount"]
            assert (amount is None) == (expected is None), key
            assert number_of(amount) == (expected or 0), key
    counts = {"collected": "lead", "new_opportunities": "opportunity"}
    summary = {one["key"]: one for one in (await reader.get("/insight/summary")).json()["numbers"]}
    for name, key in counts.items():
        expected_count = len(reader.judge.shown(key)) if reader.judge.may("read", key) else 0
        assert (summary[name]["value"] or 0) == expected_count, name
    await _boards_of_fame(reader)


async def _boards_of_fame(reader: Reader) -> None:
    allowed = reader.judge.has_right("dashboard")
    for path in ("departments", "leads", "leaderboard"):
        response = await reader.get(f"/insight/{path}")
        assert response.status_code == (200 if allowed else 403), path
    if allowed:
        total = (await reader.get("/insight/leads")).json()["total"]
        expected = len(reader.judge.shown("lead")) if reader.judge.may("read", "lead") else 0
        assert total["collected"] == expected
        for row in (await reader.get("/insight/leads", by="owner")).json().get("rows", ()):
            owned = [r for r in reader.rows("lead", reader.judge.shown("lead")) if _owner(r) == row["group"]]
            assert row["collected"] == len(owned) or row["group"], row


def _owner(row: Row) -> object:
    return row["owner"]


async def conversion(reader: Reader) -> None:
    """What a lead becomes tells nothing of a customer or contact that was there already and may not be seen."""
    for record, row in reader.judge.snapshot.rows["lead"].items():
        if reader.judge.sees("lead", row) and row["deleted_at"] is None:
            for body in ({}, {"opportunity": None}, {"contact": None, "opportunity": None}):
                async with reader.undone():
                    await _converted(reader, record, body)


async def _converted(reader: Reader, record: UUID, body: dict[str, None]) -> None:
    """The new records take over what the lead says, and with it words of the lead that were hidden in it."""
    lead = reader.row("lead", record)
    knowing = " ".join(str(value) for value in lead.values())
    path = f"/objects/lead/records/{record}"
    response = await reader.ask("POST", f"{path}/convert", json=body, knowing=knowing)
    if response.is_success:
        await reader.ask("GET", path, knowing=knowing)


async def imports(reader: Reader) -> None:
    """A file that asks for every customer and telephone number there is learns of none that may not be seen."""
    if not reader.judge.may("import", "lead"):
        return
    known = reader.visit.world.words.known
    phones = [word for word, origin in known.items() if origin.place in PHONES.get(origin.object, ())]
    names = [word for word, origin in known.items() if (origin.object, origin.place) == ("account", "name")]
    rows = [f"新{n},{phone}," for n, phone in enumerate(phones)]
    rows += [f"户{n},,{name}" for n, name in enumerate(names)]
    text = "\n".join(["线索名称,手机,转化客户", *rows])
    for policy in ("skip", "update"):
        async with reader.undone():
            await _imported(reader, text, policy)


async def _imported(reader: Reader, text: str, policy: str) -> None:
    file = {"file": ("名单.csv", text.encode(), "text/csv")}
    sent = await reader.ask("POST", "/imports", files=file, data={"object": "lead"}, knowing=text)
    run = sent.json()
    assert sent.status_code == 201, sent.text
    mapping = [{"index": one["index"], "target": one["target"]} for one in run["columns"]]
    at, asked = f"/imports/{run['id']}", {"mapping": mapping, "policy": policy, "assign": "owner"}
    await reader.ask("POST", f"{at}/check", json=asked, knowing=text)
    await _worked(reader, UUID(run["id"]), rehearse)
    checked = (await reader.ask("GET", at, knowing=text)).json()["check"]
    await reader.ask("POST", f"{at}/run", json=asked, knowing=text)
    await _worked(reader, UUID(run["id"]), perform)
    done = (await reader.ask("GET", at, knowing=text)).json()
    assert (done["state"], done["result"]["rows"]) == ("done", checked["rows"])
    assert done["result"]["updated"] <= sum(_is_own(reader, word) for word in text.split(","))
    await reader.ask("GET", f"{at}/result", knowing=text)
    await reader.ask("POST", f"{at}/undo", json={}, knowing=text)


def _is_own(reader: Reader, word: str) -> bool:
    """Whether it is the telephone number of a lead that may be seen and changed."""
    origin = reader.visit.world.words.known.get(word)
    if origin is None or origin.object != "lead":
        return False
    row = reader.row("lead", origin.record)
    return reader.judge.sees("lead", row) and reader.judge.sees("lead", row, "update")


async def _worked(reader: Reader, number: UUID, work: Callable[[Run], Awaitable[object]]) -> None:
    """As a worker does it."""
    db, world = reader.visit.process.db, reader.visit.world
    assert reader.person.member is not None
    actor = await load_actor(reader.visit.tx, world.workspace, reader.person.member, channel="import")
    row = await reader.visit.tx.one(import_store.one(world.workspace, number))
    assert row is not None
    await work(Run(db, actor, row, shelf_of(reader.visit.process.options.files, actor, row)))


WHOLE: tuple[Callable[[Reader], Awaitable[None]], ...] = (
    sweep,
    files,
    figures,
    conversion,
    imports,
)
