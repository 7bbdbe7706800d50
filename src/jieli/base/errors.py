"""The five kinds of refusal. A package adds small subclasses with their own message.

Kinds become HTTP statuses in `api/errors.py` and exit codes in `cli.py`, nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jieli.base.language import Language, Message


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value: `path` names the place (`amount`, `rows.3.phone`, `where.all.0.op`)."""

    path: str
    message: Message
    params: dict[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.message.code

    def text(self, language: Language) -> str:
        return self.message.text(language, **self.params)

    def under(self, prefix: str) -> "Problem":
        path = f"{prefix}.{self.path}" if self.path else prefix
        return Problem(path, self.message, self.params)


class JieliError(Exception):
    """The base of all refusals; `message` is the sentence shown, `params` fill its places."""

    message = Message("error", "出错了", "Something went wrong")

    def __init__(self, *problems: Problem, **params: object) -> None:
        super().__init__(self.message.code)
        self.problems = problems
        self.params = params

    @property
    def code(self) -> str:
        return self.message.code

    def text(self, language: Language) -> str:
        return self.message.text(language, **self.params)

    def __str__(self) -> str:
        lines = [self.text(Language.EN), *(f"{p.path}: {p.text(Language.EN)}" for p in self.problems)]
        return "; ".join(lines)


class NotFound(JieliError):
    """Also what an actor gets who may not see the thing: its existence is not told."""

    message = Message("not_found", "没有找到，或你无权查看", "Not found, or not visible to you")


class Denied(JieliError):
    message = Message("denied", "你没有权限执行此操作", "You may not do this")


class Conflict(JieliError):
    message = Message("conflict", "与当前状态冲突", "This conflicts with the current state")


class Invalid(JieliError):
    message = Message("invalid", "有内容需要修改", "Some values need to be changed")

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Invalid":
        return cls(*problems)


class Unavailable(JieliError):
    message = Message(
        "unavailable", "服务暂时不可用，请稍后再试", "Unavailable for the moment, please try again"
    )
