"""What the guides tell to type and to write exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from jieli.cli import app
from jieli.settings import Settings
from tests.conftest import REPO

GUIDES = sorted((REPO / "docs" / "guide").glob("*.md"))
DEPLOY = REPO / "deploy"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # it is a group
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


@pytest.mark.parametrize("guide", [*GUIDES, *UNITS, DEPLOY / "Containerfile"], ids=lambda path: path.name)
def test_commands_and_settings_that_are_named_exist(guide: Path) -> None:
    text = guide.read_text("utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)) if guide.suffix == ".md" else text
    asked = re.findall(
        r"(?:^|/bin/|JIELI_HOME=\S+ |exec jieli |`)jieli ([a-z]+)", blocks + text, re.MULTILINE
    )
    assert set(asked) <= set(COMMANDS)
    known = {f"JIELI_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bJIELI_[A-Z_]+\b", text)) <= known
    for name, option in re.findall(r"(?:^|bin/| )jieli ([a-z]+)[^`\n]* (--[a-z-]+)", blocks, re.MULTILINE):
        assert any(option in parameter.opts for parameter in COMMANDS[name].params)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_files_that_are_named_exist_and_both_languages_say_the_same(guide: Path) -> None:
    text = guide.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (guide.parent / link).exists()
    for name in re.findall(r"/opt/jieli/(deploy/[\w.-]+)", text):
        assert (REPO / name).exists()
    english = guide.with_name(guide.name.replace(".zh.md", ".md")).read_text("utf-8")
    assert blocks_of(text) == blocks_of(english)


def blocks_of(text: str) -> list[str]:
    """What is to be typed, but for the places that each reader fills."""
    return [re.sub(r"<[^>]*>", "<>", block) for block in re.findall(r"```(.*?)```", text, re.DOTALL)]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_units_are_understood(tmp_path: Path) -> None:
    program = tmp_path / "jieli"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/jieli/.venv/bin/jieli", str(program))
        (tmp_path / unit.name).write_text(text, "utf-8")
    files = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
