"""Tells whoever began an import how far it is."""

import orjson

from jieli.blueprint.model import Workspace
from jieli.db.pool import Record, Tx
from jieli.records.log import LIVE


def tell(tx: Tx, workspace: Workspace, row: Record, state: str, done: int, total: int) -> None:
    """The words are those of `api/hub.py`. Nobody waits for what the command line brings in."""
    if row["by"] is None:
        return
    progress = {"done": done, "total": total}
    told = {"workspace": workspace.slug, "member": str(row["by"]), "kind": "import", "id": str(row["id"])}
    tx.announce(LIVE, orjson.dumps({**told, "state": state, "progress": progress}).decode())
