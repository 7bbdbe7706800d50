import asyncpg
import pytest

from jieli.base.errors import JieliError
from jieli.db.errors import (
    Overloaded,
    Retryable,
    StorageFull,
    UniqueViolation,
    Unreachable,
    translated,
    translating,
)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (asyncpg.SerializationError("x"), Retryable),
        (asyncpg.DeadlockDetectedError("x"), Retryable),
        (asyncpg.LockNotAvailableError("x"), Retryable),
        (asyncpg.InvalidCachedStatementError("x"), Retryable),
        (asyncpg.DiskFullError("x"), StorageFull),
        (asyncpg.TooManyConnectionsError("x"), Overloaded),
        (asyncpg.OutOfMemoryError("x"), Overloaded),
        (asyncpg.AdminShutdownError("x"), Unreachable),
        (asyncpg.CannotConnectNowError("x"), Unreachable),
        (asyncpg.ConnectionDoesNotExistError("x"), Unreachable),
        (asyncpg.InterfaceError("connection is closed"), Unreachable),
        (asyncpg.InternalClientError("cannot switch to state 15; another operation"), Unreachable),
        (ConnectionRefusedError("x"), Unreachable),
        (TimeoutError(), Overloaded),
        (asyncpg.ExclusionViolationError("x"), UniqueViolation),
    ],
)
def test_what_went_wrong_outside_of_the_program_has_a_name(error: Exception, kind: type[JieliError]) -> None:
    assert type(translated(error)) is kind


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.PostgresSyntaxError("x"),
        asyncpg.UndefinedColumnError("x"),
        asyncpg.InterfaceError("another operation is in progress"),
        asyncpg.InternalClientError("x"),
        KeyError("x"),
    ],
)
def test_a_fault_of_the_program_is_left_as_it_is(error: Exception) -> None:
    assert translated(error) is None
    with pytest.raises(type(error)), translating():
        raise error


def test_the_original_error_stays_known_as_the_cause() -> None:
    original = asyncpg.DiskFullError("could not extend file")
    with pytest.raises(StorageFull) as caught, translating():
        raise original
    assert caught.value.__cause__ is original
