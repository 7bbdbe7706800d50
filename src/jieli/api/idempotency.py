"""A write that is sent twice with one `Idempotency-Key` is done once, and answered twice."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from fastapi import Request, Response

from jieli.access import Actor
from jieli.api import store
from jieli.base import clock
from jieli.base.errors import Conflict, Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint import workspaces
from jieli.db.pool import Database, Tx
from jieli.jobs import Schedule

LONGEST_KEY = 200
KEPT = timedelta(days=7)
BAD_KEY = Message(
    "bad_idempotency_key",
    "Idempotency-Key 应为 1 到 200 个可见字符",
    "An Idempotency-Key has 1 to 200 visible characters",
)


class KeyReused(Conflict):
    message = Message(
        "idempotency_key_reused",
        "这个 Idempotency-Key 已用于另一个请求",
        "This Idempotency-Key was used for another request",
    )


async def once(
    tx: Tx, actor: Actor, request: Request, work: Callable[[Tx, Actor], Awaitable[Response]]
) -> Response:
    """Do the work unless it has been done under the request's key. Raises KeyReused, and Invalid for a bad key.

    The answer is kept in the transaction of the work, so that both are there or neither.
    """
    key = request.headers.get("idempotency-key")
    if key is None or actor.member is None:
        return await work(tx, actor)
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid(Problem("Idempotency-Key", BAD_KEY))
    asked = await _fingerprint(request)
    if await tx.value(store.begin(actor.workspace, actor.member, key, asked, clock.now())) is None:
        return await _known(tx, actor, key, asked)
    response = await work(tx, actor)
    text = bytes(response.body).decode()
    await tx.run(store.answer(actor.workspace, actor.member, key, response.status_code, text))
    return response


async def _known(tx: Tx, actor: Actor, key: str, asked: str) -> Response:
    assert actor.member is not None
    row = await tx.one(store.answered(actor.workspace, actor.member, key))
    if row is None or row["request"] != asked:
        raise KeyReused
    headers = {"Idempotency-Replayed": "true"}
    return Response(row["response"], row["status"], headers=headers, media_type="application/json")


async def _fingerprint(request: Request) -> str:
    """What was asked. A form with a file is told by its address and length alone: it is not kept in memory."""
    told = [request.method, request.url.path, request.url.query]
    if request.headers.get("content-type", "").startswith("multipart/"):
        body = request.headers.get("content-length", "").encode()
    else:
        body = await request.body()
    return hashlib.sha256(b"\n".join([*(part.encode() for part in told), body])).hexdigest()


async def _tidy(db: Database) -> None:
    async with db.begin() as tx:
        for slug in await workspaces.known(tx):
            workspace = await workspaces.load(tx, slug)
            await tx.run(store.forget_answers(workspace, clock.now() - KEPT))


SCHEDULES = (Schedule("api.forget_answers", "17 3 * * *", _tidy),)
