"""What a stage does by itself when a record arrives: the win hands over to customer success."""

from collections.abc import Sequence

from jieli.access import Actor, system_actor
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Draft
from jieli.relay.handoffs import offer_by_itself
from jieli.relay.ledger import changes_hands


async def offer(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: offer the automatic hand-off of the stage in which a leg begins, also when it begins anew with
    another holder or out of the trash: the offer of the leg before is withdrawn. Imports and other batches without
    automations keep their records as they are."""
    found = actor.workspace.process(obj.key) if obj.has("staged") and batch.automations else None
    if found is None or batch.action is Action.DELETE:
        return
    starts = {key for m in found[1].moves if m.handoff and m.handoff.automatic for key in m.source}
    for draft in drafts:
        if draft.after("stage") in starts and changes_hands(batch, draft):
            await offer_by_itself(tx, system_actor(actor.workspace, "rule"), obj.key, draft.id)
