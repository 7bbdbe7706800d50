"""Search over all objects that somebody may read, in one statement."""

import orjson

from jieli.access import Action, Actor, ActorGuard, may, rows, visible_fields
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx
from jieli.db.sql import Sql, ident, sql
from jieli.query.operators import like
from jieli.query.search import search_condition
from jieli.query.shape import chosen
from jieli.records import reading_store as store
from jieli.records.model import Values

SHOWN = 5
SHORTEST = 2
OUT_OF_SEARCH = frozenset({"department"})


async def search(tx: ReadTx, actor: Actor, words: str) -> list[Values]:
    """[{"object", "items": [{"id", "title", "subtitle"}]}], objects in the order of the navigation; nothing for
    fewer than two characters."""
    if len(words.strip()) < SHORTEST:
        return []
    objects = [obj for obj in actor.workspace.objects.values() if _is_searched(actor, obj)]
    objects.sort(key=lambda obj: obj.definition.navigation or 10_000)
    text = await tx.text(store.together([_part(actor, obj, words) for obj in objects])) if objects else None
    found = orjson.loads(text) if text else []
    return [_group(actor, obj, part) for obj, part in zip(objects, found, strict=True) if part["items"]]


def _is_searched(actor: Actor, obj: Object) -> bool:
    searchable = any(field.search for field in obj.fields.values())
    return searchable and obj.key not in OUT_OF_SEARCH and may(actor, obj.key, Action.READ)


def _part(actor: Actor, obj: Object, words: str) -> Sql:
    found = rows(actor, obj, search_condition(obj, ident("t"), words, ActorGuard(actor)))
    fields = chosen(obj, visible_fields(actor, obj), _shown(obj))
    begins = sql("{w}::text", w=f"{like(words.strip()[:100])}%")
    return store.hits(actor.workspace, found, fields, begins, SHOWN)


def _shown(obj: Object) -> list[str]:
    subtitle = obj.definition.card.subtitle
    return [obj.title.key, *([subtitle] if subtitle else [])]


def _group(actor: Actor, obj: Object, part: Values) -> Values:
    return {"object": obj.key, "items": [_hit(actor, obj, item) for item in part["items"]]}


def _hit(actor: Actor, obj: Object, item: Values) -> Values:
    title = item.get(obj.title.key)
    return {"id": item["id"], "title": title, "subtitle": _subtitle(actor, obj, item)}


def _subtitle(actor: Actor, obj: Object, item: Values) -> str | None:
    """The card's second line as people read it."""
    key = obj.definition.card.subtitle
    value = item.get(key) if key else None
    if key is None or value is None:
        return None
    if isinstance(value, dict) and "title" in value:
        return str(value["title"])
    field = obj.fields[key]
    return None if field.is_many else field.type.text(value, field.options, actor.language)
