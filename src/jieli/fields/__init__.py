"""Field types: what a value is, how it is stored, read, shown, compared and searched. One file per type.

Nothing here knows records, access or the blueprint; a type is told its options and no more.
"""

from jieli.fields.contract import (
    BadValue,
    Choice,
    Choosing,
    Column,
    Context,
    FieldType,
    HoldsFiles,
    Numbered,
    Referring,
    Words,
    Zoned,
)
from jieli.fields.money import Money
from jieli.fields.registry import FIELD_TYPES, SYSTEM_TYPES, field_type, options_schema

__all__ = [
    "FIELD_TYPES",
    "SYSTEM_TYPES",
    "BadValue",
    "Choice",
    "Choosing",
    "Column",
    "Context",
    "FieldType",
    "HoldsFiles",
    "Money",
    "Numbered",
    "Referring",
    "Words",
    "Zoned",
    "field_type",
    "options_schema",
]
