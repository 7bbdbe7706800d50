"""Tells open screens how far an import is."""

from uuid import UUID

import orjson

from jieli.blueprint.model import Workspace
from jieli.db.pool import Tx
from jieli.records.store import announce


async def tell(tx: Tx, workspace: Workspace, run: UUID, state: str, done: int, total: int) -> None:
    payload = {"workspace": workspace.slug, "import": str(run), "state": state, "done": done, "total": total}
    await tx.run(announce(orjson.dumps(payload).decode()))
