"""What travels: strict JSON in, JSON out, and the parameters that many routes share."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import orjson
from fastapi import APIRouter, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, ValidationError

from jieli.api.errors import BAD_JSON, TOO_DEEP, UNUSABLE_TEXT
from jieli.base.errors import Invalid, Problem
from jieli.db.codecs import to_json

DEEPEST = 64
M = TypeVar("M", bound=BaseModel)

Slug = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{1,39}$", description="The workspace")]
ObjectKey = Annotated[str, Path(alias="object", max_length=40, description="The key of an object")]
RecordID = Annotated[UUID, Path(alias="record", description="The id of a record")]


class Body(BaseModel):
    """A request's body; a key that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid")


class JSON(Response):
    """An answer; bytes are JSON that PostgreSQL has built and go out as they are."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        return content if isinstance(content, bytes) else to_json(content)


class StrictRequest(Request):
    """Reads JSON without NaN, lone surrogates and towers of brackets."""

    async def json(self) -> object:
        return read_json(await self.body())


class StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await inner(StrictRequest(request.scope, request.receive))

        return handle


def in_address(model: type[M]) -> Callable[[Request], Awaitable[M]]:
    """A dependency that reads a model from the query of an address, in one step. Of a name given twice the last
    one counts. The routes that use it describe it by `documented`."""

    async def parsed(request: Request) -> M:
        try:
            return model.model_validate(dict(request.query_params))
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise RequestValidationError([{**one, "loc": ("query", *one["loc"])} for one in found]) from None

    return parsed


def documented(model: type[BaseModel]) -> dict[str, object]:
    """The parameters of `in_address` for the description of a route."""
    properties: dict[str, dict[str, object]] = model.model_json_schema()["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in properties.items()
        ]
    }


def router(tag: str) -> APIRouter:
    """Where the routes of one module are listed."""
    return APIRouter(tags=[tag], route_class=StrictRoute)


def read_json(body: bytes | str, path: str = "") -> object:
    """The value of a JSON text. Raises Invalid when it is none, too deep, or holds a NUL character."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Invalid(Problem(path, BAD_JSON)) from None
    _require_shallow(value, path)
    return value


def _require_shallow(value: object, path: str) -> None:
    level: list[object] = [value]
    for _ in range(DEEPEST):
        if any(_has_nul(one) for one in level):
            raise Invalid(Problem(path, UNUSABLE_TEXT))
        level = [part for one in level for part in _parts(one)]
        if not level:
            return
    raise Invalid(Problem(path, TOO_DEEP))


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _has_nul(value: object) -> bool:
    """PostgreSQL's texts cannot hold a NUL."""
    if isinstance(value, str):
        return "\x00" in value
    return isinstance(value, dict) and any("\x00" in key for key in value)
