"""The one write path and the one read path of records, with events, files, undo and trash.

Everything that changes a record calls `apply`; screens, imports, rules and jobs alike. Stages, duplicates and
scores are not known here: they take part through the points of `hooks.py`.
"""

from jieli.records.apply import apply
from jieli.records.model import (
    Action,
    Batch,
    BatchResult,
    Change,
    Draft,
    Duplicates,
    Match,
    Outcome,
    RowResult,
    Values,
)
from jieli.records.undo import UndoResult, undo

__all__ = [
    "Action",
    "Batch",
    "BatchResult",
    "Change",
    "Draft",
    "Duplicates",
    "Match",
    "Outcome",
    "RowResult",
    "UndoResult",
    "Values",
    "apply",
    "undo",
]
