"""What a watcher may read, and who may not."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from jieli.api.context import Process
from jieli.api.measure import forget_the_dead
from tests.api.conftest import Person


@pytest.fixture
async def watcher(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://jieli") as client:
        yield client


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://jieli") as client:
        yield client


async def test_requests_are_counted_by_the_template_of_their_route(
    watcher: httpx.AsyncClient, sam: Person
) -> None:
    await sam.get("/objects/lead/records/00000000-0000-0000-0000-000000000000")
    text = (await watcher.get("/metrics")).text
    place = 'method="GET",route="/{ws}/objects/{object}/records/{record}"'
    assert f'jieli_requests_total{{{place},status="404"}}' in text
    assert f"jieli_request_seconds_count{{{place}}}" in text
    assert "00000000-0000" not in text


async def test_pools_jobs_and_streams_are_told(watcher: httpx.AsyncClient) -> None:
    response = await watcher.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    for name in (
        'jieli_database_connections{pool="readers",state="idle"}',
        'jieli_jobs{state="failed"}',
        "jieli_jobs_late_seconds",
        "jieli_live_connections",
    ):
        assert f"\n{name} " in response.text


async def test_from_afar_it_is_not_there(stranger: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer guess"}):
        assert (await stranger.get("/metrics", headers=headers)).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
async def test_through_a_proxy_on_this_machine_it_is_not_there(
    watcher: httpx.AsyncClient, header: str
) -> None:
    assert (await watcher.get("/metrics", headers={header: "127.0.0.1"})).status_code == 404


async def test_the_token_opens_it(
    app: FastAPI, stranger: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    process: Process = app.state.process
    monkeypatch.setattr(process, "options", replace(process.options, metrics_token="s3cret"))
    assert (await stranger.get("/metrics")).status_code == 404
    answer = await stranger.get("/metrics", headers={"Authorization": "Bearer s3cret"})
    assert answer.status_code == 200


def test_what_a_killed_process_had_open_is_forgotten(tmp_path: Path) -> None:
    for name in (f"gauge_livesum_{os.getpid()}.db", "gauge_livesum_999999999.db", "counter_999999999.db"):
        (tmp_path / name).touch()
    forget_the_dead(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "counter_999999999.db",
        f"gauge_livesum_{os.getpid()}.db",
    ]
