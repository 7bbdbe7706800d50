"""The dictionary, and how changes are put."""

from typing import cast

import pytest

from jieli.insight.figures import FIGURES
from jieli.insight.metrics import METRICS, Number, percent


def test_every_metric_says_what_it_means_in_both_languages() -> None:
    for metric in METRICS.values():
        for label in (metric.label, metric.definition):
            assert label.zh != label.en
        assert metric.definition.zh.endswith("。")
        assert metric.definition.en.endswith(".")


def test_every_figure_is_in_the_dictionary() -> None:
    assert FIGURES.keys() <= METRICS.keys()


def test_what_is_taken_of_something_is_a_percentage() -> None:
    assert {key for key, figure in FIGURES.items() if figure.of} == {
        key for key in FIGURES if METRICS[key].unit == "percent"
    }


def test_a_percentage_changes_by_points() -> None:
    change = METRICS["win_rate"].change(28.0, 18.0)
    assert change == {"value": 10.0, "unit": "points", "good": True}


def test_a_count_changes_by_percent_of_what_it_was() -> None:
    assert METRICS["won"].change(15, 10) == {"value": 50.0, "unit": "percent", "good": True}


def test_an_amount_is_read_from_its_text() -> None:
    assert METRICS["won_amount"].change("80.00", "100.00") == {
        "value": -20.0,
        "unit": "percent",
        "good": False,
    }


def test_less_is_good_where_down_is_the_direction() -> None:
    assert cast("dict[str, object]", METRICS["cycle"].change(5, 15))["good"] is True
    assert cast("dict[str, object]", METRICS["handoff_returned"].change(5.0, 1.0))["good"] is False


def test_no_change_is_neither_good_nor_bad() -> None:
    assert METRICS["won"].change(10, 10) == {"value": 0.0, "unit": "percent", "good": None}


@pytest.mark.parametrize(("value", "previous"), [(None, 1), (1, None), (1, 0)])
def test_there_is_no_change_without_something_to_compare(value: Number, previous: Number) -> None:
    assert METRICS["won"].change(value, previous) is None


def test_a_part_of_nothing_is_no_percentage() -> None:
    assert (percent(1, 3), percent(0, 5), percent(0, 0)) == (33.33, 0.0, None)
