"""Chores of those who work on Jieli: its HTTP interface as a document, and its benches."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import orjson
import typer

from jieli.api.app import create_app
from jieli.api.options import Options
from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import run
from jieli.db.pool import Database
from jieli.records import Values
from jieli.settings import load

REPO = Path(__file__).resolve().parents[3]


class NoBenches(NotFound):
    message = Message(
        "no_benches",
        "性能测试只在源码目录中提供({folder} 不存在)",
        "The benches come with the repository only; there is no {folder}",
    )


class UnknownBench(NotFound):
    message = Message(
        "unknown_bench", "没有「{name}」,可用:{known}", "There is no bench “{name}”; known are {known}"
    )


def openapi() -> None:
    """Print the HTTP interface."""

    async def closed() -> Database:
        raise RuntimeError("nothing is served here")

    described = create_app(closed, Options(files=Path())).openapi()
    typer.echo(orjson.dumps(described, option=orjson.OPT_INDENT_2))


Names = Annotated[
    list[str] | None,
    typer.Argument(help=words(zh="名称,默认全部", en="Which; all of them when none is given")),
]
Rows = Annotated[int, typer.Option("--rows", min=1_000, help=words(zh="行数", en="How many rows"))]


def bench(names: Names = None, rows: Rows = 200_000, as_json: JSON = False) -> None:
    """Exits with 1 when a target is missed."""
    out = Output(as_json)
    found = run(_bench(out, names, rows))
    answer = found[0] if names and len(names) == 1 else {"benches": found}
    lines = [
        "{name}: {value} (limit {limit}, ratio {ratio}, target {target}) {met}".format(
            **{**one, "met": "✓" if one["met"] else "✗"}
        )
        for one in found
    ]
    out.answer(answer, zh="\n".join(lines), en="\n".join(lines))
    if not all(one["met"] for one in found):
        raise typer.Exit(1)


async def _bench(out: Output, names: list[str] | None, rows: int) -> list[Values]:
    if not (REPO / "bench" / "__init__.py").is_file():
        raise NoBenches(folder=REPO / "bench")
    sys.path.insert(0, str(REPO))
    benches = import_module("bench")
    for name in names or ():
        if name not in benches.BENCHES:
            raise UnknownBench(name=name, known=", ".join(benches.BENCHES))

    def say(what: str, done: int, total: int) -> None:
        out.progress(done, total, zh=what, en=what)

    found: list[Values] = await benches.measure(
        names or list(benches.BENCHES), rows, load().home / "bench", say
    )
    return found
