"""Files attached to records. Who may see the record may read them; the content lies in a `ContentStore`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieli.access import Actor, hidden_fields, may_write_field
from jieli.base import clock
from jieli.base.errors import Invalid, NotFound, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.fields.contract import HoldsFiles
from jieli.records import attached_store as store
from jieli.records.apply import apply
from jieli.records.content import Content
from jieli.records.errors import READ_ONLY, UNKNOWN_FIELD
from jieli.records.log import note
from jieli.records.model import Action, Batch, Change, Values
from jieli.records.read import require_changeable, require_visible, stored_values
from jieli.records.sniffing import PICTURES, clean_name, sniffed

COLUMNS = (
    *("id", "object", "record", "field", "deliverable", "name"),
    *("size", "type", "sha256", "storage", "by", "at"),
)
EMPTY = Message("empty_file", "文件是空的", "The file is empty")
NO_PICTURE = Message("not_a_picture", "「{field}」只能放图片", "“{field}” takes pictures only")


class FileUnknown(NotFound):
    message = Message("file_unknown", "没有找到这个文件", "There is no such file")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is attached: the kept content under a name; to a field of the record, or as a deliverable."""

    content: Content
    name: str | None
    storage: str
    field: str | None = None
    deliverable: str | None = None


async def attach(tx: Tx, actor: Actor, object_key: str, record: UUID, given: Attachment) -> UUID:
    """Attach a file to a record that the actor may change or holds. Raises RecordNotFound, MayNotChange, Invalid."""
    obj = actor.workspace.object(object_key)
    await require_changeable(tx, actor, obj, record)
    if given.content.size == 0:
        raise Invalid(Problem("file", EMPTY))
    kind = sniffed(given.content.head, clean_name(given.name))
    field = _field(actor, obj, given.field, kind) if given.field else None
    number = uuid7()
    values = file_row(number, obj.key, record, given, by=actor.member, at=clock.now())
    await tx.run(store.add_file(actor.workspace, values))
    if field is not None:
        await _into_field(tx, actor, obj, record, field, number)
    about = {"file": {key: values[key] for key in ("id", "name", "size", "type")}, "key": given.deliverable}
    await note(tx, actor, obj, record, "file_added", about=about)
    return number


def file_row(
    number: UUID, object_key: str, record: UUID, given: Attachment, *, by: UUID | None, at: datetime
) -> Values:
    """The row of an attached file, in the order of COLUMNS."""
    name = clean_name(given.name)
    return {
        "id": number,
        "object": object_key,
        "record": record,
        "field": given.field,
        "deliverable": given.deliverable,
        "name": name,
        "size": given.content.size,
        "type": sniffed(given.content.head, name),
        "sha256": given.content.sha256,
        "storage": given.storage,
        "by": by,
        "at": at,
    }


def _field(actor: Actor, obj: Object, key: str, kind: str) -> Field:
    field = obj.fields.get(key)
    if field is None or not isinstance(field.type, HoldsFiles):
        raise Invalid(Problem("field", UNKNOWN_FIELD, {"field": key[:60]}))
    if not may_write_field(actor, obj, field):
        raise Invalid(Problem("field", READ_ONLY, {"field": field.label}))
    if field.type.holds == "image" and kind not in PICTURES:
        raise Invalid(Problem("field", NO_PICTURE, {"field": field.label}))
    return field


async def _into_field(tx: Tx, actor: Actor, obj: Object, record: UUID, field: Field, number: UUID) -> None:
    held = (await stored_values(tx, actor, obj, record)).get(field.key) or []
    change = Change({field.key: [str(one) for one in (*held, number)]}, id=record)
    await apply(tx, actor, Batch(obj.key, Action.UPDATE, [change]))


async def files_of(tx: ReadTx, actor: Actor, object_key: str, record: UUID) -> list[Values]:
    """The files of a visible record but for those in hidden fields, newest first. Raises RecordNotFound."""
    obj = actor.workspace.object(object_key)
    await require_visible(tx, actor, obj, record)
    rows = await tx.all(store.files(actor.workspace, record, hidden_fields(actor, obj)))
    return [file_json(row) for row in rows]


async def find_file(tx: ReadTx, actor: Actor, file_id: UUID) -> Record:
    """The row of a file whose record the actor may see, and whose field they may read. Raises FileUnknown."""
    row = await tx.one(store.file(actor.workspace, file_id))
    if row is None or row["object"] not in actor.workspace.objects or row["record"] is None:
        raise FileUnknown
    obj = actor.workspace.object(row["object"])
    if row["field"] in hidden_fields(actor, obj):
        raise FileUnknown
    try:
        await require_visible(tx, actor, obj, row["record"])
    except NotFound:
        raise FileUnknown from None
    return row


async def remove_file(tx: Tx, actor: Actor, file_id: UUID) -> None:
    """Take a file off its record: who attached it may, and who may change the record. Raises FileUnknown,
    MayNotChange."""
    row = await find_file(tx, actor, file_id)
    obj = actor.workspace.object(row["object"])
    if row["by"] != actor.member:
        await require_changeable(tx, actor, obj, row["record"])
    if not await tx.run(store.drop_file(actor.workspace, file_id, clock.now())):
        raise FileUnknown
    about = {"file": {"id": str(file_id), "name": row["name"], "size": row["size"], "type": row["type"]}}
    await note(tx, actor, obj, row["record"], "file_removed", about=about)


def file_json(row: Record) -> Values:
    return {
        "id": row["id"],
        "name": row["name"],
        "size": row["size"],
        "type": row["type"],
        "at": row["at"],
        "by": {"id": row["by"], "title": row["by_name"]},
        "field": row["field"],
        "deliverable": row["deliverable"],
    }
