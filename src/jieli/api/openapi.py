"""The description of the interface, completed by the refusals that every route shares."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from jieli.api.shapes import Problem
from jieli.records import Values

ABOUT = """Every write carries the header `X-Jieli: 1` with the session's cookie, or a token as `Authorization: Bearer`.
A write with an `Idempotency-Key` may be sent again: it is done once. Refusals are `application/problem+json`."""
REFUSALS = {
    "401": "Nobody is signed in",
    "403": "The caller may not do this",
    "404": "There is no such thing, or the caller may not see it",
    "409": "It conflicts with what is there",
    "413": "The body is too large",
    "422": "The request or its values need to be changed",
    "429": "Too many attempts",
    "503": "Not available for the moment",
}
WRITING = ("409", "413", "429")
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The same write sent again with the same key is done once",
}


def operation_name(route: APIRoute) -> str:
    """`records_create`: the module of the route and its function."""
    module = route.endpoint.__module__.rpartition(".")[2]
    return f"{module}_{route.name}"


def described(app: FastAPI) -> Values:
    """The OpenAPI document of an application, made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title, version=app.version, description=ABOUT, routes=app.routes, servers=[{"url": "/"}]
        )
        schemas = found["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schemas["Problem"].pop("$defs", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for path in found["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        found["components"]["securitySchemes"] = {
            "session": {"type": "apiKey", "in": "cookie", "name": "jieli_session"},
            "token": {"type": "http", "scheme": "bearer"},
        }
        app.openapi_schema = found
    return app.openapi_schema


def _complete(method: str, operation: Values) -> None:
    writes = method != "get"
    answers = operation["responses"]
    for status, text in REFUSALS.items():
        if writes or status not in WRITING:
            answers[status] = {"description": text, "content": PROBLEM}
    if "health" in operation.get("tags", ()):
        return
    operation["security"] = [{"session": []}, {"token": []}]
    if writes:
        operation.setdefault("parameters", []).append(KEY)
