"""What types have in common that keep a list in one array column. Order is kept, doubles are not."""

import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from jieli.base.language import Message
from jieli.fields.contract import BadValue
from jieli.fields.scalar import Scalar

NOT_A_LIST = Message("not_a_list", "需要列表", "A list is needed")
TOO_MANY = Message("too_many", "最多 {max} 项，现有 {count} 项", "At most {max} entries, there are {count}")

BREAKS = re.compile(r"[、;；,，|｜\n\r\t]+")
BREAKS_AND_SLASHES = re.compile(r"[、;；,，|｜/\n\r\t]+")
T = TypeVar("T")


def split(text: str, breaks: re.Pattern[str] = BREAKS) -> list[str]:
    """The parts of a cell that holds several."""
    return [part for piece in breaks.split(text) if (part := piece.strip())]


def listed(raw: object, limit: int, entry: Callable[[object], T]) -> list[T] | None:
    """The distinct values of the entries of a JSON list; None for an empty one."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, list | tuple):
        raise BadValue(NOT_A_LIST)
    return distinct([entry(each) for each in bounded_list(raw, limit)])


def bounded_list(entries: "list[T] | tuple[T, ...]", limit: int) -> "list[T] | tuple[T, ...]":
    if len(entries) > limit:
        raise BadValue(TOO_MANY, max=limit, count=len(entries))
    return entries


def distinct(entries: list[T]) -> list[T] | None:
    return list(dict.fromkeys(entries)) or None


class Many(Scalar):
    """The value is a list, never an empty one."""

    most: ClassVar[int] = 200

    def load(self, stored: tuple[object, ...]) -> Any:
        return stored[0] or None
