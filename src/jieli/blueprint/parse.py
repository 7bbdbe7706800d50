"""A document from what people hand in: YAML, JSON or the plain values of either."""

import math
from collections.abc import Iterable, Iterator, Mapping

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.document import Document

LARGEST = 4_000_000
DEEPEST = 40
MOST_VALUES = 500_000

NOT_YAML = Message("not_yaml", "不是有效的 YAML 或 JSON:{detail}", "This is neither YAML nor JSON: {detail}")
TOO_BIG = Message("document_too_big", "文档过大", "The document is too big")
TOO_DEEP = Message("document_too_deep", "嵌套过深", "It is nested too deeply")
NOT_PLAIN = Message("not_plain", "此处的值无法保存", "A value of this kind cannot be kept here")
KEY_NOT_TEXT = Message(
    "key_not_text", "键「{key}」须为文本（请加引号）", "The key “{key}” must be a text (put it in quotes)"
)

MISSING = Message("part_missing", "缺少此项", "This is missing")
UNKNOWN = Message("part_unknown", "不认识的项", "There is no such part")
BAD_KEY = Message(
    "bad_key",
    "标识以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符",
    "A key starts with a letter and has at most 40 lower case letters, digits and underscores",
)
NOT_ALLOWED = Message("part_not_allowed", "只能是 {expected}", "This must be one of {expected}")
OUT_OF_RANGE = Message("part_out_of_range", "数值超出范围：{detail}", "The number is out of range: {detail}")
WRONG_TYPE = Message(
    "part_wrong_type", "此处的值类型不对：{detail}", "The value is of the wrong type: {detail}"
)
NOT_VALID = Message("part_not_valid", "此处的值不对：{detail}", "The value is not valid: {detail}")


def parse(raw: object) -> Document:
    """The document of a text, or of plain values. Raises Invalid with the place of each problem."""
    values = _loaded(raw) if isinstance(raw, str | bytes) else raw
    if problems := list(_unstorable(values)):
        raise Invalid.of(problems)
    try:
        return Document.model_validate(values)
    except ValidationError as error:
        raise Invalid.of(problems_of(error, values)) from None


def problems_of(error: ValidationError, values: object) -> list[Problem]:
    """What pydantic found, in our words and at the places that the author of `values` knows."""
    found = [_problem(each, values) for each in error.errors(include_url=False)]
    return list({(problem.path, problem.code): problem for problem in found}.values())


class _Loader(yaml.SafeLoader):
    """Safe, and without dates and repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"“{key.value}” appears twice", key.start_mark)
            seen.add(key.value if isinstance(key.value, str) else id(key))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _loaded(text: str | bytes) -> object:
    if len(text) > LARGEST:
        raise Invalid(Problem("", TOO_BIG))
    try:
        return yaml.load(text, _Loader)
    except RecursionError:
        raise Invalid(Problem("", TOO_DEEP)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Invalid(Problem("", NOT_YAML, {"detail": _first_line(error)})) from None


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f" (line {mark.line + 1})" if mark else ""
    return f"{getattr(error, 'problem', None) or str(error).splitlines()[0]}{place}"[:200]


def _unstorable(values: object) -> Iterator[Problem]:
    """What JSON or PostgreSQL could not give back as it was. Aliases in YAML can make a few lines stand for
    gigabytes, or for something endless; so the values are counted before anything else walks through them."""
    for number, (path, depth, value) in enumerate(_nodes(values, "", 0)):
        if number > MOST_VALUES or depth > DEEPEST:
            yield Problem("" if number > MOST_VALUES else path, TOO_DEEP if depth > DEEPEST else TOO_BIG)
            return
        if isinstance(value, Mapping):
            wrong = [key for key in value if not isinstance(key, str) or not _is_text(key)]
            yield from (Problem(path, KEY_NOT_TEXT, {"key": repr(key)[:60]}) for key in wrong)
        elif not isinstance(value, list | tuple) and not _is_plain(value):
            yield Problem(path, NOT_PLAIN)


def _nodes(value: object, path: str, depth: int) -> Iterator[tuple[str, int, object]]:
    yield path, depth, value
    inner: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, list | tuple):
        inner = enumerate(value)
    for key, each in inner:
        yield from _nodes(each, f"{path}.{key}" if path else str(key), depth + 1)


def _is_plain(value: object) -> bool:
    match value:
        case None | bool():
            return True
        case int():
            return abs(value) < 2**63
        case float():
            return math.isfinite(value)
        case str():
            return _is_text(value)
    return False


def _is_text(value: str) -> bool:
    return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _problem(error: ErrorDetails, values: object) -> Problem:
    path = ".".join(_known_places(error["loc"], values))
    if error["type"] == "missing":
        return Problem(f"{path}.{error['loc'][-1]}".lstrip("."), MISSING)
    kind, context = error["type"], error.get("ctx", {})
    detail: dict[str, object] = {"detail": error["msg"]}
    match kind:
        case "extra_forbidden":
            return Problem(path, UNKNOWN)
        case "string_pattern_mismatch" if "0,39" in str(context.get("pattern")):
            return Problem(path, BAD_KEY)
        case "literal_error":
            return Problem(path, NOT_ALLOWED, {"expected": context["expected"]})
    if kind.startswith(("greater_than", "less_than", "too_", "string_too_")):
        return Problem(path, OUT_OF_RANGE, detail)
    return Problem(path, WRONG_TYPE if kind.endswith(("_type", "_parsing")) else NOT_VALID, detail)


def _known_places(location: tuple[int | str, ...], values: object) -> Iterator[str]:
    """Pydantic also names its own unions and key checks, which are not in what the author wrote."""
    here = values
    for place in location:
        match here:
            case Mapping() if place in here:
                here = here[place]
            case list() | tuple() if isinstance(place, int) and place < len(here):
                here = here[place]
            case _:
                continue
        yield str(place)
