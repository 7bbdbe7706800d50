"""Files that are no backup, or no longer: each is refused in words, before anything is touched."""

import io
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from jieli.base.errors import JieliError
from jieli.db.migrate import shipped
from jieli.upkeep.archive import DATABASE, MANIFEST, SETTINGS, Writer, is_known, unfinished
from jieli.upkeep.errors import DamagedBackup, NewerBackup, NoBackup
from jieli.upkeep.manifest import FORMAT, Manifest, WorkspaceState
from jieli.upkeep.restore import restore
from tests.upkeep.conftest import archive, unwatched

SHA = "b36feeefd3e8a4470e47141b8327cbbd745d62d2be199ab88c676bafd1d7f485"
PARTS = {
    DATABASE: b"PGDMP" + bytes(range(256)) * 8,
    f"files/b3/{SHA}": b"quotation",
    SETTINGS: b"JIELI_PUBLIC_URL=x\n",
}


def write(file: Path, parts: dict[str, bytes], **changed: object) -> Path:
    with unfinished(file) as target, Writer(target) as writer:
        for name, content in parts.items():
            writer.add(name, io.BytesIO(content))
        manifest = Manifest(
            format=FORMAT,
            jieli="0.1.0",
            at=datetime(2026, 3, 2, tzinfo=UTC),
            postgres="18.4",
            pg_dump=18,
            migrations={one.name: one.checksum for one in shipped()},
            workspaces=[],
            tables={},
            files=1,
            missing=[],
            damaged=[],
            entries=writer.entries,
        )
        writer.finish(manifest.model_copy(update=changed))
    return file


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return write(tmp_path / "whole.zip", PARTS)


def read(file: Path) -> None:
    with archive(file) as found:
        found.check(unwatched)


def test_a_whole_backup_is_taken(whole: Path) -> None:
    read(whole)
    assert ZipFile(whole).testzip() is None


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 begins like one", b"\0" * 4096])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises((NoBackup, DamagedBackup)):
        read(tmp_path / "a.zip")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as other:
        other.writestr("letter.txt", "hello")
    with pytest.raises(NoBackup):
        read(tmp_path / "a.zip")


def test_a_file_that_may_not_be_read_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoBackup):
        read(tmp_path)


def test_a_backup_cut_short_anywhere_is_refused(whole: Path) -> None:
    content = whole.read_bytes()
    for length in [*range(0, len(content), 37), len(content) - 1]:
        whole.write_bytes(content[:length])
        with pytest.raises((NoBackup, DamagedBackup)):
            read(whole)


def test_a_changed_byte_is_noticed_or_changes_nothing(whole: Path) -> None:
    """The dates in the zip's own tables are of no account; whatever is read is as it was written."""
    content, rolls = whole.read_bytes(), random.Random(1)
    harmless = 0
    for place in [*range(0, len(content), 11), *range(len(content) - 400, len(content))]:
        broken = bytearray(content)
        broken[place] ^= rolls.randrange(1, 256)
        whole.write_bytes(broken)
        try:
            with archive(whole) as found:
                found.check(unwatched)
                assert {name: found.open(name).read() for name in PARTS} == PARTS
                harmless += 1
        except JieliError:
            continue
    assert harmless < 250


@pytest.mark.parametrize(
    "manifest",
    [b"", b"{", b"[]", b"null", b'{"format": "x"}', b'{"format": 1, "jieli": "0.1.0"}', b"\xff\xfe"],
)
def test_a_manifest_that_says_nothing_is_refused(tmp_path: Path, manifest: bytes) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as other:
        other.writestr(DATABASE, b"x")
        other.writestr(MANIFEST, manifest)
    with pytest.raises(DamagedBackup):
        read(tmp_path / "a.zip")


def test_a_compressed_part_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, b"0" * 50_000_000)
    with pytest.raises(DamagedBackup):
        read(tmp_path / "a.zip")


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "files/../../x", "files/imports/a/../x", f"files/{SHA}"]
)
def test_a_part_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_known(name)
    with pytest.raises(DamagedBackup):
        read(write(tmp_path / "a.zip", {**PARTS, name: b"x"}))


def test_a_part_too_many_or_too_few_is_refused(whole: Path, tmp_path: Path) -> None:
    with ZipFile(whole, "a") as more:
        more.writestr(ZipInfo("files/b3/" + "0" * 64), b"x")
    with pytest.raises(DamagedBackup):
        read(whole)
    with pytest.raises(DamagedBackup):
        read(write(tmp_path / "a.zip", {SETTINGS: b"x"}))


def test_a_newer_format_is_named(tmp_path: Path) -> None:
    newer = write(tmp_path / "a.zip", PARTS, format=FORMAT + 1, jieli="9.0")
    with pytest.raises(NewerBackup, match=r"Jieli 9\.0, which is newer than this 0\.1\.0"):
        read(newer)


@pytest.mark.parametrize(
    "changed",
    [
        {"migrations": {"9999_future.sql": "0" * 64}},
        {
            "workspaces": [
                WorkspaceState(slug="a", schema_name="ws_a", blueprint_version=1, migrations=[9999])
            ]
        },
    ],
)
async def test_a_newer_database_is_refused_before_anything_is_started(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    newer = write(tmp_path / "a.zip", PARTS, **changed)

    def address() -> str:
        raise AssertionError("the database was asked for")

    with archive(newer) as found, pytest.raises(NewerBackup):
        await restore(found, tmp_path / "home", address, unwatched)
    assert not (tmp_path / "home").exists()


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), unfinished(target) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert target.read_bytes() == b"old"
