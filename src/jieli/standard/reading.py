"""Reading one YAML file of this package, with errors that name the file and the key."""

from collections.abc import Hashable, Mapping
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message

T = TypeVar("T")

NOT_YAML = Message("standard_not_yaml", "不是正确的 YAML：{reason}", "Not proper YAML: {reason}")
BAD_VALUE = Message(
    "standard_bad_value", "不符合蓝图的格式：{reason}", "Does not fit the blueprint: {reason}"
)


NOT_A_MAPPING = Message("standard_not_mapping", "须为键与值", "Keys with values are needed")


class BrokenStandard(Invalid):
    message = Message("standard_broken", "内置的 CRM 定义有错误", "The CRM we ship is defined wrongly")


class _Loader(yaml.SafeLoader):
    """Refuses a key that occurs twice, which YAML readers take silently for the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubles = [str(key) for key in keys if keys.count(key) > 1]
        if doubles:
            raise yaml.constructor.ConstructorError(
                None, None, f"“{doubles[0]}” occurs twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def read(file: str) -> object:
    """What a file of this package holds, as plain lists and mappings."""
    return parse(file, files("jieli.standard").joinpath(file).read_text("utf-8"))


def mapping(raw: object, place: str) -> Mapping[str, object]:
    if not isinstance(raw, Mapping):
        raise BrokenStandard(Problem(place, NOT_A_MAPPING))
    return raw


def parse(file: str, text: str) -> object:
    try:
        return yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise BrokenStandard(Problem(file, NOT_YAML, {"reason": " ".join(str(error).split())})) from None


def fitted(raw: object, kind: type[T], file: str, files_of: dict[str, str] | None = None) -> T:
    """The raw content as a part of the document. `files_of` names the file of a first key where it is not `file`."""
    try:
        return TypeAdapter(kind).validate_python(raw)
    except ValidationError as error:
        found = [_misfit(each["loc"], each["msg"], file, files_of or {}) for each in error.errors()]
        raise BrokenStandard(*found) from None


def _misfit(loc: tuple[int | str, ...], reason: str, file: str, files_of: dict[str, str]) -> Problem:
    place = files_of.get(str(loc[0]), file) if loc else file
    return Problem(f"{place}: {'.'.join(map(str, loc))}", BAD_VALUE, {"reason": reason})
