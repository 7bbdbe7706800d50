"""The kinds of refusal as HTTP: status, code and sentence in the caller's language, as problem+json."""

import re
from collections.abc import Iterable, Mapping, Sequence

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from jieli.base.errors import Conflict, Denied, Invalid, JieliError, NotFound, Problem, Unavailable
from jieli.base.language import Language, Message
from jieli.db.codecs import to_json
from jieli.identity.errors import Locked, SignedOut
from jieli.records.errors import DuplicateFound, VersionConflict
from jieli.relay.errors import GateNotMet

log = structlog.get_logger("jieli.api")

BAD_JSON = Message("bad_json", "内容不是有效的 JSON", "This is not valid JSON")
TOO_DEEP = Message("too_deep", "内容嵌套过深", "The content is nested too deeply")
UNUSABLE_TEXT = Message(
    "unusable_text", "文字中有无法保存的字符", "A text has characters that cannot be kept"
)
MISSING = Message("required", "必填", "This is required")
UNKNOWN_KEY = Message("unknown_key", "没有这个参数", "There is no such parameter")
TOO_LONG = Message("too_long", "内容过长", "This is too long")
TOO_SHORT = Message("too_short", "内容过短", "This is too short")
OUT_OF_RANGE = Message("out_of_range", "数值超出范围", "The number is out of range")
WRONG_TYPE = Message("wrong_type", "格式不对", "This has the wrong form")
BAD_CHOICE = Message("bad_choice", "不是可选的值", "This is not one of the choices")
_INVITE = re.compile(r"(/invites?/)[^/]+")
UNEXPECTED = Message(
    "internal_error", "服务器出错了，问题已记录", "The server failed; the problem has been logged"
)
NO_METHOD = Message("method_not_allowed", "此地址不支持该方法", "This address does not take that method")
NO_ROUTE = Message("not_found", "没有这个地址", "There is no such address")
BAD_REQUEST = Message("bad_request", "请求的格式不对", "The request is malformed")


class TooLarge(Invalid):
    message = Message("too_large", "内容过大，最多 {megabytes} MB", "Too large; at most {megabytes} MB")


class NotFromHere(Denied):
    message = Message(
        "csrf", "请求缺少 X-Jieli 标头，已拒绝", "The header X-Jieli is missing; the request was refused"
    )


STATUSES: tuple[tuple[type[JieliError], int], ...] = (
    (SignedOut, 401),
    (Locked, 429),
    (TooLarge, 413),
    (NotFound, 404),
    (Denied, 403),
    (Conflict, 409),
    (Unavailable, 503),
    (Invalid, 422),
)
"""The first kind that fits decides."""

_OF_PYDANTIC = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN_KEY,
    "string_too_long": TOO_LONG,
    "too_long": TOO_LONG,
    "string_too_short": TOO_SHORT,
    "too_short": TOO_SHORT,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
    "enum": BAD_CHOICE,
    "literal_error": BAD_CHOICE,
    "json_invalid": BAD_JSON,
}


def status_of(error: JieliError) -> int:
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 422)


def language_of(request: Request) -> Language:
    """What the request asks for, else what the account prefers, else Chinese."""
    asked = asked_language(request)
    return asked or getattr(request.state, "language", None) or Language.ZH


def asked_language(request: Request) -> Language | None:
    """The first language of Accept-Language that we speak."""
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in tuple(Language):
            return Language(tag)
    return None


def shown_path(path: str) -> str:
    """An address for the log, without what opens something."""
    return _INVITE.sub(r"\1…", path)


def refused(error: JieliError, request: Request) -> Response:
    """The answer to a refusal."""
    if isinstance(error, Denied) and not isinstance(error, SignedOut):
        place = {"method": request.method, "path": shown_path(request.url.path)}
        log.warning("denied", code=error.code, request=getattr(request.state, "id", None), **place)
    language = language_of(request)
    status = status_of(error)
    headers = {"Retry-After": "5"} if status == 503 else None
    problems = [_shown(problem, language) for problem in error.problems]
    body = problem_body(status, error.code, error.text(language), problems) | extras(error)
    return problem(status, body, headers)


def _shown(problem: Problem, language: Language) -> dict[str, str]:
    return {"path": problem.path, "code": problem.code, "text": problem.text(language)}


def extras(error: JieliError) -> dict[str, object]:
    """What some refusals tell besides the sentence, so that the screen can ask for exactly that."""
    match error:
        case GateNotMet():
            return {"missing": {"fields": error.fields, "deliverables": error.deliverables}}
        case VersionConflict():
            return {"current": error.params.get("current")}
        case DuplicateFound():
            return {"matches": error.params.get("described", [])}
        case SignedOut() if "demo" in error.params:
            return {"demo": error.params["demo"]}
    return {}


def problem_body(
    status: int, code: str, title: str, problems: Sequence[Mapping[str, str]] = ()
) -> dict[str, object]:
    return {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": title,
        "problems": list(problems),
    }


def problem(status: int, body: dict[str, object], headers: Mapping[str, str] | None = None) -> Response:
    return Response(to_json(body), status, headers=dict(headers or {}), media_type="application/problem+json")


def failed(request: Request) -> Response:
    """The answer to a fault of the program: no details, only the id under which it is logged."""
    title = UNEXPECTED.text(language_of(request))
    body = problem_body(500, UNEXPECTED.code, title) | {"request": getattr(request.state, "id", None)}
    return problem(500, body)


async def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, JieliError)
    if isinstance(error, Unavailable):
        log.warning("unavailable", error=str(error), request=getattr(request.state, "id", None))
    return refused(error, request)


async def _on_http(request: Request, error: Exception) -> Response:
    """What the framework refuses; an error of ours that it has wrapped is answered as ours."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, JieliError):
        return refused(error.__cause__, request)
    known = {404: NO_ROUTE, 405: NO_METHOD}.get(error.status_code, BAD_REQUEST)
    status = error.status_code if known is not BAD_REQUEST else 422
    body = problem_body(status, known.code, known.text(language_of(request)))
    return problem(status, body, error.headers)


async def _on_validation(request: Request, error: Exception) -> Response:
    """A path that cannot be read leads nowhere; anything else is told with its place."""
    assert isinstance(error, RequestValidationError)
    found = [_problem_of(one) for one in error.errors()]
    if any(one["loc"][:1] == ("path",) for one in error.errors()):
        return refused(NotFound(), request)
    return refused(Invalid.of(found), request)


def _problem_of(error: Mapping[str, object]) -> Problem:
    place = error["loc"]
    parts: Iterable[object] = place[1:] if isinstance(place, tuple) else ()
    kind = str(error["type"])
    message = _OF_PYDANTIC.get(kind, WRONG_TYPE)
    path = "" if kind == "json_invalid" else ".".join(str(part) for part in parts)
    return Problem(path[:200], message)


def install(app: FastAPI) -> None:
    app.add_exception_handler(JieliError, _on_refusal)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_validation)
