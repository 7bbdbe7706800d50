"""Words sought in records, and kept from finding what is hidden from whoever seeks."""

from typing import Protocol

from jieli.base.text import HAN, query_grams, query_words
from jieli.blueprint.model import Field, Object
from jieli.db.sql import FALSE, TRUE, Sql, ident, join, sql
from jieli.fields.contract import Choosing
from jieli.query.operators import like

LONGEST = 200


class Reads(Protocol):
    def may_read(self, obj: Object, field: Field) -> bool: ...


def search_condition(obj: Object, alias: Sql, text: str, guard: Reads | None) -> Sql:
    """Every word of the text occurs in the record: as a part of a searched value, its pinyin or initials. What only a
    hidden value could have answered is no match, so that nobody finds out a telephone number by asking for it."""
    words = query_words(text[:LONGEST])
    if not words:
        return TRUE
    found = [sql("{row}.search_text like {word}", row=alias, word=_holding(word)) for word in words]
    if grams := query_grams(text[:LONGEST]):
        found.insert(0, sql("{row}.grams @> {grams}", row=alias, grams=grams))
    searched = [field for field in obj.fields.values() if field.search]
    hidden = [field for field in searched if guard and not guard.may_read(obj, field)]
    if hidden:
        readable = [field for field in searched if field not in hidden]
        found += [_found_openly(alias, word, readable, hidden) for word in words]
    return sql("({all})", all=join(" and ", found))


def _holding(word: str) -> str:
    return f"%{like(word)}%"


def _found_openly(alias: Sql, word: str, readable: list[Field], hidden: list[Field]) -> Sql:
    """A readable value holds the word, or no hidden one can have been what it was found in."""
    shown = [sql("{text} ilike {word}", text=_text(alias, field), word=_holding(word)) for field in readable]
    unlike = [_cannot_hold(_text(alias, field), field, word) for field in hidden]
    return sql("({any} is true or ({none}))", any=_any(shown), none=join(" and ", unlike))


def _any(conditions: list[Sql]) -> Sql:
    return sql("({any})", any=join(" or ", conditions)) if conditions else FALSE


def _text(alias: Sql, field: Field) -> Sql:
    return sql("{row}.{column}::text", row=alias, column=ident(field.columns[0].name))


def _cannot_hold(text: Sql, field: Field, word: str) -> Sql:
    """Pinyin, width, script and the grouping of numbers are not known here, so only what is certain counts: a value of
    plain letters and signs holds no Han character, and one without letters holds no word of letters."""
    is_as_stored = field.columns[0].type == "text" and not isinstance(field.type, Choosing)
    if is_as_stored and HAN.search(word):
        return sql("({t} is null or octet_length({t}) = char_length({t}))", t=text)
    if is_as_stored and word.isascii() and word.isalpha():
        return sql(
            "({t} is null or (octet_length({t}) = char_length({t}) and {t} !~ '[A-Za-z]'))",
            t=text,
        )
    return sql("{t} is null", t=text)
