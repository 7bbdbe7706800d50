"""Access: random organisations and records against a brute-force oracle, on every read path."""

from dataclasses import replace
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.access import Action, Actor, predicate
from jieli.blueprint.document import ObjectRights
from jieli.db.pool import Database, Tx
from jieli.db.sql import sql
from jieli.records.read import ListQuery, aggregate, board, list_records
from tests.company import Company

SCOPES = ("own", "created", "subordinates", "department", "department_tree", "shared", "all")
NAMES = ("mary", "sam", "sue", "wes", "eva", "will", "boss")
MANAGED = {"sam": ("eva", "boss"), "sue": ("eva", "boss"), "wes": ("will", "boss"), "eva": ("boss",),
           "will": ("boss",), "mary": ("boss",), "boss": ()}  # fmt: skip
ABOVE = {"east": ("east", "sales", "head"), "west": ("west", "sales", "head"), "market": ("market", "head"),
         "head": ("head",)}  # fmt: skip
HOME = {
    "mary": "market",
    "sam": "east",
    "sue": "east",
    "wes": "west",
    "eva": "east",
    "will": "west",
    "boss": "head",
}

people = st.sampled_from(NAMES)
records = st.lists(
    st.fixed_dictionaries(
        {
            "owner": people,
            "holder": people,
            "created_by": people,
            "department": st.sampled_from(sorted(ABOVE)),
            "shared": st.sets(people, max_size=2),
            "deleted": st.booleans(),
        }
    ),
    min_size=1,
    max_size=12,
)


def oracle(who: str, scopes: set[str], record: dict[str, object]) -> bool:
    """Whether somebody with these scopes may see the record, said once more in the plainest way."""
    holders = (record["owner"], record["holder"])
    answers = {
        "all": True,
        "own": who in holders,
        "created": record["created_by"] == who,
        "subordinates": any(who in MANAGED[str(name)] for name in holders),
        "department": record["department"] == HOME[who],
        "department_tree": HOME[who] in ABOVE[str(record["department"])],
        "shared": who in record["shared"],  # type: ignore[operator]
    }
    return any(answers[scope] for scope in scopes)


async def _written(tx: Tx, company: Company, given_records: list[dict[str, object]]) -> dict[str, int]:
    """Rows straight into the table: what is tested is reading."""
    lead = company.workspace.object("lead")
    await tx.run(sql("delete from {t}", t=lead.table))
    ids: dict[str, int] = {}
    for number, one in enumerate(given_records):
        row = await tx.value(
            sql(
                "insert into {t} (id, name, owner, holder, created_by, department, stage, process, outcome,"
                " created_at, updated_at, deleted_at) values (gen_random_uuid(), 'x', {owner}, {holder}, {by},"
                " {department}, 'new', 'lead', 'open', now(), now(), case when {gone} then now() end) returning id",
                t=lead.table,
                owner=company.members[str(one["owner"])],
                holder=company.members[str(one["holder"])],
                by=company.members[str(one["created_by"])],
                department=company.departments[str(one["department"])],
                gone=one["deleted"],
            )
        )
        ids[str(row)] = number
        for name in one["shared"]:  # type: ignore[attr-defined]
            await tx.run(
                sql(
                    "insert into {s} values ({m}, 'lead', {r}, 'read', 'test', now())",
                    s=company.workspace.table("share"),
                    m=company.members[name],
                    r=row,
                )
            )
    return ids


def _with_scopes(actor: Actor, scopes: set[str]) -> Actor:
    """The same person in a workspace whose only role reads leads in these scopes."""
    document = actor.workspace.document
    role = document.roles["sales"].model_copy(
        update={
            "objects": {"lead": ObjectRights.model_validate({"read": sorted(scopes)})},
            "everything": False,
        }
    )
    changed = document.model_copy(update={"roles": {"sales": role}})
    workspace = _replaced(actor.workspace, document=changed)
    return _replaced(actor, workspace=workspace, roles=("sales",))


def _replaced(value: Any, **changes: object) -> Any:

    return replace(value, **changes)


class _Undone(Exception):
    pass


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_records=records, who=people, scopes=st.sets(st.sampled_from(SCOPES), min_size=1, max_size=4))
async def test_every_way_of_reading_shows_what_the_oracle_allows(
    db: Database, company: Company, given_records: list[dict[str, object]], who: str, scopes: set[str]
) -> None:
    try:
        async with db.begin() as tx:
            ids = await _written(tx, company, given_records)
            actor = _with_scopes(await company.actor(tx, who), scopes)
            expected = {
                number
                for number, one in enumerate(given_records)
                if oracle(who, scopes, one) and not one["deleted"]
            }
            await _check_paths(tx, company, actor, ids, expected)
            raise _Undone
    except _Undone:
        pass


async def _check_paths(
    tx: Tx, company: Company, actor: Actor, ids: dict[str, int], expected: set[int]
) -> None:
    listed = orjson.loads(await list_records(tx, actor, "lead", ListQuery(count=True, limit=500)))
    assert {ids[item["id"]] for item in listed["items"]} == expected
    assert listed["count"] == {"value": len(expected), "exact": True}
    sorted_ = orjson.loads(
        await list_records(tx, actor, "lead", ListQuery(sort=["-score", "name"], limit=500))
    )
    assert {ids[item["id"]] for item in sorted_["items"]} == expected
    shown = await board(tx, actor, "lead", ListQuery())
    assert sum(column["count"] for column in shown["columns"]) == len(expected)
    assert {ids[i["id"]] for column in shown["columns"] for i in column["items"]} == expected
    summed = orjson.loads(
        await aggregate(tx, actor, "lead", ListQuery(), group=[], measures=[{"fn": "count"}])
    )
    assert summed["rows"][0]["values"] == [str(len(expected))]
    rows = await tx.all(
        sql(
            "select t.id from {t} t where t.deleted_at is null and {p}",
            t=company.workspace.object("lead").table,
            p=predicate(actor, actor.workspace.object("lead"), Action.READ),
        )
    )
    assert {ids[str(row["id"])] for row in rows} == expected


async def test_pages_of_a_restricted_list_follow_each_other_without_loss(tx: Tx, company: Company) -> None:
    names = [n for n in NAMES for _ in range(3)]
    given_records = [
        {
            "owner": n,
            "holder": n,
            "created_by": "mary",
            "department": HOME[n],
            "shared": set(),
            "deleted": False,
        }
        for n in names
    ]
    ids = await _written(tx, company, given_records)
    actor = _with_scopes(await company.actor(tx, "eva"), {"own", "subordinates", "department_tree"})
    seen: list[int] = []
    cursor = None
    while True:
        page = orjson.loads(
            await list_records(tx, actor, "lead", ListQuery(limit=2, after=cursor, sort=["-score"]))
        )
        seen += [ids[item["id"]] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    expected = [i for i, n in enumerate(names) if n in ("sam", "sue", "eva")]
    assert sorted(seen) == expected
