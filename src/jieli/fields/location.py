"""Points on the map, with the system of coordinates they are in: in China it is rarely that of GPS."""

import re
from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import Scalar

NOT_A_LOCATION = Message(
    "not_a_location",
    "需要经纬度，如 121.473701,31.230416",
    "Longitude and latitude are needed: 121.473701,31.230416",
)
SYSTEMS = ("gcj02", "wgs84", "bd09")
"""What Chinese maps use, what satellites use, what Baidu uses. The first is assumed."""

_WRITTEN = re.compile(
    r"(?P<first>-?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*[,，;\s]\s*(?P<second>-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
    r"(?:\s+(?P<system>[a-z]+-?[0-9]+))?",
    re.IGNORECASE,
)


def _degrees(raw: object, most: int) -> float:
    """To the seventh decimal, which is a centimetre."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not -most <= raw <= most:
        raise BadValue(NOT_A_LOCATION)
    return round(float(raw), 7) + 0.0


class Location(Scalar):
    key: ClassVar[str] = "location"
    label: ClassVar[Message] = Message("field_location", "定位", "Location")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    stored = "jsonb"

    def parse(self, raw: object, options: Any, context: Context) -> dict[str, object] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, dict) or not raw.keys() <= {"lng", "lat", "system"}:
            raise BadValue(NOT_A_LOCATION)
        system = raw.get("system") or SYSTEMS[0]
        if system not in SYSTEMS:
            raise BadValue(NOT_A_LOCATION)
        return {"lng": _degrees(raw.get("lng"), 180), "lat": _degrees(raw.get("lat"), 90), "system": system}

    def read(self, cell: Cell, options: Any, context: Context) -> dict[str, object] | None:
        """Longitude comes first, unless only the other order makes a place."""
        found = _WRITTEN.fullmatch(cell_text(cell).strip())
        if found is None:
            raise BadValue(NOT_A_LOCATION)
        lng, lat = float(found["first"]), float(found["second"])
        if abs(lat) > 90:
            lng, lat = lat, lng
        system = (found["system"] or "").lower().replace("-", "")
        return self.parse({"lng": lng, "lat": lat, "system": system}, options, context)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return f"{dumped['lng']:.7f},{dumped['lat']:.7f} {dumped['system']}"
