"""Companies whose names are not spelt alike but are probably one: found while typing, never refused."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jieli.access import Actor
from jieli.base.alike import alike, likeness, near
from jieli.base.names import similarity
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, ReadTx, Record, Tx
from jieli.intake import store
from jieli.intake.keys import Key
from jieli.jobs import Schedule
from jieli.records import Match

COMPANY = "company"
MOST = 3
"""A name that is like more than so many others says too little to warn of any."""
AT_ONCE = 2_000

Claim = tuple[str, str, UUID, UUID]


def with_likeness(claims: Iterable[Claim]) -> list[tuple[str, str, UUID, UUID, str | None]]:
    """Claims as they are written: those of company names with the numbers by which they are found."""
    return [(*one, _array(likeness(one[1])) if one[0] == COMPANY else None) for one in claims]


async def similar(tx: ReadTx, actor: Actor, keys: Sequence[Key], record: UUID, party: UUID) -> list[Match]:
    """Records of other customers whose company is probably one of these, the most similar first."""
    found: list[Match] = []
    for kind, key, field in keys:
        if kind != COMPANY:
            continue
        rows = await tx.all(store.near(actor.workspace, near(key)))
        others = [row for row in rows if _is_other(row, key, record, party) and alike(row["key"], key)]
        if len(others) <= MOST:
            others.sort(key=lambda row: (-similarity(row["key"], key), row["key"]))
            found += [Match(row["object"], row["record"], kind, field, alike=True) for row in others]
    return found


def _is_other(row: Record, key: str, record: UUID, party: UUID) -> bool:
    return bool(row["key"] != key and row["record"] != record and row["party"] != party)


async def complete(db: Database) -> None:
    """Keys that were claimed by an earlier version get their likeness."""
    async with db.read() as tx:
        slugs = await workspaces.known(tx)
    for slug in slugs:
        while True:
            async with db.begin() as tx:
                if await _complete_some(tx, await workspaces.load(tx, slug)) < AT_ONCE:
                    break


async def _complete_some(tx: Tx, workspace: Workspace) -> int:
    keys = [row["key"] for row in await tx.all(store.without_likeness(workspace, AT_ONCE))]
    if keys:
        await tx.run(store.set_likeness(workspace, [(key, _array(likeness(key))) for key in keys]))
    return len(keys)


def _array(numbers: Sequence[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


SCHEDULES = (Schedule("intake.complete_likeness", "*/10 * * * *", complete),)
