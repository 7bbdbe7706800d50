import pytest

from jieli.records.sniffing import LONGEST_NAME, PLAIN, SHOWN_INLINE, UNKNOWN, clean_name, sniffed


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a.html", "image/png"),
        (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
        (b"GIF89a", "a", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a", "audio/wav"),
        (b"%PDF-1.7", "a", "application/pdf"),
        (
            b"PK\x03\x04....",
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04....", "a.exe", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.XLS", "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.exe", UNKNOWN),
        (b"....ftypheic", "a", "image/heic"),
        (b"....ftypisom", "a", "video/mp4"),
        ("文字".encode(), "a.png", PLAIN),
        ("文字".encode()[:-1], "a", PLAIN),
        (b"<html>", "a.html", PLAIN),
        (b"<svg onload=x>", "a.svg", PLAIN),
        (b"MZ\x90\x00", "a.txt", UNKNOWN),
        ("文字".encode("gb18030"), "a.txt", UNKNOWN),
        (b"", "a", PLAIN),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, name: str, kind: str) -> None:
    assert sniffed(head, name) == kind


def test_nothing_that_may_hold_a_script_is_shown_inline() -> None:
    assert not {
        kind for kind in SHOWN_INLINE if "html" in kind or "svg" in kind or "xml" in kind or "text" in kind
    }


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("合同 (最终).pdf", "合同 (最终).pdf"),
        ("../../x.pdf", "x.pdf"),
        ("C:\\temp\\x.pdf", "x.pdf"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ('quo"te<>.txt', "quo_te__.txt"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        (" .hidden. ", "hidden"),
        ("...", "file"),
        ("", "file"),
        (None, "file"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_a_name_is_kept_without_what_could_steer_anything(raw: str | None, kept: str) -> None:
    assert clean_name(raw) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = clean_name("长" * 500 + ".xlsx")
    assert len(kept) <= LONGEST_NAME
    assert kept.endswith(".xlsx")
