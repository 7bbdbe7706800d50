"""What must be true after every kill: each check gives the differences that it finds, in words."""

import zipfile
from collections.abc import Awaitable, Callable

from jieli.blueprint import workspaces
from jieli.blueprint.store import stored_tables
from jieli.blueprint.stored import stored_by
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.relay.verify import verify
from tests.torture.ledger import Brought
from tests.torture.patience import insisting
from tests.torture.workloads import FINAL, ROLE, Work

Check = Callable[[Tx, Work], Awaitable[list[str]]]


async def differences(work: Work, checks: tuple[Check, ...]) -> list[str]:
    """All checks in one transaction, while no step is under way."""

    async def look(tx: Tx) -> list[str]:
        return [f"{check.__name__}: {found}" for check in checks for found in await check(tx, work)]

    found = await insisting(work.site.db, look)
    faults, work.ledger.faults = work.ledger.faults, []
    work.ledger.counts["checks"] += 1
    return [*faults, *found]


async def acknowledged_records_are_there_once(tx: Tx, work: Work) -> list[str]:
    rows = await tx.all(
        sql(
            "select id, name, needs, deleted_at is not null as deleted from {lead} where name = any({names})",
            lead=work.site.company.workspace.object("lead").table,
            names=list(work.ledger.records),
        )
    )
    there: dict[str, list[tuple[object, ...]]] = {}
    for row in rows:
        there.setdefault(row["name"], []).append((row["id"], row["needs"], row["deleted"]))
    return [
        f"{name} should be {kept} and is {there.get(name)}"
        for name, kept in work.ledger.records.items()
        if there.get(name) != [(kept.id, kept.needs, kept.deleted)]
    ]


async def nothing_unasked_is_there(tx: Tx, work: Work) -> list[str]:
    """Single records whose names nobody was told of."""
    rows = await tx.all(
        sql(
            "select name from {lead} where name ~ '^[SL][0-9]+$' and name <> all({names})",
            lead=work.site.company.workspace.object("lead").table,
            names=list(work.ledger.records),
        )
    )
    return [f"{row['name']} is there, and nobody was told" for row in rows]


async def batches_are_whole(tx: Tx, work: Work) -> list[str]:
    """Each batch has as many events as it says rows, each acknowledged one exists, and the herd is of one mind."""
    workspace = work.site.company.workspace
    rows = await tx.all(
        sql(
            "select b.id, b.rows, (select count(*) from {event} e where e.batch = b.id) as events from {batch} b",
            event=workspace.table("event"),
            batch=workspace.table("batch"),
        )
    )
    found = [
        f"batch {r['id']} has {r['rows']} rows and {r['events']} events"
        for r in rows
        if r["rows"] != r["events"]
    ]
    there = {row["id"]: row["rows"] for row in rows}
    found += [
        f"batch {b.id} of {b.rows} rows is there with {there.get(b.id)}"
        for b in work.ledger.bulks.values()
        if there.get(b.id) != b.rows
    ]
    herd = await tx.all(
        sql(
            "select needs, owner, deleted_at is null as alive, count(*) from {lead} where id = any({ids}::uuid[])"
            " group by 1, 2, 3",
            lead=workspace.object("lead").table,
            ids=work.herd,
        )
    )
    kinds = [(row["needs"], row["owner"], row["alive"], row["count"]) for row in herd]
    one_mind = len(kinds) == 1 and kinds[0][2] and kinds[0][3] == len(work.herd)
    if not one_mind or kinds[0][0] != work.ledger.herd.get("needs", kinds[0][0]):
        found.append(f"the herd should be {work.ledger.herd} and is {kinds}")
    return found


async def imports_are_whole_or_absent(tx: Tx, work: Work) -> list[str]:
    workspace = work.site.company.workspace
    rows = await tx.all(
        sql(
            "select r.id, r.state, (select count(*) from {lead} t where t.needs = m.marker) as records"
            " from {run} r join unnest({ids}::uuid[], {markers}::text[]) m(id, marker) on m.id = r.id",
            lead=workspace.object("lead").table,
            run=workspace.table("import_run"),
            ids=list(work.ledger.imports),
            markers=[one.marker for one in work.ledger.imports.values()],
        )
    )
    there = {row["id"]: (row["state"], row["records"]) for row in rows}
    return [
        f"import {one.marker} of {one.rows} rows is {there.get(one.id)}"
        for one in work.ledger.imports.values()
        if not _is_sound(one, *there.get(one.id, ("absent", 0)))
    ]


