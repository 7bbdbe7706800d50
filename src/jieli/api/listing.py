"""What a list, a board or an export may be asked for, in an address or as a JSON body."""

from typing import Annotated

from fastapi import Depends
from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from jieli.access import Actor
from jieli.api.wire import Body, in_address, read_json
from jieli.db.pool import ReadTx
from jieli.records.read import LARGEST_PAGE, ListQuery
from jieli.records.views import with_view

MOST_NAMES = 200


def _split(value: object) -> object:
    """`-amount,id` as in an address, or a list of such texts."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        return value
    return [part.strip() for one in texts for part in one.split(",") if part.strip()]


Names = Annotated[
    list[Annotated[str, Field(max_length=100)]],
    BeforeValidator(_split),
    Field(max_length=MOST_NAMES),
    WithJsonSchema({"type": "string", "description": "Names separated by commas"}),
]
Condition = Annotated[
    JsonValue,
    WithJsonSchema(
        {"type": ["object", "string"], "description": "A condition tree, in an address as JSON text"}
    ),
]


class Selection(Body):
    """Which records, in which order, and what of them."""

    where: Condition = None
    view: str | None = Field(default=None, max_length=60)
    q: str = Field(default="", max_length=400)
    sort: Names = Field(default=[])
    columns: Names | None = None
    trash: bool = False

    def query(self, **more: object) -> ListQuery:
        where = read_json(self.where, "where") if isinstance(self.where, str) and self.where else self.where
        return ListQuery(
            where={} if where in (None, "") else where,
            sort=self.sort,
            columns=self.columns,
            q=self.q,
            trash=self.trash,
            **more,  # type: ignore[arg-type]  # the fields of a page, typed where they are declared
        )


class Listing(Selection):
    """A page of them; `after` is the `next` of the page before."""

    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = Field(default=None, max_length=4000)
    count: bool = False

    async def viewed(self, tx: ReadTx, actor: Actor, object_key: str) -> ListQuery:
        query = self.query(limit=self.limit, after=self.after or None, count=self.count)
        return await with_view(tx, actor, object_key, query, self.view)


AskedListing = Annotated[Listing, Depends(in_address(Listing))]
