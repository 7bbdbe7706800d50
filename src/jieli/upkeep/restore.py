"""Brings a backup back into an empty installation: all of it, or nothing."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from jieli import __version__
from jieli.db import dump, workspace
from jieli.db.migrate import RESTORING, SchemaMismatch, compare, shipped
from jieli.db.pool import Database, PoolOptions, ReadTx
from jieli.upkeep import store
from jieli.upkeep.archive import DATABASE, KEYS, SETTINGS, Archive, Step, Watch
from jieli.upkeep.blocking import to_its_end
from jieli.upkeep.errors import InUse, NewerBackup, NotEmpty, RestoreFailed
from jieli.upkeep.manifest import Manifest
from jieli.upkeep.snapshot import PATIENCE, counted

NAME = "jieli restore"
RESTORED_SETTINGS = "settings.from-backup.env"
RESTORED_KEYS = "secret.from-backup.key"


async def restore(archive: Archive, home: Path, address: Callable[[], str], watch: Watch) -> None:
    """`address` is asked, and so an embedded server made, only when the backup has been found whole. Raises what stands
    in `errors`, NoProgram and ProgramFailed."""
    manifest = archive.manifest
    _require_known(archive)
    await asyncio.to_thread(archive.check, watch)
    pg_restore = await asyncio.to_thread(dump.program, "pg_restore", manifest.pg_dump)
    dsn = await asyncio.to_thread(address)
    options = PoolOptions(
        readers=1,
        writers=2,
        statement_timeout=PATIENCE,
        application_name=NAME,
        settings=(
            ("idle_in_transaction_session_timeout", "0"),
            ("lock_timeout", "30s"),
            ("client_min_messages", "error"),
        ),
    )
    db = Database(dsn, options)
    await db.open()
    try:
        async with _alone(db, archive), _files_in_place(archive, home, watch):
            await _bring_in(db, archive, pg_restore, watch)
    except dump.ProgramFailed as error:
        raise RestoreFailed(reason=error.params["reason"]) from error
    except OSError as error:
        raise RestoreFailed(reason=error.strerror or error) from error
    finally:
        await db.close()


def _require_known(archive: Archive) -> None:
    """That this program has every migration the backup has seen."""
    manifest = archive.manifest
    known = workspace.migrations()
    try:
        compare(manifest.migrations, shipped())
    except SchemaMismatch:
        raise _newer(archive) from None
    if any(number not in known for one in manifest.workspaces for number in one.migrations):
        raise _newer(archive)


def _newer(archive: Archive) -> NewerBackup:
    return NewerBackup(file=archive.file, theirs=archive.manifest.jieli, ours=__version__)


@asynccontextmanager
async def _alone(db: Database, archive: Archive) -> AsyncIterator[None]:
    """The database is empty, nobody else works in it or brings it up, and it says that it is being restored."""
    manifest = archive.manifest
    async with db.begin() as guard:
        if not await guard.value(store.take_lock()):
            raise InUse(names="jieli migrate")
        # Not in the guard's transaction, which would hold on to the tables that are to be dropped.
        async with db.read() as tx:
            await _require_empty(tx, manifest)
            if others := [row["name"] for row in await tx.all(store.others(NAME))]:
                raise InUse(names=", ".join(others))
        await _clear(db)
        async with db.begin() as tx:
            await tx.run(store.begin_restore())
            await tx.run(store.restore_table())
            await tx.run(store.note_restore(archive.file.name, manifest.schemas))
        try:
            yield
        except BaseException:
            await _clear(db)
            raise
        async with db.begin() as tx:
            await tx.run(store.drop_schema(RESTORING))


async def _require_empty(tx: ReadTx, manifest: Manifest) -> None:
    """A database that was half restored counts as empty: what stands there came from a backup."""
    if await tx.value(store.has_schema(RESTORING)):
        return
    slugs: list[str] = []
    if await tx.value(store.has_table("jieli", "workspace")):
        slugs = [row["slug"] for row in await tx.all(store.workspaces())]
    taken = [one.slug for one in manifest.workspaces if await tx.value(store.has_schema(one.schema_name))]
    if slugs or taken:
        raise NotEmpty(workspaces=", ".join(slugs or taken))


async def _clear(db: Database) -> None:
    """Take out what an unfinished restore has brought, a schema at a time, the mark last."""
    async with db.begin() as tx:
        half = await tx.value(store.has_table(RESTORING, "about"))
        schemas = [
            name for row in (await tx.all(store.restoring()) if half else []) for name in row["schemas"]
        ]
    for schema in ["jieli", *schemas, RESTORING]:
        async with db.begin() as tx:
            await tx.run(store.drop_schema(schema))


async def _bring_in(db: Database, archive: Archive, pg_restore: dump.Program, watch: Watch) -> None:
    expected = archive.manifest.tables
    async with db.read() as tx:
        server = await tx.value(store.server_version()) // 10_000
    await to_its_end(_restore_database, archive, db.dsn, server, pg_restore, watch)
    async with db.begin() as tx:
        if await counted(tx, archive.manifest.schemas) != expected:
            raise RestoreFailed(reason="the tables do not hold what the manifest counts")
        await tx.run(store.analyze())


def _restore_database(
    archive: Archive, dsn: str, server: int, pg_restore: dump.Program, watch: Watch
) -> None:
    done, total = 0, len(archive.manifest.tables)

    def say(_table: str) -> None:
        nonlocal done
        done += 1
        watch(Step.DATABASE, done, total)

    with archive.open(DATABASE) as source:
        dump.restore(pg_restore, dsn, server, source, say)


@asynccontextmanager
async def _files_in_place(archive: Archive, home: Path, watch: Watch) -> AsyncIterator[None]:
    """What was not there before is taken away again if the block raises. A killed restore leaves files that nothing
    refers to, and that the next one writes over."""
    made: list[Path] = []
    try:
        await to_its_end(_put_files, archive, home, made, watch)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _put_files(archive: Archive, home: Path, made: list[Path], watch: Watch) -> None:
    names = [entry.name for entry in archive.manifest.entries if entry.name != DATABASE]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "files").mkdir(mode=0o700, exist_ok=True)
    for number, name in enumerate(names, start=1):
        place = home / _name_here(home, name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            made.append(place)
        _put(archive, name, place)
        watch(Step.FILES, number, len(names))


def _name_here(home: Path, name: str) -> str:
    """Settings are never put in force, and keys only where there are none."""
    if name == KEYS and (home / KEYS).exists():
        return RESTORED_KEYS
    return RESTORED_SETTINGS if name == SETTINGS else name


def _put(archive: Archive, name: str, place: Path) -> None:
    temporary = place.with_name(f"{place.name}.unfinished")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with archive.open(name) as source, os.fdopen(descriptor, "wb") as target:
        shutil.copyfileobj(source, target, dump.PART)
        target.flush()
        os.fsync(descriptor)
    temporary.replace(place)
