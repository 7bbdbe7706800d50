"""Conversion: a lead becomes a customer, a contact and an opportunity, and nothing known about it is lost."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor
from jieli.base.errors import Conflict, Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.document import Conversion
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Tx
from jieli.intake import duplicates, store
from jieli.records import Action, Batch, Change, Duplicates, Match, Values, apply
from jieli.records.draft import parsed
from jieli.records.errors import REQUIRED, MayNotChange
from jieli.records.read import require_visible
from jieli.relay.leg import Leg, leg

NOTHING_CONVERTS = Message("nothing_converts", "该对象不能转化", "Records of this object cannot be converted")


class NotOpen(Conflict):
    message = Message(
        "not_open", "这条线索已经关闭，不能再转化", "This lead is closed and cannot be converted"
    )


@dataclass(frozen=True, slots=True)
class Converted:
    batch: UUID
    account: UUID
    contact: UUID | None
    opportunity: UUID | None


async def proposal(tx: Tx, actor: Actor, object_key: str, record: UUID) -> Values:
    """What a conversion would make: values for each new record, and the customer that exists already."""
    at, conversion = await _start(tx, actor, object_key, record)
    drafts = {key: _mapped(at, mapping) for key, mapping in _mappings(conversion).items()}
    account = actor.workspace.object("account")
    found = await _existing(tx, actor, account, drafts["account"], at)
    described = await duplicates.described(tx, actor, found)
    return {
        key: {"values": {name: _dumped(actor, key, name, value) for name, value in values.items()}}
        for key, values in drafts.items()
    } | {"matches": described}


async def convert(
    tx: Tx,
    actor: Actor,
    object_key: str,
    record: UUID,
    *,
    account: UUID | Values | None = None,
    contact: Values | None = None,
    opportunity: Values | None = None,
    without_contact: bool = False,
    without_opportunity: bool = False,
) -> Converted:
    """Convert a lead. A customer given by id, or found by name or code, is linked; otherwise one is made. Values
    given override those taken from the lead. Everything is one batch, so that it can be undone as one.

    Raises NotOpen, MayNotChange, and what the write path raises for the new records.
    """
    at, conversion = await _start(tx, actor, object_key, record)
    batch = uuid7()
    await tx.run(store.release_but_source(actor.workspace, record))
    maps = _mappings(conversion)
    made_account = await _account(tx, actor, at, batch, maps["account"], account)
    refers: Values = {"account": str(made_account)}
    made_contact = None
    if not without_contact:
        made_contact = await _contact(
            tx, actor, at, batch, maps["contact"], given=contact, account=made_account
        )
    if made_contact:
        refers["contact"] = str(made_contact)
    made = None
    if not without_opportunity:
        values = {
            **_json(actor, "opportunity", _mapped(at, maps["opportunity"])),
            **refers,
            "lead": str(record),
        }
        start = {"stage": conversion.start} if conversion.start else {}
        made = await _create(tx, actor, batch, "opportunity", {**values, **(opportunity or {}), **start})
        refers["opportunity"] = str(made)
    await _carry(tx, actor, at, batch, refers)
    await _close(tx, actor, at, batch, conversion, refers)
    return Converted(batch, made_account, made_contact, made)


async def _start(tx: Tx, actor: Actor, object_key: str, record: UUID) -> tuple[Leg, Conversion]:
    conversion = next(
        (c for c in actor.workspace.document.conversions.values() if c.source == object_key), None
    )
    if conversion is None:
        raise Invalid(Problem("object", NOTHING_CONVERTS))
    at = await leg(tx, actor, object_key, record)
    if at.stage.kind != "open":
        raise NotOpen
    if not at.may_update and at.values.get("holder") != actor.member:
        raise MayNotChange
    return at, conversion


def _mappings(conversion: Conversion) -> dict[str, dict[str, str]]:
    return {
        "account": dict(conversion.account),
        "contact": dict(conversion.contact),
        "opportunity": dict(conversion.opportunity),
    }


def _mapped(at: Leg, mapping: dict[str, str]) -> Values:
    """Field values of a new record, taken from the lead."""
    taken = {target: at.values.get(source) for target, source in mapping.items()}
    return {target: value for target, value in taken.items() if value is not None}


def _dumped(actor: Actor, object_key: str, key: str, value: object) -> object:
    return actor.workspace.object(object_key).fields[key].type.dump(value)


def _json(actor: Actor, object_key: str, values: Values) -> Values:
    return {key: _dumped(actor, object_key, key, value) for key, value in values.items()}


async def _existing(tx: ReadTx, actor: Actor, account: Object, values: Values, at: Leg) -> list[Match]:
    found = await duplicates.find(tx, actor, account, values, at.id)
    return [match for match in found if match.object == account.key and match.id]


async def _account(
    tx: Tx, actor: Actor, at: Leg, batch: UUID, mapping: dict[str, str], given: UUID | Values | None
) -> UUID:
    obj = actor.workspace.object("account")
    if isinstance(given, UUID):
        await require_visible(tx, actor, obj, given)
        return given
    values = _mapped(at, mapping)
    if obj.title.key not in values:
        values[obj.title.key] = at.values.get("contact_name") or at.values[at.object.title.key]
    if given is None:
        found = await _existing(tx, actor, obj, values, at)
        if found and found[0].id:
            return found[0].id
    return await _create(tx, actor, batch, "account", {**_json(actor, "account", values), **(given or {})})


async def _contact(
    tx: Tx,
    actor: Actor,
    at: Leg,
    batch: UUID,
    mapping: dict[str, str],
    *,
    given: Values | None,
    account: UUID,
) -> UUID | None:
    """The person of the lead; somebody known at this customer by telephone or e-mail is the same person."""
    obj = actor.workspace.object("contact")
    values = _mapped(at, mapping)
    if obj.title.key not in values and not (given and given.get(obj.title.key)):
        return None
    typed = {**values, **{k: parsed(actor, obj.field(k), v) for k, v in (given or {}).items()}}
    for match in await duplicates.find(tx, actor, obj, typed, at.id):
        if match.object == "contact" and match.id:
            return match.id
    wanted = {**_json(actor, "contact", values), **(given or {}), "account": str(account)}
    return await _create(tx, actor, batch, "contact", wanted)


async def _create(tx: Tx, actor: Actor, batch: UUID, object_key: str, values: Values) -> UUID:
    """Through the write path as the actor, with problems named under the new record."""
    known = actor.workspace.object(object_key).fields
    change = Change({key: value for key, value in values.items() if key in known})
    wanted = Batch(
        object_key,
        Action.CREATE,
        [change],
        id=batch,
        source="conversion",
        duplicates=Duplicates.CREATE if object_key == "opportunity" else Duplicates.REJECT,
        automations=True,
    )
    try:
        result = await apply(tx, actor, wanted)
    except Invalid as invalid:
        raise Invalid(*[problem.under(object_key) for problem in invalid.problems]) from None
    if result.only.id is None:
        raise Invalid(Problem(object_key, REQUIRED, {"field": object_key}))
    return result.only.id


async def _carry(tx: Tx, actor: Actor, at: Leg, batch: UUID, refers: Values) -> None:
    """Follow-ups, tasks and files go along; they keep their authors and times."""
    for obj in actor.workspace.objects.values():
        back = next((f for f in obj.own_fields() if f.target == at.object.key and not f.is_many), None)
        if back is None or obj.key in ("account", "contact", "opportunity"):
            continue
        fields = {key: UUID(value) for key, value in refers.items() if key in obj.fields}
        rows = await tx.all(store.follow_ups(obj, back.key, at.id))
        changes = [Change(fields, id=row["id"], row=i) for i, row in enumerate(rows)]
        if changes and fields:
            carried = Batch(
                obj.key, Action.UPDATE, changes, id=batch, trusted=True, typed=True, source="conversion"
            )
            await apply(tx, actor, carried)
    target = "opportunity" if "opportunity" in refers else "account"
    await tx.run(store.carry_files(actor.workspace, at.id, target, UUID(refers[target])))


async def _close(tx: Tx, actor: Actor, at: Leg, batch: UUID, conversion: Conversion, refers: Values) -> None:
    links = {key: UUID(value) for key, value in refers.items() if key in at.object.fields}
    change = Change({**links, "stage": conversion.stage}, id=at.id)
    await apply(
        tx,
        actor,
        Batch(
            at.object.key,
            Action.UPDATE,
            [change],
            id=batch,
            trusted=True,
            typed=True,
            source="conversion",
            event="converted",
            about={"from": at.stage.key, "to": conversion.stage, **refers},
        ),
    )
