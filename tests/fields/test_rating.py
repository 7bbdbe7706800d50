import pytest

from tests.fields.takes import read, refusal


@pytest.mark.parametrize("cell", [3, 3.0, "3", "3星", "★★★", "★★★☆☆", "⭐⭐⭐"])
def test_stars_are_counted(cell: object) -> None:
    assert read("rating", cell) == 3


@pytest.mark.parametrize("cell", [0, 6, "☆☆", 2.5, "好"])
def test_what_is_no_rating_is_refused(cell: object) -> None:
    assert refusal("rating", cell, cell=True)


def test_the_largest_is_an_option() -> None:
    assert read("rating", 10, max=10) == 10
