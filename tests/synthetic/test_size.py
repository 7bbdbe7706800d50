"""Sizes: as many people and departments as promised, and everybody with a name of their own."""

from datetime import UTC, datetime

import pytest

from jieli.synthetic import SIZES, Size
from jieli.synthetic.people import roster

START = datetime(2025, 6, 1, tzinfo=UTC)


def test_the_largest_company_has_three_hundred_members_in_forty_departments() -> None:
    largest = SIZES["1m"]
    assert (largest.members, largest.departments) == (300, 40)
    assert (largest.leads, largest.opportunities) == (2_000_000, 1_000_000)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_as_many_are_hired_as_the_size_says(size: Size) -> None:
    found = roster(size, 1, START)
    assert len({person.name for person in found.people}) == size.members
    assert len({one.values["name"] for one in found.departments}) == size.departments


def test_the_same_seed_hires_the_same_people() -> None:
    size = SIZES["small"]
    assert roster(size, 1, START) == roster(size, 1, START)
    assert roster(size, 1, START) != roster(size, 2, START)
