"""What is installed is locked: every version with its hashes, and nowhere the place it comes from."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

import lock
from tests.conftest import REPO

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-telemetry.txt"]
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall((REPO / name).read_text(encoding="utf-8")))


def wanted(*groups: str) -> list[Requirement]:
    """What these groups and extras ask for, besides what everybody needs."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    known = {**project["dependency-groups"], **project["project"]["optional-dependencies"]}
    listed = [project["project"]["dependencies"], *(known[group] for group in groups)]
    return [Requirement(text) for texts in listed for text in texts]


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("requirements.txt", ["install"]),
        ("requirements-dev.txt", ["install", "dev", "telemetry"]),
        ("requirements-telemetry.txt", ["telemetry"]),
    ],
)
def test_the_lock_holds_all_that_the_project_asks_for(name: str, groups: list[str]) -> None:
    versions = pinned(name)
    for requirement in wanted(*groups):
        version = versions.get(requirement.name.lower().replace("_", "-"))
        assert version, f"{requirement.name} is not in {name}; run make lock"
        assert version in requirement.specifier, f"{requirement} is locked at {version}; run make lock"


def test_tests_run_on_the_versions_that_users_install() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()
    assert pinned("requirements-telemetry.txt").items() <= pinned("requirements-dev.txt").items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_version_has_its_hashes(name: str) -> None:
    text = (REPO / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)[1:]
    assert len(entries) == len(PINNED.findall(text))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_python_lock_names_no_address(name: str) -> None:
    assert "://" not in (REPO / name).read_text(encoding="utf-8")


def test_the_web_lock_serves_every_platform() -> None:
    lock.refuse_gaps(json.loads((REPO / "web" / "package-lock.json").read_text(encoding="utf-8")))


def test_a_platform_left_out_of_the_web_lock_is_noticed() -> None:
    linter = {"optionalDependencies": {"@lint/mac": "1.0", "@lint/linux": "1.0"}}
    with pytest.raises(SystemExit, match="node_modules/lint lacks @lint/mac;"):
        lock.refuse_gaps({"packages": {"node_modules/lint": linter, "node_modules/@lint/linux": {}}})


def test_the_web_lock_names_no_address_and_has_hashes() -> None:
    packages = json.loads((REPO / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert fetched
    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [name for name, package in fetched.items() if "integrity" not in package] == []
