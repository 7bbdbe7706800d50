"""Brings spreadsheets into a workspace: proposes a mapping, rehearses, writes all rows in one transaction through the
write path, and says what became of each. It decides nothing about records that the write path does not decide."""

from jieli.intake.imports.job import tasks
from jieli.intake.imports.lost import SCHEDULES
from jieli.intake.imports.model import NewField, Reading, Report, Setup, State, Wanted, setup_of
from jieli.intake.imports.propose import automatic, propose

__all__ = [
    "SCHEDULES",
    "NewField",
    "Reading",
    "Report",
    "Setup",
    "State",
    "Wanted",
    "automatic",
    "propose",
    "setup_of",
    "tasks",
]
