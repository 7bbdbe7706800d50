"""For each type: options, and JSON values that it takes. The tests that walk the registry use them."""

from dataclasses import dataclass, field
from typing import Any

from jieli.fields import FIELD_TYPES, Context, FieldType

CONTEXT = Context()
ID = "0190f5a0-7c3d-7a10-8000-00000000000a"
OTHER = "0190f5a0-7c3d-7a10-8000-00000000000b"
CHOICES = [
    {"key": "hot", "label": {"zh": "热", "en": "Hot"}},
    {"key": "cold", "label": {"zh": "冷/淡", "en": "Cold"}, "closed": True},
    "展会",
]


@dataclass(frozen=True)
class Example:
    values: list[Any]
    options: dict[str, Any] = field(default_factory=dict)
    reads_its_text: bool = True


EXAMPLES: dict[str, Example] = {
    "text": Example(["上海接力科技", "a'b\"c\\d", "🏃", "%_"]),
    "long_text": Example(["第一行\n第二行\t结束"]),
    "integer": Example([0, -5, 2**53 - 1]),
    "decimal": Example(["12.5000", "-0.0001", "0.0000"], {"scale": 4}),
    "money": Example(
        [
            {"value": "1200.00"},
            {"value": "-0.01"},
            {"value": "8640.00", "currency": "USD", "entered": "1200.00", "rate": "7.2"},
            {"value": "9999999999999999.99"},
        ]
    ),
    "percent": Example(["13.00", "0.50", "150.00", "-3.25"]),
    "date": Example(["2026-11-23", "1669-01-01", "2999-12-31"]),
    "datetime": Example(["2026-11-23T10:00:00Z", "1900-01-01T00:00:00Z"]),
    "duration": Example([0, 59, 5400, 90_061]),
    "boolean": Example([True, False]),
    "select": Example(["hot", "cold", "展会"], {"options": CHOICES}),
    "multi_select": Example([["hot"], ["展会", "hot"]], {"options": CHOICES}),
    "tags": Example([["重点"], ["A/B", "c d"]]),
    "rating": Example([1, 5]),
    "person": Example([ID]),
    "multi_person": Example([[ID], [OTHER, ID]]),
    "department": Example([ID]),
    "reference": Example([ID], {"to": "account"}),
    "multi_reference": Example([[ID, OTHER]], {"to": "product"}),
    "phone": Example(["+8613800138000", "+8675526001234;ext=801", "95588", "+85221234567"]),
    "email": Example(["zhang.san@example.com", "张三@例子.中国"]),
    "url": Example(["https://example.com/a?b=c#d", "http://oa:8080/"]),
    "credit_code": Example(["9144030071526726XG", "110105012345678"]),
    "address": Example(
        [
            {
                "province": "上海市",
                "city": "上海市",
                "district": "浦东新区",
                "detail": "张江路 1 号",
                "code": "310115",
            },
            {"province": "广东省", "city": "深圳市", "district": "南山区", "detail": "", "code": ""},
            {"province": "", "city": "", "district": "", "detail": "1 Main Street", "code": ""},
        ],
        reads_its_text=False,
    ),
    "location": Example(
        [
            {"lng": 121.473701, "lat": 31.230416, "system": "gcj02"},
            {"lng": -0.5, "lat": 51.5, "system": "wgs84"},
        ]
    ),
    "file": Example([[ID, OTHER]]),
    "image": Example([[ID]]),
    "auto_number": Example(["HT-202601-0042"]),
    "stage": Example(["proposal"]),
    "json": Example([[{"key": "size", "points": 20}], {"a": {"b": [1, "二"]}}], reads_its_text=False),
}


def options_of(kind: FieldType) -> Any:
    return kind.Options.model_validate(EXAMPLES[kind.key].options)


CASES = [(kind, value) for kind in FIELD_TYPES.values() for value in EXAMPLES[kind.key].values]
