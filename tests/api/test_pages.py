import gzip
from pathlib import Path

import httpx
import pytest
from starlette.datastructures import Headers

from jieli.api.pages import Pages


async def test_the_page_answers_every_client_route(anybody: httpx.AsyncClient) -> None:
    for path in ("/", "/demo/lead", "/sign-in", "/index.html", "/demo/file.with.dots"):
        response = await anybody.get(path)
        assert response.status_code == 200
        assert response.text == "<!doctype html><title>Jieli</title>"
        assert response.headers["Cache-Control"] == "no-cache"


async def test_an_asset_is_kept_for_ever(anybody: httpx.AsyncClient) -> None:
    response = await anybody.get("/assets/app-1234.js")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["content-type"].startswith("text/javascript")


async def test_an_asset_travels_packed_to_who_can_unpack_it(anybody: httpx.AsyncClient) -> None:
    packed = await anybody.get("/assets/app-1234.js")
    plain = await anybody.get("/assets/app-1234.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


async def test_a_page_that_has_not_changed_is_not_sent_again(anybody: httpx.AsyncClient) -> None:
    tag = (await anybody.get("/")).headers["ETag"]
    again = await anybody.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_missing_asset_is_not_answered_with_the_page(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/assets/gone.js")).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/../conftest.py", "/%2e%2e/%2e%2e/etc/passwd", "/.secret", "/assets/..%2f..%2fx", "/..\\x", "//etc"],
)
async def test_nothing_outside_the_folder_is_served(anybody: httpx.AsyncClient, path: str) -> None:
    response = await anybody.get(path)
    assert response.status_code == 404 or response.text == "<!doctype html><title>Jieli</title>"


async def test_other_methods_lead_nowhere(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.post("/demo/lead")).status_code == 404


async def test_a_rebuilt_page_is_read_anew(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    before = await pages.answer("/", Headers())
    (tmp_path / "index.html").write_text("newer" * 1000, encoding="utf-8")
    after = await pages.answer("/", Headers({"accept-encoding": "gzip"}))
    assert (before.body, gzip.decompress(bytes(after.body))) == (b"old", b"newer" * 1000)


async def test_without_a_built_page_there_is_a_message(tmp_path: Path) -> None:
    response = await Pages(tmp_path / "none").answer("/", Headers())
    assert response.status_code == 503
    assert "make setup" in bytes(response.body).decode()


async def test_the_server_says_that_it_lives_and_works(anybody: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/readyz"):
        response = await anybody.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
