import hashlib
import io
from pathlib import Path

import pytest

from jieli.records.content import HEAD, PART, Disk


def test_content_is_kept_under_its_checksum(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "files")
    content = disk.put(io.BytesIO(b"content"))
    path = disk.path(content.sha256)
    assert content.sha256 == hashlib.sha256(b"content").hexdigest()
    assert path is not None
    assert path.read_bytes() == b"content"
    assert (content.size, content.head) == (7, b"content")


def test_large_content_is_kept_whole_and_its_head_is_short(tmp_path: Path) -> None:
    body = bytes(range(256)) * ((2 * PART) // 256 + 7)
    content = Disk(tmp_path).put(io.BytesIO(body))
    path = Disk(tmp_path).path(content.sha256)
    assert path is not None
    assert path.read_bytes() == body
    assert (content.size, content.head) == (len(body), body[:HEAD])


def test_what_is_not_there_has_no_path(tmp_path: Path) -> None:
    assert Disk(tmp_path).path("0" * 64) is None


class Breaking(io.BytesIO):
    """A connection that ends in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError
        return super().read(3)


def test_an_interrupted_upload_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        Disk(tmp_path).put(Breaking(b"content"))
    assert list(tmp_path.rglob("*")) == []


def test_the_folder_is_private(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "files")
    disk.put(io.BytesIO(b"content"))
    assert disk.folder.stat().st_mode & 0o077 == 0
