"""What a condition may refer to besides fields: the person who asks, and the moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from jieli.base.language import Message
from jieli.fields import BadValue

UNKNOWN_VARIABLE = Message("unknown_variable", "没有「{name}」这个变量", "There is no variable “{name}”")
NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Variables:
    """The values of `{"var": …}`. `departments` and `subordinates` include everything below."""

    me: UUID | None
    department: UUID | None
    departments: tuple[UUID, ...]
    subordinates: tuple[UUID, ...]
    now: datetime
    zone: ZoneInfo

    def value(self, name: object) -> object:
        """A single value or a list; a person without a department gets an id that no record has."""
        match name:
            case "me":
                return self.me or NIL
            case "my_department":
                return self.department or NIL
            case "my_departments":
                return list(self.departments)
            case "my_subordinates":
                return list(self.subordinates)
            case "now":
                return self.now
            case "today":
                return self.now.astimezone(self.zone).date()
        raise BadValue(UNKNOWN_VARIABLE, name=str(name)[:40])
