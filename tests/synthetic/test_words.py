"""Words: every number has a company and a telephone of its own."""

from jieli.base.names import company_key
from jieli.synthetic import words

MANY = 20_000


def test_no_two_numbers_have_the_same_company() -> None:
    near = {company_key(words.company(number)[0]) for number in range(MANY)}
    far = {company_key(words.company(3_000_000 + number)[0]) for number in range(MANY)}
    assert len(near | far) == 2 * MANY


def test_no_two_numbers_have_the_same_telephone() -> None:
    assert len({words.mobile(number) for number in range(MANY)}) == MANY
