from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.language import Language
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.fields import FIELD_TYPES, Context, Money
from tests.fields.takes import operand, parse, read, refusal

DOLLARS = {"value": "8640.00", "currency": "USD", "entered": "1200.00", "rate": "7.2"}
MONEY = FIELD_TYPES["money"]


@pytest.mark.parametrize("raw", ["1200", "1200.00", 1200, 1200.0, {"value": "1200.00"}, {"value": 1200}])
def test_the_own_currency_needs_no_more_than_a_number(raw: object) -> None:
    assert parse("money", raw) == Money(Decimal("1200.00"))


@pytest.mark.parametrize("missing", ["value", "rate"])
def test_what_was_entered_and_the_rate_or_the_value_give_the_third(missing: str) -> None:
    raw = {name: part for name, part in DOLLARS.items() if name != missing}
    assert MONEY.dump(parse("money", raw)) == DOLLARS


def test_a_currency_that_is_the_own_one_is_not_kept() -> None:
    assert parse("money", {"currency": "CNY", "entered": "5", "rate": "2"}) == Money(Decimal("5.00"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": "8641.00"}, "not_converted"),
        ({"currency": "usd"}, "bad_currency"),
        ({"currency": ["USD"]}, "bad_currency"),
        ({"rate": "0"}, "bad_rate"),
        ({"rate": "-7.2"}, "bad_rate"),
        ({"entered": None}, "needs_rate"),
        ({"rate": None, "entered": "0"}, "needs_rate"),
        ({"rate": None, "value": None}, "needs_rate"),
        ({"rate": "1" + "0" * 20}, "number_too_large"),
        ({"surprise": 1}, "not_an_amount"),
        ({"value": True}, "needs_number"),
    ],
)
def test_what_does_not_fit_together_is_refused(change: dict[str, Any], code: str) -> None:
    assert refusal("money", DOLLARS | change) == code


@given(
    st.decimals("0.01", 10**9, places=2),
    st.decimals("0.0001", 1000, places=4),
)
def test_any_foreign_amount_survives_being_dumped(entered: Decimal, rate: Decimal) -> None:
    money = parse("money", {"currency": "USD", "entered": str(entered), "rate": str(rate)})
    assert parse("money", MONEY.dump(money)) == money
    assert abs(money.value - entered * rate) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("￥1.2万", "12000.00"),
        ("1,200.50元", "1200.50"),
        (0.1, "0.10"),
        ("(300)", "-300.00"),
        ("CNY 5", "5.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(cell: object, value: str) -> None:
    assert read("money", cell) == Money(Decimal(value))


def test_a_cell_in_a_foreign_currency_needs_the_converted_amount() -> None:
    assert refusal("money", "USD 1,200", cell=True) == "needs_rate"
    assert MONEY.dump(read("money", "8,640.00 (USD 1,200.00)")) == DOLLARS


def test_the_currency_of_the_workspace_is_its_own() -> None:
    assert read("money", "$1,200", Context(currency="USD")) == Money(Decimal("1200.00"))


def test_limits_are_in_the_own_currency() -> None:
    assert refusal("money", DOLLARS, max=8000) == "out_of_range"


def test_amounts_are_shown_in_groups_of_three() -> None:
    assert MONEY.text({"value": "1234567.80"}, None, Language.ZH) == "1,234,567.80"


def test_an_operand_is_an_amount_of_the_own_currency() -> None:
    assert operand("money", 100000) == operand("money", {"value": "100000"}) == Decimal(100000)


@pytest.mark.database
async def test_only_the_amount_is_summed(tx: Tx) -> None:
    await tx.run(
        sql(
            "create temp table deal (amount numeric(18,2), amount_currency text, amount_entered numeric(18,2),"
            " amount_rate numeric(18,8)) on commit drop"
        )
    )
    columns = [column.name for column in MONEY.columns("amount", None)]
    rows = [MONEY.store(parse("money", raw)) for raw in (DOLLARS, "360")]
    await tx.copy(None, "deal", columns, rows)
    assert await tx.value(sql("select sum(amount) from deal")) == Decimal("9000.00")
