import pytest

from bench.result import Result, Target


def make_result(value: float, limit: float, unit: str, target: Target) -> Result:
    return Result("list", value, limit, unit, target, 2_000)


@pytest.mark.parametrize(("value", "met"), [(500.0, True), (499.0, False)])
def test_work_per_second_is_held_against_the_limit(value: float, met: bool) -> None:
    result = make_result(value, 1_000, "req/s", Target("ratio", 0.5))
    assert (result.ratio, result.met) == (value / 1_000, met)


@pytest.mark.parametrize(("value", "met"), [(30.0, True), (31.0, False)])
def test_a_time_is_held_against_its_bound(value: float, met: bool) -> None:
    result = make_result(value, 15, "ms", Target("value", 30))
    assert (result.ratio, result.met) == (15 / value, met)


def test_a_result_missing_another_demand_is_not_met() -> None:
    result = Result("list", 900, 1_000, "req/s", Target("ratio", 0.5), 2_000, also_met=False)
    assert not result.met
