"""A database for served sites alone."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest_asyncio


@pytest_asyncio.fixture(scope="module")
async def database(dsn: str) -> AsyncIterator[str]:
    """One of its own: the workers of these servers would take the jobs of other tests."""
    name = f"t_{uuid4().hex[:12]}"
    connection = await asyncpg.connect(dsn)
    await connection.execute(f"create database {name}")
    yield dsn.replace("/postgres?", f"/{name}?")
    await connection.execute(f"drop database {name} with (force)")
    await connection.close()
