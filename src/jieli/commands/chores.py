"""Chores of those who work on Jieli: its HTTP interface as a document."""

from pathlib import Path

import orjson
import typer

from jieli.api.options import Options
from jieli.base.vault import Vault
from jieli.db.pool import Database


def openapi() -> None:
    """Print the HTTP interface."""
    from jieli.api.app import create_app  # noqa: PLC0415 - no other command needs the web application

    async def closed() -> Database:
        raise RuntimeError("nothing is served here")

    described = create_app(closed, Options(files=Path(), vault=Vault(tuple))).openapi()
    typer.echo(orjson.dumps(described, option=orjson.OPT_INDENT_2))
