"""Measuring this program against PostgreSQL's own limit. The benches lie beside the sources, not in them."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import orjson
import typer

from jieli.base.errors import NotFound, Unavailable
from jieli.base.language import Message
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import run
from jieli.records import Values
from jieli.settings import load

MANY = 200_000
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


class FellByHalf(Unavailable):
    message = Message(
        "fell_by_half",
        "比值比记录的低了一半以上：{fallen}",
        "Less than half of the ratio that is on record: {fallen}",
    )


Name = Annotated[
    str | None,
    typer.Argument(help=words(zh="名称，默认全部", en="Which; all of them when none is given")),
]
Rows = Annotated[
    int | None,
    typer.Option(
        "--rows", min=1_000, help=words(zh="行数，默认 200000", en="How many rows; 200000 by default")
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        exists=True,
        dir_okay=False,
        help=words(
            zh="测量此文件记录的项目，比值低于记录的一半时失败",
            en="Measure what this file has on record, and fail when a ratio is less than half of it",
        ),
    ),
]


def bench(name: Name = None, rows: Rows = None, against: Against = None, as_json: JSON = False) -> None:
    """Measure, and say whether the targets are met."""
    out = Output(as_json)
    kept: dict[str, float] = {}
    if against is not None:
        record = orjson.loads(against.read_bytes())
        kept, rows = record["ratios"], rows or record["rows"]
    names = [name] if name else list(kept)
    found = run(_measured(out, names, rows or MANY))
    lines = "\n".join(_line(one) for one in found)
    out.answer(found[0] if name else {"results": found}, zh=lines, en=lines)
    if fallen := [_fall(one, kept) for one in found if _has_fallen(one, kept)]:
        raise FellByHalf(fallen="; ".join(fallen))


def _has_fallen(one: Values, kept: dict[str, float]) -> bool:
    return float(str(one["ratio"])) < kept.get(str(one["name"]), 0) / 2


def _fall(one: Values, kept: dict[str, float]) -> str:
    return f"{one['name']} {kept[str(one['name'])]} → {one['ratio']}"


async def _measured(out: Output, names: list[str], rows: int) -> list[Values]:
    """All benches when none is named."""
    if not (REPO / "bench" / "catalogue.py").is_file():
        raise NoBenches(folder=REPO / "bench")
    sys.path.insert(0, str(REPO))
    catalogue = import_module("bench.catalogue")
    for name in names:
        if name not in catalogue.BENCHES:
            raise UnknownBench(name=name, known=", ".join(catalogue.BENCHES))

    def say(what: str, done: int, total: int) -> None:
        out.progress(done, total, zh=what, en=what)

    names = names or list(catalogue.BENCHES)
    found: list[Values] = await catalogue.measure(names, rows, load().home / "bench", say)
    return found


def _line(one: Values) -> str:
    bound = f"≥ {one['target']}" if one["target_of"] == "ratio" else f"≤ {one['target']} {one['unit']}"
    return (
        f"{'✓' if one['met'] else '✗'} {one['name']:8} {one['value']:>10.1f} {one['unit']:10}"
        f" PostgreSQL {one['limit']:>10.1f}   {one['ratio']:.2f}   {bound}"
    )
