"""PostgreSQL's own limit: pgbench, which does nothing but send statements."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from jieli.db.cluster import programs

_RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_LATENCY = re.compile(r"^latency average = ([\d.]+) ms", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)


class LimitFailed(RuntimeError):
    """pgbench did not do what it was asked to; its words are the message."""


@dataclass(frozen=True, slots=True)
class Load:
    """Scripts of which each client runs one after another at random, as one transaction each."""

    scripts: Sequence[str]
    clients: int = 1
    seconds: float = 3
    variables: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    per_second: float
    milliseconds: float
    """The mean time of one transaction."""


async def pgbench(dsn: str, load: Load) -> Pace:
    """Statements are prepared once by each client, which is the fastest that there is. Raises LimitFailed."""
    with TemporaryDirectory(prefix="jieli-bench-") as folder:
        command = _command(dsn, load, Path(folder))
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        output, _ = await process.communicate()
    said = output.decode(errors="replace")
    rate, latency, failed = _RATE.search(said), _LATENCY.search(said), _FAILED.search(said)
    if process.returncode or not rate or not latency or (failed and int(failed[1])):
        raise LimitFailed(said[-2000:])
    return Pace(float(rate[1]), float(latency[1]))


def _command(dsn: str, load: Load, folder: Path) -> list[str]:
    command = [str(programs(None) / "bin" / "pgbench"), "--no-vacuum", "--protocol=prepared"]
    command += [f"--client={load.clients}", f"--time={max(1, round(load.seconds))}"]
    command += [f"--define={name}={value}" for name, value in load.variables.items()]
    for number, script in enumerate(load.scripts):
        path = folder / f"{number}.sql"
        path.write_text(script)
        command.append(f"--file={path}")
    return [*command, dsn]
