"""The checklist of the ASVS names evidence that exists, and what it says of the whole source holds."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from jieli.blueprint import parse
from jieli.standard import reading
from tests.conftest import REPO

GUIDE = REPO / "docs" / "guide"
ROW = re.compile(
    r"\| (?P<number>\d+\.\d+\.\d+\S*) \| [^|]+ \| (?P<state>[^|]+) \| (?P<why>[^|]+) \|", re.MULTILINE
)
STATES = {
    "security.md": {"met": "met", "not applicable": "n/a", "**not met**": "not"},
    "security.zh.md": {"符合": "met", "不适用": "n/a", "**不符合**": "not"},
}
PRODUCT = sorted((REPO / "src" / "jieli").rglob("*.py"))
PAGES = [path for path in (REPO / "web" / "src").rglob("*.ts*") if ".test." not in path.name]
CALLING = {"httpx", "requests", "aiohttp", "urllib.request", "http.client", "smtplib", "ftplib"}
CALLS_OUT = {"commands/serving.py"}
"""Modules that open connections by HTTP or mail: `jieli serve` asks its own address whether it is ready. Who adds one
describes it in the guide's section on connections, and looks again at 1.3.6, 13.2.4 and 15.3.2."""
STORING = {
    "i18n/index.ts": "localStorage",
    "ui/preferences.ts": "localStorage",
    "intake/use-draft.ts": "sessionStorage",
}
"""What pages keep in the browser: language, looks, and which column goes where in an import that is under way."""


def rows(name: str) -> list[re.Match[str]]:
    return list(ROW.finditer((GUIDE / name).read_text("utf-8")))


def evidence(why: str) -> list[str]:
    """The files, and the tests in them; a folder or a file is named from the root of the repository."""
    return [one for one in re.findall(r"`([^`]+)`", why) if re.fullmatch(r"[\w./-]+\.\w+(?:::\w+)?", one)]


def state(name: str, row: re.Match[str]) -> str:
    return STATES[name][row["state"]]


@cache
def named_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("name", STATES)
def test_what_is_said_to_be_met_names_evidence_and_what_is_not_a_reason(name: str) -> None:
    assert len(rows(name)) > 200
    for row in rows(name):
        named = evidence(row["why"])
        if state(name, row) == "met":
            assert named, row["number"]
        else:
            assert len(re.sub(r"`[^`]+`|<br>", "", row["why"]).strip()) > 1, row["number"]


@pytest.mark.parametrize("name", STATES)
def test_the_evidence_exists(name: str) -> None:
    for row in rows(name):
        for one in evidence(row["why"]):
            file, _, test = one.partition("::")
            path = REPO / file
            assert path.exists(), one
            assert not test or test in named_in(path), one


def test_both_languages_say_the_same_of_the_same_requirements() -> None:
    told = {
        name: [(row["number"], state(name, row), evidence(row["why"])) for row in rows(name)]
        for name in STATES
    }
    english, chinese = told.values()
    assert english == chinese
    numbers = [number for number, _, _ in english]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("name", STATES)
def test_the_sums_are_those_of_the_list(name: str) -> None:
    text = (GUIDE / name).read_text("utf-8").split("###")[0]
    counted = [state(name, row) for row in rows(name)]
    for kind in ("met", "n/a", "not"):
        assert re.search(rf"\b{counted.count(kind)}\b", text), kind


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_no_program_is_started_by_a_shell() -> None:
    for path in PRODUCT:
        for call in calls(path):
            assert ast.unparse(call.func) not in ("os.system", "os.popen", "subprocess.getoutput"), path
            assert not any(keyword.arg == "shell" for keyword in call.keywords), path


def test_nothing_is_executed_that_was_a_text() -> None:
    for path in PRODUCT:
        for call in calls(path):
            name = ast.unparse(call.func)
            assert name not in ("eval", "exec", "compile", "__import__"), path
            assert not name.startswith(("pickle.", "marshal.", "shelve.")), path
            assert name not in ("yaml.unsafe_load", "yaml.full_load", "yaml.load_all"), path
            if name == "yaml.load":
                assert [ast.unparse(one) for one in call.args[1:]] == ["_Loader"], path
    for module in (parse, reading):
        assert issubclass(module._Loader, yaml.SafeLoader | yaml.CSafeLoader)


def test_no_pattern_is_made_of_what_people_type() -> None:
    """Patterns are made when a module is loaded; a function uses constant ones."""
    for path in PRODUCT:
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and re.fullmatch(
                    r"re\.(compile|match|fullmatch|search|sub|split|findall|finditer)", ast.unparse(node.func)
                ):
                    assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_server_calls_nobody() -> None:
    found = {
        path.relative_to(REPO / "src" / "jieli").as_posix() for path in PRODUCT if imported(path) & CALLING
    }
    assert found == CALLS_OUT


def test_the_pages_put_no_markup_into_themselves() -> None:
    assert len(PAGES) > 100
    for path in PAGES:
        text = path.read_text("utf-8")
        assert not re.search(
            r"dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|document\.write|insertAdjacentHTML", text
        ), path
        assert not re.search(r"\beval\(|new Function\(", text), path


def test_browsers_store_preferences_only() -> None:
    found: dict[str, str] = {}
    for path in PAGES:
        for store in re.findall(r"\b(localStorage|sessionStorage|indexedDB)\b", path.read_text("utf-8")):
            found[path.relative_to(REPO / "web" / "src").as_posix()] = store
    assert found == STORING
