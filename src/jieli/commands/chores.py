"""Chores of those who work on Jieli: its HTTP interface as a document."""

from pathlib import Path

import orjson
import typer

from jieli.api.app import create_app
from jieli.api.options import Options
from jieli.db.pool import Database


def openapi() -> None:
    """Print the HTTP interface."""

    async def closed() -> Database:
        raise RuntimeError("nothing is served here")

    described = create_app(closed, Options(files=Path())).openapi()
    typer.echo(orjson.dumps(described, option=orjson.OPT_INDENT_2))
