"""Each house rule finds what it forbids and leaves alone what looks like it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from house.source import Source
from house_rules import RULES, check, committed

ALLOW = "# house: " + "allow"
LEAD = "src/jieli/intake/lead.py"


def broken(path: str, text: str) -> list[str]:
    return [finding.rule for finding in check([Source(path, text)])]


def function(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


FORBIDDEN = [
    ("import-direction", "src/jieli/base/text.py", "from jieli.db import pool"),
    ("import-direction", "src/jieli/db/pool.py", "import jieli.records.apply"),
    ("import-direction", "src/jieli/db/pool.py", "from jieli import jobs"),
    ("import-direction", "src/jieli/db/pool.py", "from ..records import apply"),
    ("import-direction", "src/jieli/db/pool.py", "def late():\n    from jieli.api import app"),
    ("import-direction", "src/jieli/api/records.py", "from jieli import cli"),
    ("import-direction", "src/jieli/billing/invoice.py", ""),
    ("sql-glued", "src/jieli/intake/store.py", 'f"select {columns} from lead"'),
    ("sql-glued", "src/jieli/intake/store.py", 'f"""\n  UPDATE {table} SET a = 1"""'),
    ("sql-glued", "src/jieli/intake/store.py", '"insert into " + table + " values (1)"'),
    ("sql-glued", "src/jieli/intake/store.py", '"delete from %s" % table'),
    ("sql-glued", "src/jieli/intake/store.py", '"alter table {} add column a int".format(table)'),
    ("sql-glued", "src/jieli/query/page.py", 'f"with hit as (select 1) select * from {table}"'),
    ("sql-place", LEAD, 'sql("select id from lead")'),
    ("sql-place", LEAD, 'sql("create unique index lead_phone on lead (phone)")'),
    ("sql-place", LEAD, 'text = """\n    drop table lead"""'),
    ("commit", LEAD, "await connection.commit()"),
    ("clock", LEAD, "from datetime import UTC, datetime\nnow = datetime.now(UTC)"),
    ("clock", LEAD, "import datetime\nstamp = field(default_factory=datetime.datetime.utcnow)"),
    ("clock", LEAD, "import time\nstarted = time.time()"),
    ("clock", LEAD, "from time import time"),
    ("print", LEAD, "print('imported')"),
    ("broad-except", LEAD, "try:\n    f()\nexcept Exception:\n    pass"),
    ("broad-except", LEAD, "try:\n    f()\nexcept:\n    pass"),
    ("broad-except", LEAD, "try:\n    f()\nexcept (OSError, BaseException) as e:\n    g(e)"),
    ("broad-except", LEAD, "with contextlib.suppress(Exception):\n    f()"),
    ("file-length", LEAD, "a = 1\n" * 501),
    ("file-length", "web/src/views/board.tsx", "a;\n" * 501),
    ("function-length", LEAD, function(61)),
    ("parameters", LEAD, "def f(self, a, b, c, d, e, g, h): ..."),
    ("empty-name", "src/jieli/intake/utils.py", ""),
    ("empty-name", "src/jieli/common/lead.py", ""),
    ("empty-name", "web/src/api/date-helpers.ts", ""),
    ("empty-name", "tests/intake/lead_manager.py", ""),
    ("later", LEAD, "a = 1  # TODO: faster"),
    ("later", "web/src/views/board.tsx", "// FIXME later"),
    ("registry-host", "README.md", "from registry." + "example.org"),
    ("registry-host", "requirements.txt", "--index-url https://pypi." + "org/simple"),
    ("machine-path", "docs/guide/start.md", "cd /" + "work/main"),
    ("machine-path", "scripts/x.py", 'path = "/home' + '/anna/jieli"'),
    ("any", LEAD, "from typing import Any\ndef f(raw: Any) -> None: ..."),
    ("any", LEAD, "import typing\nraw: dict[str, typing.Any] = {}"),
    ("message", LEAD, 'M = Message("lost", "", "Lost")'),
    ("message", LEAD, 'M = Message("lost", "丢单:{reason}", "Lost")'),
    ("message", LEAD, 'M = Message(code="lost", zh="丢单", en=" ")'),
    ("message", LEAD, 'M = Text(zh="丢单{", en="Lost")'),
]

PERMITTED = [
    ("src/jieli/api/records.py", "from jieli.records import apply\nfrom jieli.api import render"),
    ("src/jieli/db/pool.py", "from . import sql\nfrom .. import base\nimport jieli\nimport asyncpg"),
    ("src/jieli/app.py", "from jieli import api, cli\nimport jieli.settings"),
    ("tests/base/test_text.py", "from jieli.api import app"),
    ("src/jieli/intake/store.py", 'sql("select {columns} from lead", columns=columns)'),
    ("src/jieli/intake/store.py", '"select id " "from lead"'),
    ("src/jieli/records/undo_store.py", 'sql("delete from event")'),
    ("src/jieli/query/page.py", 'sql("select 1")'),
    (LEAD, '"""select a lead from the list: a docstring"""'),
    (LEAD, 'M = Message("pick", "请选择", "Select a lead from the list")'),
    (LEAD, 'log.info(f"create {count} leads with {owner}")'),
    (LEAD, 'f"{count} rows: select them from the list"'),
    ("src/jieli/db/pool.py", "await point.commit()"),
    (LEAD, "from jieli.base import clock\nnow = clock.now()\nimport time\ntime.monotonic()"),
    ("src/jieli/base/clock.py", "from datetime import datetime\ndatetime.now()"),
    ("src/jieli/cli.py", "print(1)\ntry:\n    f()\nexcept Exception:\n    pass"),
    ("src/jieli/jobs/worker.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (LEAD, "try:\n    f()\nexcept ValueError:\n    pass"),
    (LEAD, "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    (LEAD, "a = 1\n" * 500),
    ("web/src/api/schema.d.ts", "/** This file was auto-generated. */\n" + "a;\n" * 501),
    (LEAD, function(60)),
    (LEAD, "def f(self, a, b, c, d, e, g, *, h, i): ..."),
    ("src/jieli/connect/service_desk.py", ""),
    (LEAD, "a = 1  # TODO #12: faster\nb = 'TODO'"),
    ("README.md", "See https://www.python.org and docs/work/plan.md"),
    (LEAD, "from typing import Any\nValues = dict[str, Any]"),
    ("src/jieli/fields/contract.py", "from typing import Any\ndef load(stored: Any) -> None: ..."),
    (LEAD, "from typing import Any, TypeAlias\nValues: TypeAlias = dict[str, Any]"),
    (LEAD, 'M = Message("lost", "丢单:{reason}", "Lost: {reason}")'),
    (LEAD, "M = Message(code, zh, en)"),
]


@pytest.mark.parametrize(("rule", "path", "text"), FORBIDDEN)
def test_a_breach_is_found(rule: str, path: str, text: str) -> None:
    assert rule in broken(path, text)


@pytest.mark.parametrize(("path", "text"), PERMITTED)
def test_what_is_permitted_is_left_alone(path: str, text: str) -> None:
    assert broken(path, text) == []


def test_every_rule_has_an_example() -> None:
    assert {rule.name for rule in RULES} == {rule for rule, _, _ in FORBIDDEN}


def test_a_breach_is_told_with_its_place() -> None:
    found = [str(finding) for finding in check([Source(LEAD, "a = 1\nprint(a)\n")])]
    assert found == [f"{LEAD}:2 print only cli.py prints; elsewhere there is the log"]


def test_a_line_may_say_why_it_breaks_a_rule() -> None:
    assert broken(LEAD, f"print(1)  {ALLOW} print - the last words of a dying process") == []


def test_a_permission_without_a_reason_permits_nothing() -> None:
    assert sorted(broken(LEAD, f"print(1)  {ALLOW} print")) == ["allow", "print"]


def test_a_permission_holds_for_its_own_rule_only() -> None:
    assert sorted(broken(LEAD, f"print(1)  {ALLOW} clock - of course")) == ["allow", "print"]


def test_a_permission_that_nothing_needs_is_a_breach() -> None:
    assert broken(LEAD, f"a = 1  {ALLOW} print - it printed once") == ["allow"]


@pytest.mark.skipif(
    shutil.which("git") is None, reason="git tells which files are committed, and is not here"
)
def test_files_that_are_ignored_or_not_text_are_not_checked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("built/\n")
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "page.py").write_text("print(1)")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\xff")
    (tmp_path / "new.py").write_text("a = 1")
    assert [source.path for source in committed(tmp_path)] == [".gitignore", "new.py"]
