"""Measuring this program against PostgreSQL's own limit. The benches lie beside the sources, not in them."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import run
from jieli.records import Values
from jieli.settings import load

REPO = Path(__file__).resolve().parents[3]


class NoBenches(NotFound):
    message = Message(
        "no_benches",
        "性能测试只在源码目录中提供（{folder} 不存在）",
        "The benches come with the repository only; there is no {folder}",
    )


class UnknownBench(NotFound):
    message = Message(
        "unknown_bench", "没有「{name}」，可用：{known}", "There is no bench “{name}”; known are {known}"
    )


Name = Annotated[
    str | None,
    typer.Argument(help=words(zh="名称，默认全部", en="Which; all of them when none is given")),
]
Rows = Annotated[int, typer.Option("--rows", min=1_000, help=words(zh="行数", en="How many rows"))]


def bench(name: Name = None, rows: Rows = 200_000, as_json: JSON = False) -> None:
    """Measure, and say whether the targets are met."""
    out = Output(as_json)
    found = run(_measured(out, name, rows))
    lines = "\n".join(_line(one) for one in found)
    out.answer(found[0] if name else {"results": found}, zh=lines, en=lines)


async def _measured(out: Output, name: str | None, rows: int) -> list[Values]:
    if not (REPO / "bench" / "catalogue.py").is_file():
        raise NoBenches(folder=REPO / "bench")
    sys.path.insert(0, str(REPO))
    catalogue = import_module("bench.catalogue")
    if name is not None and name not in catalogue.BENCHES:
        raise UnknownBench(name=name, known=", ".join(catalogue.BENCHES))

    def say(what: str, done: int, total: int) -> None:
        out.progress(done, total, zh=what, en=what)

    names = [name] if name else list(catalogue.BENCHES)
    found: list[Values] = await catalogue.measure(names, rows, load().home / "bench", say)
    return found


def _line(one: Values) -> str:
    bound = f"≥ {one['target']}" if one["target_of"] == "ratio" else f"≤ {one['target']} {one['unit']}"
    return (
        f"{'✓' if one['met'] else '✗'} {one['name']:8} {one['value']:>10.1f} {one['unit']:10}"
        f" PostgreSQL {one['limit']:>10.1f}   {one['ratio']:.2f}   {bound}"
    )
