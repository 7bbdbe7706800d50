"""Holds every answer that any test gets against what the interface says of it."""

import re
from dataclasses import dataclass

import httpx
from fastapi.routing import APIRoute
from pydantic import BaseModel

from jieli.api import health
from jieli.api.app import PREFIX, ROUTES
from jieli.api.openapi import REFUSALS, WRITING
from jieli.api.shapes import Problem


@dataclass(frozen=True)
class Told:
    """What one route says of its answers."""

    method: str
    path: re.Pattern[str]
    model: type[BaseModel] | None
    status: int


def _told() -> list[Told]:
    found = []
    for prefix, routes in [("", health.routes), *((PREFIX, one) for one in ROUTES)]:
        for route in routes.routes:
            assert isinstance(route, APIRoute)
            path = re.compile(re.sub(r"\{\w+\}", "[^/]+", prefix + route.path))
            for method in route.methods:
                found.append(Told(method, path, route.response_model, route.status_code or 200))
    return found


TOLD = _told()


async def witness(response: httpx.Response) -> None:
    """Raises AssertionError or ValidationError for an answer that nobody was told of."""
    request = response.request
    told = next(
        (one for one in TOLD if one.method == request.method and one.path.fullmatch(request.url.path)), None
    )
    if told is None:
        return
    await response.aread()
    if response.status_code >= 400:
        _check_refusal(response)
    else:
        assert response.status_code == told.status, (request.method, request.url.path)
        if told.model is not None:
            told.model.model_validate_json(response.content)


def _check_refusal(response: httpx.Response) -> None:
    status = str(response.status_code)
    assert status in REFUSALS, status
    assert status not in WRITING or response.request.method != "GET", status
    assert response.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(response.content)
    assert problem.status == response.status_code
