"""A site whose database is reached through PgBouncer in transaction mode, set up as the guide says."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import pytest_asyncio

from jieli.db.unprivileged import hand_over, run_as
from tests.conftest import server_home
from tests.torture.client import Client
from tests.torture.deeds import bring_in, count, ended, heard
from tests.torture.ledger import Ledger
from tests.torture.site import Site, free_port, peopled

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LEADS = "/objects/lead/records"

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed"),
]


@pytest.fixture(scope="module")
def pooled(database: str) -> Iterator[str]:
    """The address of the database through the pooler."""
    assert PGBOUNCER is not None
    folder, port, direct = (
        Path(tempfile.mkdtemp(prefix="jieli-tests-pooled-")),
        free_port(),
        urlsplit(database),
    )
    name, host = direct.path[1:], dict(parse_qsl(direct.query))["host"]
    who = run_as(folder / "none")
    hand_over(folder, who)
    (folder / "users").write_text('"jieli" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{name} = host={host} port=5432 dbname={name}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {folder}/users\npool_mode = transaction\ndefault_pool_size = 5\n"
    )
    for path in folder.iterdir():
        path.chmod(0o644)
    with (folder / "log").open("wb") as log:
        command = [PGBOUNCER, folder / "pgbouncer.ini"]
        running = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **who)
    yield f"postgresql://jieli@127.0.0.1:{port}/{name}"
    running.send_signal(signal.SIGINT)
    running.wait()
    assert "login attempt" in (folder / "log").read_text(), "nobody came through the pooler"
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="module")
async def site(database: str, pooled: str) -> AsyncIterator[Site]:
    db, company = await peopled(database)
    with server_home() as home, pytest.MonkeyPatch.context() as changed:
        changed.setenv("JIELI_DATABASE_POOLER", "true")
        changed.setenv("JIELI_DATABASE_DIRECT_URL", database)
        made = Site(home, free_port(), pooled, company, db, shares=True)
        try:
            await made.ready()
            yield made
        finally:
            await made.close()


async def test_people_work_hear_of_changes_and_bring_files_in_through_a_pooler(site: Site) -> None:
    client = Client(site, Ledger())
    await client.sign_in()
    async with client.changes() as lines:
        # More at a time than there are connections, so that transactions change places on them.
        made = await asyncio.gather(
            *(client.write("POST", LEADS, {"values": {"name": f"池{n}"}}) for n in range(40))
        )
        await heard(lines, made[-1].json()["id"])
    ids = {answer.json()["id"] for answer in made}
    page = await client.get(f"{LEADS}?limit=500")
    assert ids <= {one["id"] for one in page["items"]}  # type: ignore[attr-defined]  # as documented
    assert (await ended(client, await bring_in(client, "池", 500)))["state"] == "done"
    assert await count(site, "池-%") == 500
    assert client.ledger.faults == []
    await client.close()
