"""Tells open screens what has changed: one listening connection for all clients of this process.

Only ids travel through the database. What is gathered for a moment is then asked for with each member's own access,
so nobody hears of what they may not see.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from jieli.access import Action, Actor, load_actor, may
from jieli.access.actor import NotAMember
from jieli.base.errors import JieliError, Unavailable
from jieli.base.language import Message
from jieli.blueprint import workspaces
from jieli.db.codecs import to_json
from jieli.db.pool import Database, ReadTx
from jieli.records import Values
from jieli.records.log import LIVE
from jieli.records.notices import unread_count
from jieli.records.read import visible_ids

log = logging.getLogger(__name__)

GATHER = 0.3
"""Seconds in which changes are gathered before access to them is asked for."""
LONGEST_QUEUE = 100
MOST_TABS = 30
AT_ONCE = 2
"""Members whose changes are looked up at the same time; lists come first."""


class Stopping(Unavailable):
    message = Message("stopping", "服务正在重启", "The server is stopping")


class Tab:
    """One open stream. A client that does not read its events is dropped, and asks anew when it comes back."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[bytes | None] = asyncio.Queue(LONGEST_QUEUE)
        self.closed = False

    def send(self, event: str, data: Values) -> None:
        try:
            self._events.put_nowait(b"event: %s\ndata: %s\n\n" % (event.encode(), to_json(data)))
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """End the stream after nothing more than what is on its way."""
        if not self.closed:
            self.closed = True
            while self._events.full():
                self._events.get_nowait()
            self._events.put_nowait(None)

    async def next(self, patience: float) -> bytes | None:
        """The next event; None when the stream has ended. Raises TimeoutError."""
        return await asyncio.wait_for(self._events.get(), patience)


@dataclass(slots=True)
class Pending:
    """What has been heard of one object and not been told yet. No ids: so many that all of it may be old."""

    ids: set[UUID] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    whole: bool = False

    @property
    def kind(self) -> str:
        return next(iter(self.kinds)) if len(self.kinds) == 1 else "changed"


@dataclass(slots=True)
class Viewer:
    """A member with open streams."""

    slug: str
    member: UUID
    tabs: list[Tab] = field(default_factory=list)
    pending: dict[str, Pending] = field(default_factory=dict)
    notified: bool = False
    waiting: bool = False

    def tell(self, event: str, data: Values) -> None:
        for tab in self.tabs:
            tab.send(event, data)


class Hub:
    """State: the open streams, and what is on its way to them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._viewers: dict[str, dict[UUID, Viewer]] = defaultdict(dict)
        self._stop: Callable[[], Awaitable[None]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self.stopping = False

    async def open(self) -> None:
        self._stop = await self._db.listen(LIVE, self.heard)

    async def close(self) -> None:
        self.end_streams()
        if self._stop:
            await self._stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def end_streams(self) -> None:
        """End all streams and begin no others, so that the server can stop."""
        self.stopping = True
        self._drop_all()

    def join(self, slug: str, member: UUID) -> Tab:
        """Begin a stream. Raises Stopping."""
        if self.stopping:
            raise Stopping
        viewer = self._viewers[slug].setdefault(member, Viewer(slug, member))
        if len(viewer.tabs) >= MOST_TABS:
            viewer.tabs.pop(0).close()
        tab = Tab()
        viewer.tabs.append(tab)
        return tab

    def leave(self, slug: str, member: UUID, tab: Tab) -> None:
        viewer = self._viewers[slug].get(member)
        if viewer and tab in viewer.tabs:
            viewer.tabs.remove(tab)
        if viewer and not viewer.tabs:
            del self._viewers[slug][member]

    def heard(self, payload: str) -> None:
        """What the database says. Nothing at all means that something may have been missed: all come back anew."""
        if not payload:
            self._drop_all()
            return
        told: Values = orjson.loads(payload)
        viewers = self._viewers.get(told.get("workspace", ""), {})
        if "member" in told:
            viewer = viewers.get(UUID(told["member"]))
            if viewer:
                self._personal(viewer, told)
            return
        for viewer in viewers.values():
            self._note(viewer, told)

    def _personal(self, viewer: Viewer, told: Values) -> None:
        if told["kind"] == "notified":
            viewer.notified = True
            self._soon(viewer)
        else:
            viewer.tell(
                told["kind"], {k: v for k, v in told.items() if k not in ("workspace", "member", "kind")}
            )

    def _note(self, viewer: Viewer, told: Values) -> None:
        pending = viewer.pending.setdefault(told["object"], Pending())
        pending.kinds.add(told["kind"])
        if told["ids"] is None or told["kind"] == "purge":
            pending.whole = True
        else:
            pending.ids |= {UUID(one) for one in told["ids"]}
        self._soon(viewer)

    def _soon(self, viewer: Viewer) -> None:
        if not viewer.waiting:
            viewer.waiting = True
            task = asyncio.create_task(self._flush(viewer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _flush(self, viewer: Viewer) -> None:
        await asyncio.sleep(GATHER)
        async with self._turns:
            viewer.waiting = False
            pending, viewer.pending = viewer.pending, {}
            notified, viewer.notified = viewer.notified, False
            try:
                async with self._db.read() as tx:
                    await self._tell(tx, viewer, pending, notified=notified)
            except NotAMember:
                self._drop(viewer)
            except JieliError as error:
                log.warning("changes could not be told: %s", error)
                self._drop(viewer)

    async def _tell(self, tx: ReadTx, viewer: Viewer, pending: dict[str, Pending], *, notified: bool) -> None:
        """With the access that the member has now, not when the stream began."""
        workspace = await workspaces.load(tx, viewer.slug)
        actor = await load_actor(tx, workspace, viewer.member)
        for key, change in pending.items():
            data = await _visible(tx, actor, key, change)
            if data is not None:
                viewer.tell("changed", data)
        if notified:
            viewer.tell("notified", {"unread": await unread_count(tx, actor)})

    def _drop(self, viewer: Viewer) -> None:
        for tab in viewer.tabs:
            tab.close()

    def _drop_all(self) -> None:
        for viewers in self._viewers.values():
            for viewer in viewers.values():
                self._drop(viewer)


async def _visible(tx: ReadTx, actor: Actor, key: str, change: Pending) -> Values | None:
    """What the actor may hear of a change; an empty list of ids means that any record may have changed."""
    if key not in actor.workspace.objects or not may(actor, key, Action.READ):
        return None
    if change.whole:
        return {"object": key, "ids": [], "kind": change.kind}
    ids = await visible_ids(tx, actor, actor.workspace.object(key), list(change.ids))
    return {"object": key, "ids": ids, "kind": change.kind} if ids else None
