"""Bringing in a file of leads with the command that people use, beside COPY of the rows that came of it."""

import asyncio
import csv
import os
import sys
import time
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import asyncpg
import orjson

from bench.bare import columns
from bench.company import SEED, SLUG
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.rows import lead
from bench.setting import Setting
from bench.stand import Stand, copied, opened, run
from jieli.base.language import Language
from jieli.blueprint import workspaces
from jieli.blueprint.model import Object

TARGET = Target("ratio", 0.5)
MOST = 100_000
ROUNDS = 2


async def measure(place: Stand, setting: Setting) -> Result:
    rows = min(place.rows, MOST)
    async with opened(place.dsn) as db, db.read() as tx:
        obj = (await workspaces.load(tx, SLUG)).object("lead")
        names = await columns(tx, obj.schema, obj.key)
    with TemporaryDirectory(prefix="jieli-bench-") as folder:
        file, written = Path(folder) / "leads.csv", Path(folder) / "leads.copy"
        _write(file, obj, place.rows, rows)
        found = await taking_turns(
            {
                "value": partial(_import, place, file, written, names, rows),
                "limit": partial(_limit, place, written, names, rows),
            },
            min(setting.rounds, ROUNDS),
        )
    extra = {"imported": rows}
    return Result("import", found["value"], found["limit"], "rows/s", TARGET, place.rows, extra)


def _write(file: Path, obj: Object, first: int, rows: int) -> None:
    """A file as people have it: labels, and values as people read them."""
    rng = Random(SEED)
    with file.open("w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output)
        fields = [obj.fields[key] for key in lead(rng, first)]
        writer.writerow([field.label.zh for field in fields])
        for number in range(first, first + rows):
            values = lead(rng, number)
            dumped = [(field, field.type.dump(values[field.key])) for field in fields]
            writer.writerow([field.type.text(value, field.options, Language.ZH) for field, value in dumped])


async def _import(place: Stand, file: Path, written: Path, names: list[str], rows: int) -> float:
    """Rows in a second, from opening the file to the commit. Leaves the rows behind as COPY writes them."""
    async with copied(place, "bench_import") as dsn:
        await run(dsn, "checkpoint")
        command = [
            sys.executable,
            "-m",
            "jieli",
            "import",
            str(file),
            "--workspace",
            SLUG,
            "--object",
            "lead",
        ]
        environment = {**os.environ, "JIELI_HOME": str(place.home), "DATABASE_URL": dsn}
        process = await asyncio.create_subprocess_exec(
            *command, "--policy", "skip", "--json", env=environment, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
        told = orjson.loads(output.splitlines()[-1])
        assert told["created"] == rows, told
        connection = await asyncpg.connect(dsn)
        try:
            await connection.copy_from_query(_new(names), told["batch"], output=written, format="binary")
        finally:
            await connection.close()
    return rows / float(told["seconds"])


def _new(names: list[str]) -> str:
    """The leads that a batch has made."""
    shown = ", ".join(f't."{name}"' for name in names)
    schema = f"ws_{SLUG}"
    return f"select {shown} from {schema}.lead t join {schema}.event e on e.record = t.id where e.batch = $1"


async def _limit(place: Stand, written: Path, names: list[str], rows: int) -> float:
    """COPY into the same table with the same rows and indexes."""
    async with copied(place, "bench_limit") as dsn:
        await run(dsn, "checkpoint")
        connection = await asyncpg.connect(dsn)
        try:
            start = time.perf_counter()
            await connection.copy_to_table(
                "lead", schema_name=f"ws_{SLUG}", source=written, columns=names, format="binary"
            )
            taken = time.perf_counter() - start
        finally:
            await connection.close()
    return rows / taken