def _is_sound(one: Brought, state: str, records: int) -> bool:
    told = one.state in (state, "running")
    return told and state != "absent" and records == (one.rows if state == "done" else 0)


async def the_blueprint_is_wholly_one_version(tx: Tx, work: Work) -> list[str]:
    """What the newest document needs is in the tables, and what was published is in the document."""
    slug = work.site.company.workspace.slug
    workspaces.forget(slug)
    workspace = await workspaces.load(tx, slug)
    found = []
    stored = await stored_tables(tx, f"ws_{slug}")
    for key, table in stored_by(workspace).tables.items():
        there = stored[key].columns if key in stored else {}
        found += [
            f"{key}.{name} should be {kind} and is {there.get(name)}"
            for name, kind in table.columns.items()
            if there.get(name) != kind
        ]
    label = work.ledger.label
    if label and workspace.document.roles[ROLE].label.zh != label:
        found.append(f"the role should be called {label}: {workspace.document.roles[ROLE].label}")
    known = workspace.object("product").fields
    found += [f"the field {key} is missing" for key in work.ledger.fields if key not in known]
    extra = {name for name in stored["product"].columns if name.startswith("f0")} - set(known)
    return [*found, *(f"the column {name} belongs to no version" for name in extra)]


async def the_program_itself_finds_nothing(tx: Tx, work: Work) -> list[str]:
    """As `jieli verify` does."""
    verdict = await verify(tx, await workspaces.load(tx, work.site.company.workspace.slug))
    work.ledger.counts["rows verified"] += verdict.checked
    return [str(violation) for violation in verdict.violations]


async def limits_are_noticed_once(tx: Tx, work: Work) -> list[str]:
    """At most one event for each record, and one notification for each person who is told."""
    return await _told(tx, work, least=0)


async def every_limit_was_noticed(tx: Tx, work: Work) -> list[str]:
    return await _told(tx, work, least=1)


async def _told(tx: Tx, work: Work, least: int) -> list[str]:
    workspace = work.site.company.workspace
    late = list(work.ledger.overdue)
    events = await tx.all(
        sql(
            "select m.record, null as member, count(e.id) from unnest({late}::uuid[]) m(record)"
            " left join {event} e on e.record = m.record and e.kind = 'limit_breached' group by 1",
            late=late,
            event=workspace.table("event"),
        )
    )
    notes = await tx.all(
        sql(
            "select record, member, count(*) from {notification}"
            " where record = any({late}) and kind = 'limit_breached' group by 1, 2",
            late=late,
            notification=workspace.table("notification"),
        )
    )
    found = [row for row in events if not least <= row["count"] <= 1]
    found += [row for row in notes if row["count"] != 1]
    missing = {row["record"] for row in events if row["count"]} - {row["record"] for row in notes}
    return [*(str(dict(row)) for row in found), *(f"nobody was told of {record}" for record in missing)]


async def every_import_has_ended(_tx: Tx, work: Work) -> list[str]:
    """Done with a readable result, or failed with a reason."""
    found = [f"{o.marker} is {o.state}" for o in work.ledger.imports.values() if o.state not in FINAL]
    folder = work.site.home / "files" / "imports" / work.site.company.workspace.slug
    for one in work.ledger.imports.values():
        work.ledger.counts[f"imports {one.state}"] += 1
        if one.state == "done" and not zipfile.is_zipfile(folder / str(one.id) / "result.xlsx"):
            found.append(f"{one.marker} has no result that can be read")
        if one.state == "failed" and not one.error:
            found.append(f"{one.marker} failed without a reason")
    return found


ALWAYS: tuple[Check, ...] = (
    acknowledged_records_are_there_once,
    nothing_unasked_is_there,
    batches_are_whole,
    imports_are_whole_or_absent,
    the_blueprint_is_wholly_one_version,
    the_program_itself_finds_nothing,
    limits_are_noticed_once,
)
AT_THE_END: tuple[Check, ...] = (
    *ALWAYS,
    every_limit_was_noticed,
    every_import_has_ended,
)
