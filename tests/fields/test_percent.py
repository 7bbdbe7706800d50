from decimal import Decimal

import pytest

from tests.fields.takes import parse, read


def test_in_json_thirteen_is_thirteen_percent() -> None:
    assert parse("percent", "13") == parse("percent", 13) == Decimal("13.00")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13%", "13"),
        ("１３％", "13"),
        (0.13, "13"),
        ("0.13", "13"),
        (13, "13"),
        (1.0, "100"),
        ("0.5%", "0.5"),
        (-0.2, "-20"),
    ],
)
def test_a_cell_up_to_one_is_a_fraction_unless_it_has_the_sign(cell: object, value: str) -> None:
    assert read("percent", cell) == Decimal(value)
