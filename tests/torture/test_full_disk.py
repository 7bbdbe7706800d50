"""A disk that becomes full while people write."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from jieli.db.pool import Tx
from jieli.db.sql import sql
from tests.torture.client import Client
from tests.torture.ledger import Ledger
from tests.torture.patience import insisting
from tests.torture.site import Site, opened

pytestmark = pytest.mark.database

LEADS = "/objects/lead/records"
ROOM = 2_000_000
MEGABYTE = 1_000_000


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own, with little more room than an installation takes."""
    folder = Path(tempfile.mkdtemp(prefix="jieli-small-"))
    command = ["mount", "-t", "tmpfs", "-o", "size=260m,mode=0755", "tmpfs", str(folder)]
    done = (
        subprocess.run(command, capture_output=True, text=True, check=False)
        if shutil.which("mount")
        else None
    )
    if done is None or done.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip() if done else 'no mount'}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def filled(ballast: Path) -> None:
    """Leave only so much room that a few writes fit."""
    with ballast.open("ab") as file:
        while shutil.disk_usage(ballast.parent).free > ROOM:
            file.write(b"\0" * (MEGABYTE // 2))
            file.flush()


async def test_a_full_disk_refuses_writes_in_words_and_loses_none(small_disk: Path) -> None:
    site = await opened(small_disk)
    client = Client(site, Ledger())
    try:
        await site.ready()
        await client.sign_in()
        ballast = small_disk / "ballast"
        filled(ballast)
        kept, refusal = await written_until_refused(client)
        assert (refusal.status_code, refusal.headers["content-type"]) == (503, "application/problem+json")
        ballast.unlink()
        await site.ready()
        await client.write("POST", LEADS, {"values": {"name": "again"}})
        # Whether the write that was cut off is in is not promised.
        there = await names(site) - {f"D{len(kept)}"}
        assert there == {*kept, "again"}
        assert client.ledger.faults == []
    finally:
        await client.close()
        await site.close()


async def written_until_refused(client: Client) -> tuple[set[str], httpx.Response]:
    kept: set[str] = set()
    for number in range(2_000):
        values = {"name": f"D{number}", "needs": os.urandom(10_000).hex()}
        answer = await client.once("POST", LEADS, json={"values": values})
        assert answer is not None, "the server itself must not die of a full disk"
        if not answer.is_success:
            return kept, answer
        kept.add(f"D{number}")
    raise AssertionError("the disk never became full")


async def names(site: Site) -> set[str]:
    async def read(tx: Tx) -> set[str]:
        lead = site.company.workspace.object("lead").table
        return {row["name"] for row in await tx.all(sql("select name from {lead}", lead=lead))}

    return await insisting(site.db, read)
