import asyncio
from pathlib import Path

import httpx
import pytest

from jieli.api.context import Process
from jieli.records import Values
from tests.api.conftest import Person, at

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PDF = b"%PDF-1.7\n" + b"x" * 32


async def sent(person: Person, record: Values, name: str, content: bytes, **data: str) -> httpx.Response:
    files = {"file": (name, content, "text/html")}
    return await person.post(at(record, "lead", "/files"), None, files=files, data=data)


async def test_a_file_is_attached_listed_read_and_removed(sam: Person) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, "合同.pdf", PDF)).json()
    assert (file["name"], file["size"], file["type"]) == ("合同.pdf", len(PDF), "application/pdf")
    listed = (await sam.get(at(made, "lead", "/files"))).json()["items"]
    assert [one["id"] for one in listed] == [file["id"]]
    assert (await sam.get(f"/files/{file['id']}")).content == PDF
    assert (await sam.delete(f"/files/{file['id']}")).status_code == 204
    assert (await sam.get(f"/files/{file['id']}")).status_code == 404
    assert (await sam.get(at(made, "lead", "/files"))).json()["items"] == []


async def test_the_timeline_tells_of_files(sam: Person) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, "a.txt", b"text")).json()
    await sam.delete(f"/files/{file['id']}")
    items = (await sam.get(at(made, "lead", "/timeline"))).json()["items"]
    assert [item["kind"] for item in items[:2]] == ["file_removed", "file_added"]
    assert items[1]["file"] == {"id": file["id"], "name": "a.txt", "size": 4, "type": "text/plain"}


async def test_a_file_is_read_by_who_may_see_its_record_only(sam: Person, eva: Person, wes: Person) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, "a.txt", b"text")).json()
    assert (await eva.get(f"/files/{file['id']}")).status_code == 200
    for response in (await wes.get(f"/files/{file['id']}"), await wes.delete(f"/files/{file['id']}")):
        assert (response.status_code, response.json()["code"]) == (404, "file_unknown")


async def test_who_may_only_read_the_record_attaches_nothing(sam: Person, boss: Person) -> None:
    product = await boss.make("product", name="只读产品")
    files = {"file": ("a.txt", b"text", "text/plain")}
    response = await sam.post(at(product, "product", "/files"), None, files=files)
    assert (response.status_code, response.json()["code"]) == (403, "may_not_change")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("..", "file"),
        ("a" * 400 + ".pdf", "a" * 179 + ".pdf"),
    ],
)
async def test_a_name_full_of_tricks_is_cleaned(sam: Person, process: Process, name: str, kept: str) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, name, b"text")).json()
    assert file["name"] == kept
    response = await sam.get(f"/files/{file['id']}")
    assert "\n" not in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"MZ\x90\x00",
    ],
)
async def test_what_could_run_is_only_ever_downloaded(sam: Person, content: bytes) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, "page.png", content)).json()
    response = await sam.get(f"/files/{file['id']}?inline=1")
    assert file["type"] in ("text/plain", "application/octet-stream")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_picture_may_be_shown_in_the_page(sam: Person) -> None:
    made = await sam.lead()
    file = (await sent(sam, made, "photo.html", PNG)).json()
    response = await sam.get(f"/files/{file['id']}?inline=1")
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["content-type"] == "image/png"


async def test_an_empty_file_is_refused(sam: Person) -> None:
    response = await sent(sam, await sam.lead(), "empty.txt", b"")
    assert response.json()["problems"][0]["code"] == "empty_file"


async def test_a_file_that_is_too_large_is_refused(sam: Person) -> None:
    response = await sent(sam, await sam.lead(), "big.bin", b"\1" * (1024 * 1024 + 1))
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_a_form_without_a_file_is_refused(sam: Person) -> None:
    made = await sam.lead()
    response = await sam.post(at(made, "lead", "/files"), None, data={"file": "text"})
    assert response.status_code == 422


async def test_the_same_content_is_kept_once(sam: Person, process: Process) -> None:
    content = b"the very same content of two files"
    for _ in range(2):
        await sent(sam, await sam.lead(), "same.txt", content)
    kept = await asyncio.to_thread(_holding, process.options.files, content)
    assert len(kept) == 1


def _holding(folder: Path, content: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and file.read_bytes() == content]


async def test_a_picture_goes_into_a_field_and_comes_back_with_its_name(sam: Person) -> None:
    lead = await sam.lead()
    made = await sam.make("activity", content="拜访", at="2026-01-02T03:04:05Z", lead=lead["id"])
    path = at(made, "activity")
    for name in ("one.png", "two.png"):
        files = {"file": (name, PNG, "image/png")}
        response = await sam.post(f"{path}/files", None, files=files, data={"field": "images"})
        assert response.status_code == 201, response.text
    shown = (await sam.get(path)).json()["images"]
    assert [(one["name"], one["type"]) for one in shown] == [
        ("one.png", "image/png"),
        ("two.png", "image/png"),
    ]
    refused = await sam.post(f"{path}/files", None, files={"file": ("x.pdf", PDF)}, data={"field": "images"})
    assert refused.json()["problems"][0]["code"] == "not_a_picture"


async def test_a_field_shows_no_file_of_another_record(sam: Person, wes: Person) -> None:
    theirs = (await sent(wes, await wes.lead(), "secret.png", PNG)).json()
    lead = await sam.lead()
    made = await sam.make("activity", content="X", at="2026-01-02T03:04:05Z", lead=lead["id"])
    response = await sam.patch(at(made, "activity"), {"values": {"images": [theirs["id"]]}})
    assert "secret" not in response.text


async def test_a_field_that_holds_no_files_is_refused(sam: Person) -> None:
    for field in ("name", "nothing"):
        response = await sent(sam, await sam.lead(), "a.txt", b"text", field=field)
        assert response.json()["problems"][0]["path"] == "field"
