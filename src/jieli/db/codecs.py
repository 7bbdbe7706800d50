"""How JSON travels to PostgreSQL and back: orjson on the binary protocol, so that COPY can use it too."""

from decimal import Decimal
from uuid import UUID

import asyncpg
import orjson

_JSONB_VERSION = b"\x01"


def to_json(value: object) -> bytes:
    """UUID and times as strings, decimals as numbers with all their digits; NaN is refused."""
    return orjson.dumps(value, default=_encoded, option=orjson.OPT_NON_STR_KEYS)


def _encoded(value: object) -> object:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, UUID):  # asyncpg's own kind, which orjson does not know
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _to_jsonb(value: object) -> bytes:
    return _JSONB_VERSION + to_json(value)


def _from_jsonb(data: bytes) -> object:
    return orjson.loads(memoryview(data)[1:])


async def install(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Run once for each new connection."""
    # In one transaction, because behind PgBouncer the steps of a statement outside one may reach two servers.
    async with connection.transaction(readonly=True):
        await connection.set_type_codec(
            "json", schema="pg_catalog", encoder=to_json, decoder=orjson.loads, format="binary"
        )
        await connection.set_type_codec(
            "jsonb", schema="pg_catalog", encoder=_to_jsonb, decoder=_from_jsonb, format="binary"
        )
