"""What is sent up: names full of tricks, pages that would run, bodies that are too large. Nothing leaves its folder,
nothing is shown as a page of ours, and the server goes on."""

import unicodedata
from pathlib import Path

import httpx
import pytest

from jieli.api.context import Process
from tests.api.conftest import Person, at

NAMES = {
    "../../../etc/passwd": "passwd",
    "/etc/shadow": "shadow",
    "C:\\Windows\\system32\\cmd.exe": "cmd.exe",
    "\\\\server\\share\\a.csv": "a.csv",
    "CON": "_CON",
    "nul.csv": "_nul.csv",
    "com1.tar.gz": "_com1.tar.gz",
    "....": "file",
    "a.csv.": "a.csv",
    "a\u202ecsv.exe": "acsv.exe",
    "a\u200b\u2066b.csv": "ab.csv",
    "<img src=x onerror=alert(1)>.csv": "_img src=x onerror=alert(1)_.csv",
    "'; drop table file; --.csv": "'; drop table file; --.csv",
    "%2e%2e%2fa.csv": "%2e%2e%2fa.csv",
    "x" * 300 + ".csv": "x" * 179 + ".csv",
    "😀" * 300: "😀" * 200,
    "=cmd|' /C calc'!A0.csv": "C calc'!A0.csv",
}
PAGES = {
    "page.html": b"<!doctype html><script>alert(document.cookie)</script>",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "picture.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "feed.xml": b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "page.pdf": b"\xef\xbb\xbf<html><body onload=alert(1)>",
    "script.js": b"alert(1)",
    "page.mht": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
    "wide.html": "<html><script>alert(1)</script>".encode("utf-16"),
}
TABLE = "姓名,手机\n甲,13600000001\n".encode()


@pytest.fixture
async def lead(sam: Person) -> str:
    return at(await sam.lead(), "lead", "/files")


def kept(process: Process) -> set[Path]:
    return {path for path in process.options.files.parent.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "clean"), NAMES.items())
async def test_the_name_of_an_attached_file_steers_nothing(
    sam: Person, process: Process, lead: str, name: str, clean: str
) -> None:
    before = kept(process)
    file = (await sam.post(lead, None, files={"file": (name, name.encode())})).json()
    assert file["name"] == clean
    assert all(path.name == path.name.lower() and len(path.name) == 64 for path in kept(process) - before)
    response = await sam.get(f"/files/{file['id']}")
    assert response.content == name.encode()
    assert response.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(("name", "clean"), NAMES.items())
async def test_the_name_of_an_imported_file_steers_nothing(
    boss: Person, process: Process, name: str, clean: str
) -> None:
    before = kept(process)
    run = (await boss.post("/imports", None, files={"file": (name, TABLE)}, data={"object": "lead"})).json()
    assert run["file_name"] == clean
    (made,) = kept(process) - before
    assert made.parent == process.options.files / "imports" / boss.slug / run["id"]
    assert made.stem == "source"


@pytest.mark.parametrize("name", [b"a\x00b.csv", b"a\xff\xfe.csv", b"a\xed\xa0\x80.csv", b"", b"a\tb.csv"])
@pytest.mark.parametrize("path", ["/imports", "files"])
async def test_bytes_that_are_no_name_are_refused_or_left_out(
    sam: Person, boss: Person, lead: str, name: bytes, path: str
) -> None:
    body = b"".join(
        [
            b'--x\r\nContent-Disposition: form-data; name="object"\r\n\r\nlead\r\n',
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n',
            TABLE + b"\r\n--x--\r\n",
        ]
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    person = boss if path == "/imports" else sam
    response = await person.post(path if path == "/imports" else lead, None, content=body, headers=headers)
    assert response.status_code in (201, 422), response.text
    found = response.json()
    shown = found.get("file_name") or found.get("name") or ""
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs"}
    assert (await person.get("/blueprint")).status_code == 200


@pytest.mark.parametrize(("name", "content"), PAGES.items())
@pytest.mark.parametrize("query", ["", "?inline=1"])
async def test_a_page_is_only_ever_downloaded(
    sam: Person, lead: str, name: str, content: bytes, query: str
) -> None:
    files = {"file": (name, content, "text/html")}
    file = (await sam.post(lead, None, files=files)).json()
    response = await sam.get(f"/files/{file['id']}{query}")
    assert response.content == content
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["Content-Type"].partition(";")[0] in ("text/plain", "application/octet-stream")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("length", [None, "1", "0"])
async def test_a_body_is_cut_off_where_it_becomes_too_large_whatever_it_says(
    sam: Person, process: Process, lead: str, length: str | None
) -> None:
    read = 0

    async def endless() -> object:
        nonlocal read
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while True:
            read += 65_536
            yield b"y" * 65_536

    headers = {"Content-Type": "multipart/form-data; boundary=x"} | (
        {"Content-Length": length} if length else {}
    )
    response = await sam.post(lead, None, content=endless(), headers=headers)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert read < 2 * process.options.largest_file + 1_000_000
    assert (await sam.get("/blueprint")).status_code == 200


async def test_a_form_of_very_many_parts_is_refused(sam: Person, lead: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response: httpx.Response = await sam.post(
        lead, None, content=part * 5_000 + b"--x--\r\n", headers=headers
    )
    assert response.status_code == 422
    assert (await sam.get("/blueprint")).status_code == 200
