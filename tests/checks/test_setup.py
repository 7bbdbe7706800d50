"""Set-up does what is needed, once, and tells what it lacks."""

import ast
from pathlib import Path

import pytest

from ready import commands, environment, pages
from ready.environment import Interpreter, choose
from setup import Step, perform
from tests.conftest import REPO


def step(folder: Path, done: list[str], source: list[str]) -> Step:
    made = folder / "made"

    def make() -> None:
        done.append("made")
        made.touch()

    return Step("step", "做", "Make", made, lambda: source[0], make)


def test_a_step_is_done_once(tmp_path: Path) -> None:
    done: list[str] = []
    steps = [step(tmp_path, done, ["one"])]
    perform(steps, tmp_path)
    perform(steps, tmp_path)
    assert done == ["made"]


def test_a_step_is_done_again_when_its_source_changes(tmp_path: Path) -> None:
    done: list[str] = []
    source = ["one"]
    steps = [step(tmp_path, done, source)]
    perform(steps, tmp_path)
    source[0] = "two"
    perform(steps, tmp_path)
    assert done == ["made", "made"]


def test_a_step_is_done_again_when_what_it_made_is_gone(tmp_path: Path) -> None:
    done: list[str] = []
    steps = [step(tmp_path, done, ["one"])]
    perform(steps, tmp_path)
    (tmp_path / "made").unlink()
    perform(steps, tmp_path)
    assert done == ["made", "made"]


def test_a_step_that_failed_is_done_again(tmp_path: Path) -> None:
    done: list[str] = []
    good = step(tmp_path, done, ["one"])
    perform([good], tmp_path)

    def fail() -> None:
        raise SystemExit("no network")

    with pytest.raises(SystemExit):
        perform([Step("step", "做", "Make", good.made, lambda: "two", fail)], tmp_path)
    perform([good], tmp_path)
    assert done == ["made", "made"]


def test_progress_is_told_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    perform([step(tmp_path, [], ["one"])], tmp_path)
    assert capsys.readouterr().out == "[1/1] 做 · Make …\n"


@pytest.mark.parametrize(
    ("found", "best"),
    [
        ([((3, 11), True), ((3, 13), True), ((3, 12), True)], (3, 13)),
        ([((3, 13), False), ((3, 11), True)], (3, 11)),
        ([((3, 15), True), ((3, 12), True)], (3, 12)),
        ([((3, 15), True), ((3, 9), True)], (3, 15)),
        ([((3, 13), False), ((3, 12), False)], (3, 13)),
    ],
)
def test_the_best_interpreter_is_chosen(
    found: list[tuple[tuple[int, int], bool]], best: tuple[int, int]
) -> None:
    chosen = choose([Interpreter("python", version, has_venv) for version, has_venv in found])
    assert chosen.version == best


def test_without_a_new_enough_python_the_user_is_told() -> None:
    with pytest.raises(SystemExit, match=r"需要 Python 3\.11[\s\S]*needs Python 3\.11"):
        choose([Interpreter("python3", (3, 9), True)])


def test_an_interpreter_that_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, answer in {"python3.14": "exit 127", "python3.12": "echo 3 12 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = list(environment.interpreters())
    assert found == [Interpreter(str(tmp_path / "python3.12"), (3, 12), True)]


def test_what_cannot_be_installed_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"Please install python3\.12-venv"):
        commands.install_debian("python3.12-venv")


def test_a_command_that_fails_shows_what_it_said() -> None:
    with pytest.raises(SystemExit, match=r"no such host[\s\S]*Failed: sh -c"):
        commands.run(["sh", "-c", "echo no such host >&2; exit 3"])


def test_pages_are_built_again_for_their_source_and_not_for_their_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "WEB", tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "board.tsx").write_text("a")
    before = pages.fingerprint()
    (tmp_path / "src" / "board.test.tsx").write_text("b")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "react.js").write_text("c")
    assert pages.fingerprint() == before
    (tmp_path / "src" / "board.tsx").write_text("d")
    assert pages.fingerprint() != before


@pytest.mark.parametrize("name", ["setup.py", "ready"])
def test_set_up_is_written_for_old_interpreters_too(name: str) -> None:
    path = REPO / "scripts" / name
    for file in path.rglob("*.py") if path.is_dir() else [path]:
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 8))
