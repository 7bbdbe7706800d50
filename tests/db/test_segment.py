"""Files of the log in the archive: whole or not there, never written over."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from jieli.db import segment

LONG = Random(7).randbytes(300_000) + bytes(900_000)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "000000010000000000000001"
    file.write_bytes(LONG)
    return file


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """As the server does."""
    command = [sys.executable, "-I", "-S", segment.__file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_kept_comes_back_equal(source: Path, tmp_path: Path) -> None:
    assert run("keep", source, tmp_path / "kept.gz").returncode == 0
    assert run("bring", tmp_path / "kept.gz", tmp_path / "back").returncode == 0
    assert (tmp_path / "back").read_bytes() == LONG
    assert (tmp_path / "kept.gz").stat().st_size < len(LONG) / 3


def test_the_same_file_may_come_twice_and_another_one_is_refused(source: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.gz"
    segment.keep(source, kept)
    before = kept.stat()
    segment.keep(source, kept)
    for other in (LONG + b"1", LONG[:-1], b"1" + LONG[1:], b""):
        source.write_bytes(other)
        done = run("keep", source, kept)
        assert done.returncode == 1
        assert "another file" in done.stderr
        assert "Traceback" not in done.stderr
    assert kept.stat().st_mtime_ns == before.st_mtime_ns


def test_a_damaged_one_is_not_taken_for_the_same(source: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.gz"
    segment.keep(source, kept)
    whole = kept.read_bytes()
    for position in range(20, 290_000, 9_973):
        kept.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert not segment.holds_the_same(source, kept)


def test_what_a_killed_one_has_left_is_written_over(source: Path, tmp_path: Path) -> None:
    (tmp_path / "kept.gz.unfinished").write_bytes(b"half" * 1_000_000)
    segment.keep(source, tmp_path / "kept.gz")
    assert segment.holds_the_same(source, tmp_path / "kept.gz")


def test_the_end_of_the_archive_is_said_and_leaves_no_file(tmp_path: Path) -> None:
    done = run("bring", tmp_path / "none.gz", tmp_path / "back")
    assert (done.returncode, done.stderr.startswith("bring: ")) == (1, True)
    assert not (tmp_path / "back").exists()
