import httpx
from fastapi import FastAPI

from jieli.api.openapi import described


async def test_the_interface_describes_itself(anybody: httpx.AsyncClient) -> None:
    found = (await anybody.get("/api/v1/openapi.json")).json()
    assert found["openapi"].startswith("3.1")
    assert found["paths"]["/api/v1/{ws}/objects/{object}/records"]["post"]["operationId"] == "records_create"


def test_every_operation_has_a_name_of_its_own(app: FastAPI) -> None:
    names = [op["operationId"] for methods in described(app)["paths"].values() for op in methods.values()]
    assert len(names) == len(set(names))


def test_refusals_are_problems_everywhere(app: FastAPI) -> None:
    for methods in described(app)["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status.startswith("4") or status.startswith("5"):
                    assert list(answer["content"]) == ["application/problem+json"]


def test_every_schema_that_is_named_exists(app: FastAPI) -> None:
    document = described(app)
    known = document["components"]["schemas"].keys()
    named = _references(document)
    assert named <= {f"#/components/schemas/{name}" for name in known}


def _references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(_references(value) for value in part.values()))
    return set().union(*(_references(value) for value in part)) if isinstance(part, list) else set()


def test_writes_may_carry_a_key_that_makes_them_safe_to_repeat(app: FastAPI) -> None:
    for path, methods in described(app)["paths"].items():
        for method, operation in methods.items():
            keys = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"]
            assert ("Idempotency-Key" in keys) == (method != "get"), (method, path)
