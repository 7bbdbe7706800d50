"""Short ways to ask a type for values."""

from typing import Any

from jieli.fields import BadValue, Context, field_type
from jieli.fields.contract import Cell


def options(key: str, **given: Any) -> Any:
    return field_type(key).Options.model_validate(given)


def parse(key: str, raw: object, context: Context | None = None, **given: Any) -> Any:
    return field_type(key).parse(raw, options(key, **given), context or Context())


def read(key: str, cell: Cell, context: Context | None = None, **given: Any) -> Any:
    return field_type(key).read(cell, options(key, **given), context or Context())


def operand(key: str, raw: object, **given: Any) -> Any:
    return field_type(key).operand(raw, options(key, **given), Context())


def refusal(key: str, raw: object, *, cell: bool = False, **given: Any) -> str:
    """The code of the refusal; an empty text when the value is taken."""
    try:
        (read if cell else parse)(key, raw, **given)
    except BadValue as refused:
        return refused.message.code
    return ""
