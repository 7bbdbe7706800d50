from pathlib import Path

import pytest

from jieli.settings import database_address, direct_address, load


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("JIELI_HOME", str(tmp_path))
    return tmp_path


def test_the_home_is_taken_from_the_environment(clean: Path) -> None:
    assert load().home == clean


def test_the_default_home_belongs_to_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIELI_HOME")
    assert load().home.name == "jieli"


def test_a_database_elsewhere_is_used_as_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://u:p@host/db?sslmode=require")
    assert database_address(load()) == "postgresql://u:p@host/db?sslmode=require"


def test_settings_can_be_written_into_a_file_in_the_home(clean: Path) -> None:
    (clean / "settings.env").write_text(
        "DATABASE_URL=postgresql://pooler/db\nJIELI_DATABASE_DIRECT_URL=postgresql://server/db\n"
        "JIELI_DATABASE_POOLER=true\n"
    )
    settings = load()
    assert (database_address(settings), direct_address(settings)) == (
        "postgresql://pooler/db",
        "postgresql://server/db",
    )
    options = settings.pool_options("test")
    assert (options.pooler, options.listen_dsn, options.application_name) == (
        True,
        "postgresql://server/db",
        "test",
    )


def test_the_environment_wins_over_the_file(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clean / "settings.env").write_text("JIELI_STATEMENT_TIMEOUT=5\n")
    monkeypatch.setenv("JIELI_STATEMENT_TIMEOUT", "9")
    assert load().statement_timeout == 9
