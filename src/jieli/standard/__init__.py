"""The CRM we ship, as data: objects with their layouts and views, processes, roles, scoring, assignment, conversion.

It is a blueprint like any other and has no code of its own besides the reading of its files; a workspace made from
it may change everything. It knows no database.
"""

from jieli.standard.shipped import load

__all__ = ["load"]
