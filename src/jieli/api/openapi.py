"""The description of the interface, completed by the refusals that every route shares."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from jieli.api.shapes import Problem
from jieli.records import Values

ABOUT = """A person's browser sends the session's cookie, and with every write the header `X-Jieli: 1`.
A program sends a token as `Authorization: Bearer …` and needs no other header; it acts as the member who made it,
within its scope: `read`, `write` (which includes read) or `admin` (also members, roles and the blueprint). Routes about
one's own account and tokens take no token.
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
ANYBODY = frozenset({"session_begin_session", "session_end_session", "session_accept_invite"})
PEOPLE = frozenset(
    {
        *("tokens_list_tokens", "tokens_create_token", "tokens_revoke_token"),
        *("members_invite_member", "protection_change_protection", "protection_reset_second_factor"),
    }
)
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
        for path, methods in found["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        found["components"]["securitySchemes"] = {
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "jieli_session",
                "description": "Over HTTPS only it is named __Host-jieli_session",
            },
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of one workspace with the scope read, write or admin",
            },
        }
        app.openapi_schema = found
    return app.openapi_schema


def _complete(path: str, method: str, operation: Values) -> None:
    writes = method != "get"
    answers = operation["responses"]
    for status, text in REFUSALS.items():
        if writes or status not in WRITING:
            answers[status] = {"description": text, "content": PROBLEM}
    if "health" in operation.get("tags", ()):
        return
    operation["security"] = _admitted(path, operation)
    if writes:
        operation.setdefault("parameters", []).append(KEY)


def _admitted(path: str, operation: Values) -> list[dict[str, list[str]]]:
    """Who may call: nobody needs to be known to sign in, and a program has no business with accounts and tokens."""
    if operation["operationId"] in ANYBODY:
        return []
    person: list[dict[str, list[str]]] = [{"session": []}]
    takes_token = "{ws}" in path and operation["operationId"] not in PEOPLE
    return [*person, {"token": []}] if takes_token else person
