"""Shares of a hundred: 13 is 13 %."""

from decimal import Decimal
from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_number
from jieli.fields.contract import Cell, Context
from jieli.fields.decimal import DecimalNumber

_SIGNS = ("%", "％")


class Percent(DecimalNumber):
    key: ClassVar[str] = "percent"
    label: ClassVar[Message] = Message("field_percent", "百分比", "Percent")
    precision = 14

    def read(self, cell: Cell, options: Any, context: Context) -> Decimal | None:
        """Spreadsheets keep 13 % as 0.13, so a number up to 1 without a sign is a fraction of one."""
        if isinstance(cell, str) and cell.rstrip().endswith(_SIGNS):
            return self._kept(cell_number(cell.rstrip()[:-1].rstrip()), options)
        found = cell_number(cell)
        return self._kept(found * 100 if -1 <= found <= 1 else found, options)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return f"{dumped}%"
