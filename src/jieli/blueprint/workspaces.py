"""Workspaces as a whole: made, found, and taken away."""

import re
from dataclasses import dataclass

import chinese_calendar

from jieli.base.errors import Conflict, Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint import store
from jieli.blueprint.apply import UnknownWorkspace, apply, repair
from jieli.blueprint.document import Document, Label
from jieli.blueprint.model import Workspace, schema_name, workspace
from jieli.db import workspace as fixed
from jieli.db.pool import ReadTx, Tx

BAD_SLUG = Message(
    "bad_slug",
    "工作区标识以小写字母开头，只含小写字母、数字和下划线，2 到 40 个字符",
    "A workspace's identifier starts with a letter and has 2 to 40 lower case letters, digits and underscores",
)
_SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")


class WorkspaceExists(Conflict):
    message = Message("workspace_exists", "工作区「{slug}」已存在", "The workspace “{slug}” exists already")


@dataclass(frozen=True, slots=True)
class _Loaded:
    mark: str
    workspace: Workspace


_loaded: dict[str, _Loaded] = {}


async def create(tx: Tx, slug: str, document: Document, label: Label | None = None) -> Workspace:
    """A workspace with its schema, the tables of the document and a calendar. Raises Invalid or WorkspaceExists."""
    if not _SLUG.fullmatch(slug):
        raise Invalid(Problem("slug", BAD_SLUG))
    schema = schema_name(slug)
    named = (label or document.name).model_dump()
    if await tx.one(store.register(slug, schema, named)) is None:
        raise WorkspaceExists(slug=slug)
    await fixed.create(tx, schema)
    await tx.copy(schema, "calendar_day", ("day", "kind", "note"), calendar())
    return await apply(tx, slug, document, author=None)


async def load(tx: ReadTx, slug: str) -> Workspace:
    """The newest version. Costs one small query as long as there is no newer one."""
    row = await tx.one(store.current(slug))
    if row is None:
        raise UnknownWorkspace(slug=slug)
    return await loaded(tx, slug, row["version"], row["mark"])


def remembered(slug: str) -> Workspace | None:
    """What `load` gave last, which may be no longer the newest."""
    known = _loaded.get(slug)
    return known.workspace if known else None


def forget(slug: str) -> None:
    """Read the workspace anew the next time."""
    _loaded.pop(slug, None)


async def loaded(tx: ReadTx, slug: str, version: int, mark: str) -> Workspace:
    """The same for who has read the version and its mark (`store.current`) along with something else."""
    known = _loaded.get(slug)
    if known and (known.mark, known.workspace.version) == (mark, version):
        return known.workspace
    document = await store.read_document(tx, slug, version)
    if document is None:
        raise UnknownWorkspace(slug=slug)
    made = workspace(slug, version, document)
    _loaded[slug] = _Loaded(mark, made)
    return made


async def known(tx: ReadTx) -> list[str]:
    """The slugs of all workspaces."""
    return [row["slug"] for row in await tx.all(store.slugs())]


async def drop(tx: Tx, slug: str) -> None:
    """Everything of a workspace is gone for good once the transaction commits."""
    schema = await tx.value(store.forget(slug))
    if schema is None:
        raise UnknownWorkspace(slug=slug)
    await tx.run(store.drop_schema(schema))
    _loaded.pop(slug, None)


async def upgrade(tx: Tx, slug: str) -> None:
    """Bring one workspace up to this program: its fixed tables, and what newer system fields need."""
    await fixed.migrate(tx, schema_name(slug))
    await repair(tx, slug)


def calendar() -> list[tuple[object, str, str]]:
    """The public holidays of China and the weekend days worked instead, as far as they are published."""
    names = {each.value: each.chinese for each in chinese_calendar.Holiday}
    days = (
        (chinese_calendar.constants.holidays, "holiday"),
        (chinese_calendar.constants.workdays, "workday"),
    )
    return [(day, kind, names[name]) for found, kind in days for day, name in sorted(found.items())]
