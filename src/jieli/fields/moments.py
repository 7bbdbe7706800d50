"""Days and moments as spreadsheets hold them."""

from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from jieli.base import dates
from jieli.base.language import Message
from jieli.fields.cells import cell_number
from jieli.fields.contract import BadValue, Cell

FAR_DATE = Message("far_date", "年份应在 {min} 到 {max} 之间", "The year must lie between {min} and {max}")
EARLIEST, LATEST = 1000, 2999
SERIALS = range(10_000, 110_000)
"""Of numbers only the days of 1927 to 2201 are taken for dates; any other is more likely something else."""
LONGEST = 80

D = TypeVar("D", date, datetime)

# The same few days come again and again in one file.
_written_day = lru_cache(maxsize=8192)(dates.parse_date)


def sane(day: D) -> D:
    if not EARLIEST <= day.year <= LATEST:
        raise BadValue(FAR_DATE, min=EARLIEST, max=LATEST)
    return day


def cell_date(cell: Cell) -> date:
    if isinstance(cell, str):
        found = _written_day(cell[:LONGEST])
        if isinstance(found, Message):
            raise BadValue(found)
        return sane(found)
    if isinstance(cell, datetime):
        return sane(cell.date())
    if isinstance(cell, date):
        return sane(cell)
    return sane(_counted(cell).date())


def cell_moment(cell: Cell, zone: ZoneInfo) -> datetime:
    """A moment, naive where the cell means the local time of the workspace."""
    if isinstance(cell, str):
        if len(cell) in (16, 19) and cell[4] == cell[7] == "-" and cell[13] == ":":
            with suppress(ValueError):
                return datetime.fromisoformat(cell)
        found = dates.parse_moment(cell[:LONGEST], zone)
        if isinstance(found, Message):
            raise BadValue(found)
        return found
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    return _counted(cell)


def _counted(cell: Cell) -> datetime:
    """A day number of a spreadsheet, or a number whose digits are a day: 20260105."""
    number = cell_number(cell)
    if number == number.to_integral_value() and 10_000_000 <= number < 100_000_000:
        day = cell_date(str(int(number)))
        return datetime(day.year, day.month, day.day)
    if SERIALS.start <= number < SERIALS.stop:
        found = dates.from_excel_serial(float(number))
        if isinstance(found, datetime):
            return found
    raise BadValue(dates.NOT_A_DATE)
