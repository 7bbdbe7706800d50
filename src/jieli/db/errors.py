"""What PostgreSQL refuses, in our words: the kinds of `base.errors`, with the constraint's name."""

from types import TracebackType

import asyncpg

from jieli.base.errors import Conflict, Invalid, JieliError, Unavailable
from jieli.base.language import Message


class Violation(Conflict):
    """A constraint said no. Catch it by `constraint` and raise the error that people understand."""

    message = Message("violation", "数据违反了约束", "The data breaks a constraint")

    def __init__(self, constraint: str, table: str = "", column: str = "", detail: str = "") -> None:
        super().__init__()
        self.constraint = constraint
        self.table = table
        self.column = column
        self.detail = detail

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.constraint or self.column}): {self.detail}"


class UniqueViolation(Violation):
    message = Message("unique_violation", "已存在相同的值", "The same value exists already")


class ForeignKeyViolation(Violation):
    message = Message(
        "foreign_key_violation", "引用的记录不存在或仍被引用", "A record is missing or still in use"
    )


class CheckViolation(Violation):
    message = Message("check_violation", "数值不符合规定", "A value is not allowed")


class NotNullViolation(Violation):
    message = Message("not_null_violation", "缺少必填的值", "A required value is missing")


class Retryable(Conflict):
    """Another transaction came in between; the same work tried again in a new transaction may succeed."""

    message = Message(
        "try_again", "数据刚刚被他人修改，请重试", "Someone changed the data just now, please retry"
    )


class BadValue(Invalid):
    """A value that PostgreSQL cannot take; the fields should have refused it before."""

    message = Message("bad_value", "有一个值无法保存", "A value cannot be stored")


class Unreachable(Unavailable):
    message = Message("database_unreachable", "无法连接数据库", "The database cannot be reached")


class Overloaded(Unavailable):
    message = Message(
        "database_overloaded", "数据库繁忙，请稍后再试", "The database is busy, please try again later"
    )


class StorageFull(Unavailable):
    message = Message("storage_full", "数据库磁盘空间不足", "The database has run out of disk space")


class TooSlow(Unavailable):
    message = Message("too_slow", "查询耗时过长，已停止", "The query took too long and was stopped")


_VIOLATIONS: dict[str, type[Violation]] = {
    "23505": UniqueViolation,
    "23503": ForeignKeyViolation,
    "23514": CheckViolation,
    "23502": NotNullViolation,
    "23P01": UniqueViolation,
}
_SQLSTATES: dict[str, type[JieliError]] = {
    "40001": Retryable,
    "40P01": Retryable,
    "55P03": Retryable,
    "53100": StorageFull,
    "53200": Overloaded,
    "53300": Overloaded,
    "57014": TooSlow,
    "25006": Unavailable,
}
_CLASSES: dict[str, type[JieliError]] = {
    "08": Unreachable,
    "57": Unreachable,
    "58": Unavailable,
    "22": BadValue,
}


def translated(error: BaseException) -> JieliError | None:
    """Our error for one of asyncpg's or the socket's, or None when it is a fault of the program."""
    if isinstance(error, asyncpg.InvalidCachedStatementError):
        # A plan cached before someone altered the table; asyncpg has dropped it, the next try works.
        return Retryable()
    if isinstance(error, asyncpg.PostgresError):
        return _of_server(error)
    if isinstance(error, TimeoutError):
        return Overloaded()
    if isinstance(error, OSError) or _is_lost(error):
        return Unreachable()
    return None


def _of_server(error: asyncpg.PostgresError) -> JieliError | None:
    state = error.sqlstate or ""
    if state in _VIOLATIONS:
        parts = ("constraint_name", "table_name", "column_name", "detail")
        return _VIOLATIONS[state](*(getattr(error, part, None) or "" for part in parts))
    kind = _SQLSTATES.get(state) or _CLASSES.get(state[:2])
    return kind() if kind else None


def _is_lost(error: BaseException) -> bool:
    """asyncpg tells of a connection that died between two statements only in words: as closed, as one that the pool
    has taken back, or, when the server's farewell has come but not yet the end of the stream, as an impossible state
    of its protocol."""
    told = str(error)
    if isinstance(error, asyncpg.InternalClientError):
        return "cannot switch to state" in told
    if not isinstance(error, asyncpg.InterfaceError):
        return False
    return "connection" in told and ("closed" in told or "released back to the pool" in told)


class translating:
    """Within the block PostgreSQL's errors leave as ours, with the original as their cause."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, JieliError):
            ours = translated(error)
            if ours is not None:
                raise ours from error
