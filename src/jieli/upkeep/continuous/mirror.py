"""Uploaded files in the archive. Nothing is ever taken out of it there, so it holds what any moment refers to."""

from collections.abc import Iterator
from pathlib import Path

from jieli.db.archive import Archive
from jieli.records.content import copied

IMPORTS = "imports"


def mirror(home: Path, archive: Archive) -> int:
    """Copy what is not there yet; how many files that was. Raises FileNotFoundError when the archive cannot be reached,
    lest a disk that is not mounted is written beside. Blocks."""
    archive.files.stat()
    folder, count = home / "files", 0
    for name in _missing(folder, archive.files):
        # An import that could not be read is taken away again with its file.
        if (folder / name).is_file():
            copied(folder / name, archive.files / name)
            count += 1
    return count


def _missing(folder: Path, kept: Path) -> Iterator[Path]:
    """By names alone, because content bears its checksum as its name; only the files of imports may be written anew."""
    for part in folder.glob("[0-9a-f][0-9a-f]"):
        there = {path.name for path in (kept / part.name).glob("*")}
        yield from (Path(part.name, path.name) for path in part.iterdir() if path.name not in there)
    for path in (folder / IMPORTS).glob("*/*/*"):
        name = path.relative_to(folder)
        if path.is_file() and not _is_kept(path, kept / name):
            yield name


def _is_kept(path: Path, kept: Path) -> bool:
    try:
        ours, theirs = path.stat(), kept.stat()
    except FileNotFoundError:
        return False
    return ours.st_size == theirs.st_size and ours.st_mtime <= theirs.st_mtime
