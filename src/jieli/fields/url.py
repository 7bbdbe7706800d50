"""Addresses of web pages."""

import re
from typing import Any, ClassVar
from urllib.parse import SplitResult, urlsplit

from jieli.base.language import Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import WORDING, Scalar
from jieli.fields.text import plain_text

NOT_A_URL = Message("not_a_url", "「{text}」不是网址", "“{text}” is not a web address")
LONGEST = 2_000

_SCHEME = re.compile(r"https?://", re.IGNORECASE).match
_FORBIDDEN = re.compile(r"[\s<>\"\\^`{|}\x00-\x20\x7f]").search
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]{2,45}\]").fullmatch


def web_address(text: str) -> str:
    """The address with its scheme; https where none is given. Nothing but http and https passes."""
    given = _SCHEME(text)
    value = text if given else f"https://{text.removeprefix('//')}"
    if _FORBIDDEN(value):
        raise BadValue(NOT_A_URL, text=text[:60])
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise BadValue(NOT_A_URL, text=text[:60]) from None
    if not _is_web(parts, host, guessed=not given):
        raise BadValue(NOT_A_URL, text=text[:60])
    return f"{parts.scheme}://{parts.netloc.lower()}{value.split('://', 1)[1][len(parts.netloc) :]}"


def _is_web(parts: SplitResult, host: str, *, guessed: bool) -> bool:
    """A guessed address needs a dot in its host, or any word would be one. Passwords have no place in it."""
    if not _HOST(f"[{host}]" if ":" in host else host) or "@" in parts.netloc:
        return False
    return "." in host.strip(".") or not guessed


class URL(Scalar):
    key: ClassVar[str] = "url"
    label: ClassVar[Message] = Message("field_url", "网址", "Web address")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        text = plain_text(raw, LONGEST)
        return None if text is None else web_address(text)

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return self.parse(cell_text(cell), options, context)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return plain_text(raw, LONGEST) or ""
