"""The points of the write path where later packages take part, in the order in which they run.

`jieli/hooks.py` installs them when a process starts. Order is written down there, never listened for.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jieli.access import Actor
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql
from jieli.records.model import Batch, Draft

Step = Callable[[Tx, Actor, Object, Batch, Sequence[Draft]], Awaitable[None]]
Undone = Callable[[Tx, Actor, Sequence[Record]], Awaitable[None]]
"""Gets the events of the batch that was taken back, with the changes of records that were there before."""


class Derivation(Protocol):
    """Values that PostgreSQL computes from the rows about to be written (scores, assignment rules)."""

    def depends(self, actor: Actor, obj: Object, batch: Batch) -> frozenset[str]:
        """The keys of the fields its expressions read; empty when it has nothing to say about the object."""

    def expressions(self, actor: Actor, obj: Object, batch: Batch) -> Mapping[str, Sql]:
        """Named SQL expressions over alias `t`, the new row with the columns of `depends`. A name that is the key of a
        field is what later derivations read there; the others begin with an underscore."""

    async def settle(
        self,
        tx: Tx,
        actor: Actor,
        obj: Object,
        batch: Batch,
        drafts: Sequence[Draft],
        results: Sequence[Record],
    ) -> None:
        """Put what was computed into the drafts; `results` has one row for each draft."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """`prepare` sees parsed values and may add values and problems; `derive` computes from the new rows in
    PostgreSQL; `settle` sees all values as they will be written and may still refuse; `written` runs in the same
    transaction after rows and events are in; `undone` after a batch has been taken back."""

    prepare: tuple[Step, ...] = ()
    derive: tuple[Derivation, ...] = ()
    settle: tuple[Step, ...] = ()
    written: tuple[Step, ...] = ()
    undone: tuple[Undone, ...] = ()


@dataclass(slots=True)
class _Installed:
    hooks: Hooks = field(default_factory=Hooks)


_installed = _Installed()


def install(hooks: Hooks) -> None:
    """Set the hooks of this process."""
    _installed.hooks = hooks


def installed() -> Hooks:
    return _installed.hooks
