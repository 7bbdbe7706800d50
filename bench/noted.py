"""Reading while noting what is asked, so that the limit runs the very same statements."""

from jieli.db.pool import Connection, ReadTx
from jieli.db.sql import Sql


class NotedTx(ReadTx):
    """A reading that remembers its statements."""

    __slots__ = ("noted",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.noted: list[Sql] = []

    def _next(self, statement: Sql) -> tuple[str, list[object]]:
        self.noted.append(statement)
        return super()._next(statement)
