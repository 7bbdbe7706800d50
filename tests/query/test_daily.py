from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from jieli.blueprint.document import Scorecard
from jieli.blueprint.model import workspace
from jieli.db.sql import Sql, join
from jieli.query.condition import Scope, compile_condition
from jieli.query.daily import once_a_day
from jieli.query.rows import T
from jieli.query.variables import Variables
from jieli.standard import load

COMPANY = workspace("daily", 1, load())
NOON = datetime(2025, 6, 2, 4, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def card(**condition: object) -> Scorecard:
    return Scorecard.model_validate({"rules": [{"key": "a", "label": "a", "when": condition, "points": 5}]})


def conditions(scope: Scope, found: Scorecard) -> Sql:
    return join(" and ", [compile_condition(rule.when, scope) for rule in found.rules])


def values(found: Scorecard, at: datetime = NOON, zone: ZoneInfo = SHANGHAI) -> list[object]:
    variables = Variables(uuid4(), None, (), (), at, zone)
    scope = Scope(COMPANY, COMPANY.object("lead"), T, variables)
    return once_a_day(found, scope, conditions).render()[1]


def test_a_relative_date_moves_on_with_the_day() -> None:
    soon = card(field="expected_purchase", op="within", value={"relative": "next_days", "n": 90})
    today, tomorrow = values(soon), values(soon, NOON + timedelta(days=1))
    assert [day + timedelta(days=1) for day in today] == tomorrow


def test_a_day_is_that_of_the_time_zone() -> None:
    soon = card(field="expected_purchase", op="within", value={"relative": "today"})
    late = NOON.replace(hour=20)
    assert values(soon, late) != values(soon, late, ZoneInfo("UTC"))


def test_who_asks_is_asked_each_time() -> None:
    mine = card(any=[{"field": "owner", "op": "in", "value": {"var": "my_subordinates"}},
                     {"field": "created_by", "op": "eq", "value": {"var": "me"}}])  # fmt: skip
    assert values(mine) != values(mine)


def test_two_definitions_are_not_taken_for_one_another() -> None:
    assert [values(card(field="budget", op="gte", value=n)) for n in (5, 6)] == [[5], [6]]
