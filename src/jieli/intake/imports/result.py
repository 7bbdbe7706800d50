"""The result file: what became of every row, with what needs a look first."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from jieli.base.language import Language, Message
from jieli.blueprint.model import Object
from jieli.intake.imports import errors
from jieli.intake.imports.model import RowReport
from jieli.intake.imports.workbook import Workbook
from jieli.intake.reading import Table
from jieli.records import Outcome

TO_DO = Message("result_to_do", "需要处理", "To look at")
ALL = Message("result_all", "全部", "All rows")
ROW = Message("result_row", "行号", "Row")
RESULT = Message("result_result", "结果", "Result")
REASON = Message("result_reason", "原因", "Reason")
RECORD = Message("result_record", "记录编号", "Record")

WORDS = {
    Outcome.CREATED: errors.CREATED,
    Outcome.UPDATED: errors.UPDATED,
    Outcome.SKIPPED: errors.SKIPPED,
    Outcome.UNCHANGED: errors.SKIPPED,
    Outcome.REJECTED: errors.REJECTED,
}
GOOD = frozenset({Outcome.CREATED, Outcome.UPDATED})
WIDTHS = (8, 10, 40, 16)


class ResultFile:
    """A sink that writes the file as the rows come. `close` or `discard` must follow."""

    def __init__(self, path: Path, table: Table, language: Language) -> None:
        self._book = Workbook(path)
        self._indexes = [column.index for column in table.columns]
        widths = (*WIDTHS, *[16] * len(table.columns))
        header = [message.text(language) for message in (ROW, RESULT, REASON, RECORD)]
        header += [column.header or column.name for column in table.columns]
        self._to_do = self._book.sheet(TO_DO.text(language), widths)
        self._all = self._book.sheet(ALL.text(language), widths)
        for sheet in (self._to_do, self._all):
            sheet.append([header])
        self._words = {outcome: message.text(language) for outcome, message in WORDS.items()}

    def take(self, obj: Object, rows: Sequence[RowReport]) -> None:
        lines = [self._line(row) for row in rows]
        self._all.append(lines)
        self._to_do.append(line for line, row in zip(lines, rows, strict=True) if row.outcome not in GOOD)

    def warn(self, rows: Sequence[RowReport]) -> None:
        self._to_do.append(self._line(row) for row in rows)

    def _line(self, row: RowReport) -> list[object]:
        cells = row.prepared.cells
        reasons = "\n".join(str(reason) for reason in row.reasons) if row.reasons else None
        record: UUID | str | None = row.number or row.id
        return [
            row.prepared.row,
            self._words[row.outcome],
            reasons,
            record,
            *[cells[index] for index in self._indexes],
        ]

    def clear(self) -> None:
        self._book.clear()

    def close(self) -> None:
        self._book.close()

    def discard(self) -> None:
        self._book.discard()
