"""What a backup says about itself. Its shape is part of the archive's format: it grows, and changes with FORMAT."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

FORMAT = 1
LAST_BACKUP = "last-backup.json"
"""In JIELI_HOME: when this machine last made a backup, and where."""


class Shape(BaseModel):
    """What a later version adds within the same format is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Entry(Shape):
    """One part of the archive with its size and checksum."""

    name: str
    size: int
    sha256: str


class WorkspaceState(Shape):
    slug: str
    schema_name: str
    blueprint_version: int
    migrations: list[int]


class Manifest(Shape):
    """`tables` counts the rows of each table in the snapshot; `missing` names files that the database refers to and
    that were not there, `damaged` those whose content is no longer what was uploaded."""

    format: int
    jieli: str
    at: datetime
    postgres: str
    pg_dump: int
    migrations: dict[str, str]
    workspaces: list[WorkspaceState]
    tables: dict[str, int]
    files: int
    missing: list[str]
    damaged: list[str]
    entries: list[Entry]

    @property
    def schemas(self) -> list[str]:
        return ["jieli", *(one.schema_name for one in self.workspaces)]


class Header(Shape):
    """What every format has, so that also a newer backup can say what it is."""

    format: int
    jieli: str


class LastBackup(Shape):
    at: datetime
    file: str
