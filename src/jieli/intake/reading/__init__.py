"""Reads the spreadsheets people bring: any file becomes a `Table` of named columns and numbered rows, or is
refused with a sentence that says what to change. Guesses what a column holds and which field it belongs to.
It knows no workspace and no database, and it stores nothing."""

from jieli.intake.reading.errors import UnreadableFile
from jieli.intake.reading.guess import Guess, guess_columns
from jieli.intake.reading.mapping import Suggestion, Target, suggest
from jieli.intake.reading.placeholders import PLACEHOLDERS, is_placeholder
from jieli.intake.reading.read import read_table
from jieli.intake.reading.reason import Reason
from jieli.intake.reading.table import (
    Cell,
    Column,
    DroppedRow,
    DropReason,
    LostDigits,
    Row,
    Sheet,
    Table,
)

__all__ = [
    "PLACEHOLDERS",
    "Cell",
    "Column",
    "DropReason",
    "DroppedRow",
    "Guess",
    "LostDigits",
    "Reason",
    "Row",
    "Sheet",
    "Suggestion",
    "Table",
    "Target",
    "UnreadableFile",
    "guess_columns",
    "is_placeholder",
    "read_table",
    "suggest",
]
