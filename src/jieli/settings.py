"""How this installation runs: environment variables, or the same names in `settings.env` in JIELI_HOME."""

import os
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from jieli.api.logs import LogFormat
from jieli.api.options import Demo
from jieli.base.vault import Vault
from jieli.db import server
from jieli.db.archive import Archive
from jieli.db.pool import PoolOptions
from jieli.upkeep import keyfile


class Settings(BaseSettings):
    """Variables begin with JIELI_, except DATABASE_URL. Without that one the embedded server is used.

    Behind PgBouncer in transaction mode set JIELI_DATABASE_POOLER and give JIELI_DATABASE_DIRECT_URL, which
    leads past it, for notifications, the worker and migrations.
    """

    model_config = SettingsConfigDict(env_prefix="JIELI_", extra="ignore", populate_by_name=True)

    home: Path
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    database_direct_url: str | None = None
    database_pooler: bool = False
    database_readers: int = Field(default=8, ge=1)
    database_writers: int = Field(default=8, ge=1)
    statement_timeout: float = Field(default=30, gt=0)
    worker_concurrency: int = Field(default=20, ge=2)
    public_url: str = ""
    """The address people open, for links in messages, such as https://crm.example.com."""
    secure_cookies: bool = False
    """Send the session's cookie over HTTPS only. Switch on where people come by HTTPS."""
    secret_key: str = ""
    """The keys that seal secrets, the newest first, instead of the file secret.key in JIELI_HOME."""
    session_idle_hours: float = Field(default=7 * 24, gt=0, le=366 * 24)
    """A session ends after so many hours without use."""
    session_hours: float = Field(default=30 * 24, gt=0, le=366 * 24)
    """A session ends after so many hours in any case."""
    behind_proxy: bool = False
    """Take the caller's address from the last entry of X-Forwarded-For, which only a proxy may set."""
    largest_file_megabytes: int = Field(default=50, ge=1, le=2000)
    log_format: LogFormat = LogFormat.TEXT
    """`json` writes each line of the log as one JSON object."""
    metrics_token: str = ""
    """Who gives it as `Authorization: Bearer …` may read /metrics from afar; from this machine it needs none."""
    backup_before_upgrade: bool = True
    """Make a backup in JIELI_HOME/backups before a newer version changes the structure of an embedded database."""
    archive: Path | None = None
    """A folder on another disk, into which the embedded database's log goes all the time, with base backups and
    uploaded files, so that any moment can be restored."""
    archive_days: int = Field(default=14, ge=1)
    """How far back a moment can be restored from the archive."""
    demo: Demo | None = None
    """As JSON: the login and password that the sign-in page offers, and the people one may be."""

    @field_validator("archive")
    @classmethod
    def _whole_path(cls, archive: Path | None) -> Path | None:
        """The same for whoever reads it, from wherever."""
        return archive.expanduser().absolute() if archive else None

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _plain_scheme(cls, url: str | None) -> str | None:
        """Addresses are often written for other libraries, with the driver's name in them."""
        if not url:
            return None
        scheme, mark, rest = url.partition("://")
        return f"{scheme.partition('+')[0]}{mark}{rest}"

    def pool_options(self, application_name: str = "jieli") -> PoolOptions:
        return PoolOptions(
            readers=self.database_readers,
            writers=self.database_writers,
            statement_timeout=self.statement_timeout,
            pooler=self.database_pooler,
            listen_dsn=self.database_direct_url,
            application_name=application_name,
        )


def vault_of(settings: Settings) -> Vault:
    """What seals this installation's secrets; its key is made when it is first needed."""
    return keyfile.vault(settings.home, settings.secret_key)


def load() -> Settings:
    home = Path(os.environ.get("JIELI_HOME") or user_data_path("jieli")).expanduser().absolute()
    return Settings(home=home, _env_file=home / "settings.env")  # type: ignore[call-arg]  # not a field


def archive_of(settings: Settings) -> Archive | None:
    """That of the embedded database; another one has means of its own."""
    embedded = settings.database_url is None
    return Archive(settings.archive) if settings.archive and embedded else None


def database_address(settings: Settings) -> str:
    """The address given, or that of the embedded server, which is started if need be. Blocks meanwhile."""
    return settings.database_url or server.ensure(settings.home, archive_of(settings))


def direct_address(settings: Settings) -> str:
    """The address for what cannot go through a pooler, such as migrations."""
    return settings.database_direct_url or database_address(settings)
