"""Makes a backup while the server runs: one moment of the database, and the files that it refers to."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jieli import __version__
from jieli.base import clock
from jieli.db.dump import Program, dump, program
from jieli.upkeep.archive import DATABASE, FILES, KEYS, SETTINGS, Step, Watch, Writer, is_known, unfinished
from jieli.upkeep.blocking import to_its_end
from jieli.upkeep.manifest import FORMAT, LAST_BACKUP, LastBackup, Manifest
from jieli.upkeep.snapshot import Snapshot, snapshot


@dataclass(frozen=True, slots=True)
class Errand:
    """`dsn` leads to the database directly, `home` is the JIELI_HOME with its files."""

    dsn: str
    home: Path
    target: Path
    with_settings: bool = False


async def back_up(errand: Errand, watch: Watch) -> Manifest:
    """Write one backup; the target bears its name when it is whole. Raises what stands in `errors`."""
    with unfinished(errand.target) as file, Writer(file) as writer:
        async with snapshot(errand.dsn) as taken:
            pg_dump = await asyncio.to_thread(program, "pg_dump", taken.server // 10_000)
            await to_its_end(_add_database, writer, errand.dsn, taken, pg_dump, watch)
        # Content bears its checksum as its name and is never changed or removed, so it need not be held.
        manifest = await asyncio.to_thread(_add_files, writer, errand, taken, pg_dump, watch)
        writer.finish(manifest)
    await asyncio.to_thread(_note, errand, manifest)
    return manifest


def _add_database(writer: Writer, dsn: str, taken: Snapshot, pg_dump: Program, watch: Watch) -> None:
    done = 0

    def say(_table: str) -> None:
        nonlocal done
        done += 1
        watch(Step.DATABASE, done, len(taken.tables))

    with writer.part(DATABASE) as sink:
        dump(pg_dump, dsn, taken.name, taken.schemas, sink, say)


def _add_files(writer: Writer, errand: Errand, taken: Snapshot, pg_dump: Program, watch: Watch) -> Manifest:
    missing, damaged = [], []
    folder = errand.home / "files"
    names = [f"{sha256[:2]}/{sha256}" for sha256 in taken.contents]
    for number, name in enumerate(names, start=1):
        try:
            with (folder / name).open("rb") as source:
                entry = writer.add(FILES + name, source)
            if not name.endswith(entry.sha256):
                damaged.append(FILES + name)
        except FileNotFoundError:
            missing.append(FILES + name)
        watch(Step.FILES, number, len(names))
    for name in _import_files(folder, taken.imports):
        # A file that could not be read is taken away again together with its import.
        with suppress(FileNotFoundError), (folder / name).open("rb") as source:
            writer.add(FILES + name, source)
    files = len(writer.entries) - 1
    for name in (SETTINGS, KEYS) if errand.with_settings else ():
        with suppress(FileNotFoundError), (errand.home / name).open("rb") as source:
            writer.add(name, source)
    return Manifest(
        format=FORMAT,
        jieli=__version__,
        at=clock.now(),
        postgres=_shown(taken.server),
        pg_dump=pg_dump.major,
        migrations=taken.migrations,
        workspaces=taken.workspaces,
        tables=taken.tables,
        files=files,
        missing=missing,
        damaged=damaged,
        entries=writer.entries,
    )


def _import_files(folder: Path, imports: list[str]) -> Iterator[str]:
    """What lies in the folder of each import: its file and, once it has run, its result."""
    for storage in imports:
        for path in sorted((folder / storage).glob("*")):
            name = f"{storage}/{path.name}"
            if path.is_file() and is_known(FILES + name):
                yield name


def _shown(number: int) -> str:
    return f"{number // 10_000}.{number % 10_000}"


def _note(errand: Errand, manifest: Manifest) -> None:
    """For the examination, which says how old the last backup is."""
    note = LastBackup(at=manifest.at, file=str(errand.target.absolute()))
    errand.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = errand.home / LAST_BACKUP
    path.write_text(note.model_dump_json(), "utf-8")
    path.chmod(0o600)
