import pytest

from tests.fields.takes import parse, read, refusal


def test_the_system_is_that_of_chinese_maps_unless_given() -> None:
    assert parse("location", {"lng": 121.5, "lat": 31}) == {"lng": 121.5, "lat": 31.0, "system": "gcj02"}


@pytest.mark.parametrize(
    "raw",
    [{"lng": 181, "lat": 0}, {"lng": 0, "lat": 91}, {"lng": "1", "lat": 1}, {"lng": True, "lat": 1}, {"lat": 1},
     {"lng": float("nan"), "lat": 1}, {"lng": 1, "lat": 1, "system": "mars"}, {"lng": 1, "lat": 1, "x": 1}, [1, 2]],
)  # fmt: skip
def test_what_is_no_place_is_refused(raw: object) -> None:
    assert refusal("location", raw) == "not_a_location"


@pytest.mark.parametrize(
    "cell", ["121.5,31.2", "121.5，31.2", "121.5 31.2", "31.2,121.5", "121.5,31.2 GCJ-02"]
)
def test_a_cell_names_both_in_either_order_where_only_one_fits(cell: str) -> None:
    assert read("location", cell) == {"lng": 121.5, "lat": 31.2, "system": "gcj02"}
