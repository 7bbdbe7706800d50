"""What would be wrong with a record that is still being typed: unreadable values and duplicates."""

from collections.abc import Sequence
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, may, require
from jieli.base.errors import Problem
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx
from jieli.intake import duplicates
from jieli.intake.keys import keys_of
from jieli.intake.likeness import similar
from jieli.records import Match, Values
from jieli.records.draft import tried
from jieli.records.read import stored_values


async def checked(
    tx: ReadTx, actor: Actor, object_key: str, raw: Values, record: UUID | None = None
) -> tuple[list[Problem], list[Values]]:
    """Problems and described duplicates of new values, or of changes of a record. Missing values are no problem
    yet. Raises NotPermitted, and RecordNotFound for what the actor may not see."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Ask.UPDATE if record and not may(actor, object_key, Ask.CREATE) else Ask.CREATE)
    values, problems = tried(actor, obj, raw, new=record is None)
    before = await stored_values(tx, actor, obj, record) if record else {}
    found = await warnings(tx, actor, obj, {**before, **values}, record)
    return problems, await duplicates.described(tx, actor, _new(obj, found, values))


async def warnings(
    tx: ReadTx, actor: Actor, obj: Object, values: Values, record: UUID | None = None
) -> list[Match]:
    """What a record with these (parsed) values would duplicate, and what is probably the same company under another
    spelling."""
    found = await duplicates.find(tx, actor, obj, values, record)
    known = {match.id for match in found}
    own = record or UUID(int=0)
    likely = await similar(tx, actor, keys_of(obj, values), own, duplicates.party_of(obj, own, values))
    return [*found, *(match for match in likely if match.id not in known)]


def _new(obj: Object, found: Sequence[Match], values: Values) -> list[Match]:
    """Those that the values being typed bring in, not those the record has had all along."""
    return [match for match in found if match.field in values]
