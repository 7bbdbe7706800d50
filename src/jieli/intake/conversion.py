"""Conversion: a lead becomes a customer, a contact and an opportunity, and nothing known about it is lost."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor, may_read_field
from jieli.base.errors import Conflict, Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.document import Conversion
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Tx
from jieli.fields import BadValue
from jieli.intake import duplicates, store
from jieli.records import Action, Batch, Change, Duplicates, Values, apply
from jieli.records.draft import parsed
from jieli.records.errors import REQUIRED, MayNotChange
from jieli.records.read import require_visible, visible_ids
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
    maps = _mappings(conversion)
    account = actor.workspace.object("account")
    found = await duplicates.find(tx, actor, account, _mapped(at, maps["account"]), at.id)
    described = await duplicates.described(tx, actor, [one for one in found if one.object == account.key])
    return {
        key: {"values": _json(actor, key, _mapped(at, _readable(actor, at, key, mapping)))}
        for key, mapping in maps.items()
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
        taken = {
            **_json(actor, "opportunity", _mapped(at, maps["opportunity"])),
            **refers,
            "lead": str(record),
        }
        start = {"stage": conversion.start} if conversion.start else {}
        made = await _create(tx, actor, batch, "opportunity", {**(opportunity or {}), **start}, taken)
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


def _readable(actor: Actor, at: Leg, object_key: str, mapping: dict[str, str]) -> dict[str, str]:
    """What of it the actor may read on both sides."""
    made = actor.workspace.object(object_key)
    return {
        target: source
        for target, source in mapping.items()
        if may_read_field(actor, at.object, at.object.field(source))
        and may_read_field(actor, made, made.field(target))
    }


def _mapped(at: Leg, mapping: dict[str, str]) -> Values:
    """Field values of a new record, taken from the lead."""
    taken = {target: at.values.get(source) for target, source in mapping.items()}
    return {target: value for target, value in taken.items() if value is not None}


def _dumped(actor: Actor, object_key: str, key: str, value: object) -> object:
    return actor.workspace.object(object_key).fields[key].type.dump(value)


def _json(actor: Actor, object_key: str, values: Values) -> Values:
    return {key: _dumped(actor, object_key, key, value) for key, value in values.items()}


async def _existing(tx: ReadTx, actor: Actor, obj: Object, values: Values, at: Leg) -> UUID | None:
    """The record that is there already. One that the actor may not see is not taken: linked to, it would tell its
    name; so the new one is refused as the duplicate that it is."""
    found = await duplicates.find(tx, actor, obj, values, at.id)
    met = [match.id for match in found if match.object == obj.key and match.id]
    seen = await visible_ids(tx, actor, obj, met) if met else []
    return next((record for record in met if record in seen), None)


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
        if found:
            return found
    return await _create(tx, actor, batch, "account", given or {}, _json(actor, "account", values))


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
    found = await _existing(tx, actor, obj, typed, at)
    if found:
        return found
    wanted = {key: value for key, value in (given or {}).items() if key != "account"}
    return await _create(
        tx, actor, batch, "contact", wanted, {**_json(actor, "contact", values), "account": str(account)}
    )


async def _create(tx: Tx, actor: Actor, batch: UUID, object_key: str, given: Values, taken: Values) -> UUID:
    """Through the write path as the actor, with problems named under the new record. What is `taken` from the lead goes
    along even into fields that the actor may not write, so that nothing known is lost."""
    obj = actor.workspace.object(object_key)
    values = {key: value for key, value in given.items() if key in obj.fields}
    change = Change(values, besides=_typed(actor, obj, taken))
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


def _typed(actor: Actor, obj: Object, taken: Values) -> Values:
    found: Values = {}
    for key, value in taken.items():
        if key in obj.fields:
            try:
                found[key] = parsed(actor, obj.fields[key], value)
            except BadValue as bad:
                raise Invalid(bad.at(f"{obj.key}.{key}")) from None
    return found


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
