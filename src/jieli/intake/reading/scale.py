"""Headers that count in thousands or millions: `金额（万元）`, `Revenue (million USD)`."""

import re

_SCALES = {
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "k": 1_000,
    "thousand": 1_000,
    "thousands": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "billion": 1_000_000_000,
}
_UNIT = re.compile(
    rf"(?:[(（/,，:：]|单位)\s*(?:单位[:：]?)?\s*({'|'.join(sorted(_SCALES, key=len, reverse=True))})"
    r"(?:元|人民币|美元|人|个| ?(?:CNY|RMB|USD|EUR))?\s*[)）]?\s*$",
    re.IGNORECASE,
)


def header_scale(name: str) -> int:
    """1 where the name says nothing."""
    unit = _UNIT.search(name[-60:])
    return _SCALES[unit[1].lower()] if unit else 1
