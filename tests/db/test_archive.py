"""Whose an archive is, and what the server is told of it."""

from pathlib import Path

import pytest

from jieli.db.archive import GAP, OWNER, Archive, ForeignArchive, claim, note_gap, segment_name, settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a database lies."""
    folder = tmp_path / "postgres"
    folder.mkdir()
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def test_a_new_folder_is_taken_and_stays_with_its_database(place: Path, archive: Archive) -> None:
    claim(archive, place, {})
    owner = archive.owner
    assert owner
    claim(archive, place, {})
    assert archive.owner == owner
    # As when the disk is mounted elsewhere.
    moved = Archive(archive.root.rename(place.with_name("moved")))
    claim(moved, place, {})
    assert moved.owner == owner


def test_the_folder_of_another_database_is_refused(place: Path, archive: Archive, tmp_path: Path) -> None:
    claim(archive, place, {})
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ForeignArchive):
        claim(archive, other, {})
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("name", ["letters.txt", OWNER])
def test_a_folder_that_holds_something_else_is_refused(place: Path, archive: Archive, name: str) -> None:
    archive.root.mkdir()
    (archive.root / name).write_text("{")
    with pytest.raises(ForeignArchive, match="new and empty"):
        claim(archive, place, {})


def test_one_that_was_ours_and_is_empty_is_not_begun_anew(place: Path, archive: Archive) -> None:
    claim(archive, place, {})
    archive.root.rename(place.with_name("unmounted"))
    archive.root.mkdir()
    claim(archive, place, {})
    assert list(archive.root.iterdir()) == []


def test_only_a_database_that_was_archived_notes_a_gap(place: Path, archive: Archive) -> None:
    note_gap(place)
    assert not (place / GAP).exists()
    claim(archive, place, {})
    note_gap(place)
    assert (place / GAP).exists()


def test_the_command_stands_what_paths_are_made_of(tmp_path: Path) -> None:
    told = settings(Archive(tmp_path / "100% o'clock"))["archive_command"]
    assert told.startswith("'")
    assert "100%% o" in told
    assert "'" not in told[1:-1].replace("''", "")


def test_files_of_the_log_are_named_as_the_server_names_them() -> None:
    assert segment_name(2, 0x1FE) == "0000000200000001000000FE"
