"""Any moment of the embedded database: base backups and uploaded files beside its archived log, and the way back.

The log itself is archived by the server (`db.archive`); here is what has to be there besides, and what is no longer.
"""

from jieli.upkeep.continuous.tend import schedules

__all__ = ["schedules"]
