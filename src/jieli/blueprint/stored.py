"""What the database holds of a workspace's objects, seen or no longer seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jieli.blueprint.model import Field, Object, Workspace
from jieli.blueprint.storage import OWN_COLUMNS, table_of

_ALIASES = {
    "timestamptz": "timestamp with time zone",
    "bool": "boolean",
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "float8": "double precision",
}


def plain_type(name: str) -> str:
    """PostgreSQL's own spelling of a type, so that spellings can be compared."""
    name = name.replace(", ", ",").strip()
    base = name.removesuffix("[]")
    return _ALIASES.get(base, base) + name[len(base) :]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """Columns with their types, indexes with method and columns, foreign keys with column and target; and the
    number of each column, which stays when the name changes."""

    columns: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    foreign_keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict, compare=False)


def aside_name(column: str, version: int | str) -> str:
    """The name under which the values of a column are kept when another field takes its place."""
    return f"{column}__v{version}"


@dataclass(frozen=True, slots=True)
class Stored:
    """`former` holds the last definition of fields whose columns are kept unseen.

    `whereabouts` tells for fields that come back, and for all fields of a roll back, under which name each column
    of the version they come from is now; `aside` what those were that have been set aside since.
    """

    tables: Mapping[str, StoredTable] = field(default_factory=dict)
    former: Mapping[tuple[str, str], Field] = field(default_factory=dict)
    whereabouts: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    aside: Mapping[tuple[str, str], Field] = field(default_factory=dict)


def stored_by(workspace: Workspace | None) -> Stored:
    """What the database would hold if this version were the first."""
    objects = workspace.objects if workspace else {}
    return Stored({key: _table(obj) for key, obj in objects.items()})


def _table(obj: Object) -> StoredTable:
    table = table_of(obj)
    return StoredTable(
        {column.name: plain_type(column.type) for column in OWN_COLUMNS + table.columns},
        {index.name: (index.method, index.columns) for index in table.indexes},
        {key.name: (key.column, key.target) for key in table.foreign_keys},
    )
