"""Jieli's web server over the company, as `jieli serve` runs it, without a worker beside it."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx

from bench.company import SLUG
from bench.machine import processors
from jieli.base.vault import Vault
from jieli.commands.serving import CONNECTIONS, WAITING
from jieli.db.pool import Database
from jieli.identity import Credentials, Lifetime, Visitor, sign_in, store
from jieli.synthetic.people import PASSWORD

PATIENCE = 60
ADDRESS = f"/api/v1/{SLUG}"


@asynccontextmanager
async def served(home: Path, dsn: str) -> AsyncIterator[int]:
    """The port of a server with one process for each processor. Raises TimeoutError when it does not start."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "jieli.app:make"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(processors())]
    command += ["--log-level", "warning", "--workers-kill-timeout", "10"]
    command += ["--backlog", str(WAITING), "--backpressure", str(CONNECTIONS)]
    environment = {**os.environ, "JIELI_HOME": str(home), "DATABASE_URL": dsn}
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        await _until_ready(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _until_ready(port: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(PATIENCE):
        while True:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


async def sessions(db: Database, members: Sequence[UUID]) -> list[str]:
    """Sign these members in; gives their tokens."""
    tokens = []
    for member in members:
        async with db.read() as tx:
            account = await tx.one(store.account_of_member(SLUG, member))
        assert account is not None
        given = Credentials(account["login"], PASSWORD)
        tokens.append((await sign_in(db, Vault(tuple), given, Visitor(), Lifetime())).token)
    return tokens
