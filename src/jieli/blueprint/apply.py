"""A new version of a workspace's document: checked, planned and put into effect in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieli.base.errors import Conflict, Invalid, NotFound, Problem
from jieli.base.language import Message
from jieli.blueprint import store
from jieli.blueprint.check import check
from jieli.blueprint.document import Document
from jieli.blueprint.model import Workspace, schema_name, workspace
from jieli.blueprint.past import read_stored
from jieli.blueprint.plan import Plan, plan
from jieli.db.pool import ReadTx, Tx

PATIENCE = "5s"
"""How long a table that others use is waited for, unless the caller has set a limit; meanwhile they wait too."""
CHANNEL = "jieli_blueprint"

OCCUPIED = Message(
    "stage_occupied",
    "阶段中还有 {count} 条记录（含回收站），请先移走",
    "{count} records are in this stage (trash included); move them first",
)


class UnknownWorkspace(NotFound):
    message = Message("unknown_workspace", "没有「{slug}」这个工作区", "There is no workspace “{slug}”")


class UnknownVersion(NotFound):
    message = Message("unknown_version", "没有第 {version} 版", "There is no version {version}")


class Overtaken(Conflict):
    message = Message(
        "blueprint_overtaken",
        "配置已被他人更新到第 {version} 版，请刷新后重试",
        "Someone has published version {version} meanwhile; reload and try again",
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of the history. `author` is an account; `plan` holds the steps in both languages."""

    version: int
    at: datetime
    author: UUID | None
    author_name: str | None
    note: str
    plan: tuple[dict[str, str], ...]


async def apply(
    tx: Tx,
    slug: str,
    document: Document,
    *,
    author: UUID | None,
    note: str = "",
    expected_version: int | None = None,
) -> Workspace:
    """Publish the document as the next version. Raises Invalid, Overtaken or UnknownWorkspace.

    A table that is being read at length makes it give up with Retryable. On large tables the caller should have
    opened the transaction with a generous statement timeout. The stale parts of the plan are the caller's.
    """
    version = await _locked(tx, slug, expected_version)
    made = await _planned(tx, slug, version, document, back_to=None)
    return await _publish(tx, slug, version + 1, document, made, author=author, note=note)


async def roll_back(
    tx: Tx, slug: str, to_version: int, author: UUID | None, *, expected_version: int | None = None
) -> Workspace:
    """Publish an old document as a new version. What came after it stays stored, unseen."""
    version = await _locked(tx, slug, expected_version)
    document = await store.read_document(tx, slug, to_version)
    if document is None:
        raise UnknownVersion(version=to_version)
    made = await _planned(tx, slug, version, document, back_to=to_version)
    return await _publish(tx, slug, version + 1, document, made, author=author, note=f"← {to_version}")


async def repair(tx: Tx, slug: str) -> Plan:
    """Give the tables what the newest version needs of them, such as the columns of a newer program; what was
    done. It makes no new version and usually nothing at all."""
    version = await _locked(tx, slug, None)
    document = await store.read_document(tx, slug, version)
    if document is None:
        raise UnknownVersion(version=version)
    stored = await read_stored(tx, slug, document, document, version=version)
    made = plan(document, document, slug, stored=stored, version=version)
    await _run(tx, made)
    return made


async def preview(tx: ReadTx, slug: str, document: Document) -> Plan:
    """What `apply` would do. Raises Invalid as it would."""
    row = await tx.one(store.current(slug))
    if row is None:
        raise UnknownWorkspace(slug=slug)
    return await _planned(tx, slug, row["version"], document, back_to=None)


async def history(tx: ReadTx, slug: str) -> list[Version]:
    """All versions, the newest first."""
    rows = await tx.all(store.versions(slug))
    return [
        Version(
            row["version"],
            row["created_at"],
            row["author"],
            row["author_name"],
            row["note"],
            tuple(row["plan"]),
        )
        for row in rows
    ]


async def _locked(tx: Tx, slug: str, expected: int | None) -> int:
    """Whoever comes second waits here for the first to end."""
    row = await tx.one(store.locked(slug))
    if row is None:
        raise UnknownWorkspace(slug=slug)
    version: int = row["blueprint_version"]
    if expected is not None and expected != version:
        raise Overtaken(version=version)
    return version


async def _planned(tx: ReadTx, slug: str, version: int, document: Document, *, back_to: int | None) -> Plan:
    if problems := check(document):
        raise Invalid.of(problems)
    before = await store.read_document(tx, slug, version)
    stored = await read_stored(tx, slug, before, document, version=version + 1, back_to=back_to)
    made = plan(before, document, slug, stored=stored, version=version + 1, is_roll_back=back_to is not None)
    if occupied := await _occupied(tx, slug, before, made):
        raise Invalid.of(occupied)
    return made


async def _occupied(tx: ReadTx, slug: str, before: Document | None, made: Plan) -> list[Problem]:
    problems = []
    for gone in made.vacated:
        rows = await tx.all(store.occupied(schema_name(slug), gone.object, gone.process, gone.stages))
        path = f"processes.{gone.process}.stages"
        problems += [Problem(f"{path}.{row['stage']}", OCCUPIED, {"count": row["count"]}) for row in rows]
    return problems


async def _publish(
    tx: Tx, slug: str, version: int, document: Document, made: Plan, *, author: UUID | None, note: str
) -> Workspace:
    await _run(tx, made)
    await store.add_version(tx, slug, version, document, author=author, note=note, plan=made.words())
    await tx.run(store.announce(CHANNEL, slug))
    return workspace(slug, version, document)


async def _run(tx: Tx, made: Plan) -> None:
    await tx.run(store.patience(PATIENCE))
    for statement in made.statements():
        await tx.run(statement)
