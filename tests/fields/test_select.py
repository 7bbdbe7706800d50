import pytest
from pydantic import ValidationError

from jieli.base.language import Language
from jieli.fields import FIELD_TYPES
from tests.fields.examples import CHOICES
from tests.fields.takes import operand, options, parse, read, refusal

SELECT = FIELD_TYPES["select"]


@pytest.mark.parametrize("cell", ["hot", "热", "HOT", "Hot ", "ｈｏｔ"])
def test_a_choice_is_read_by_key_or_label_of_either_language(cell: str) -> None:
    assert read("select", cell, options=CHOICES) == "hot"


def test_json_takes_keys_only() -> None:
    assert refusal("select", "热", options=CHOICES) == "unknown_choice"
    assert refusal("select", 5, options=CHOICES) == "not_a_text"


def test_a_closed_choice_stays_valid_where_it_was_chosen() -> None:
    assert parse("select", "cold", options=CHOICES) == "cold"


def test_an_unknown_choice_is_named() -> None:
    assert refusal("select", "温", cell=True, options=CHOICES) == "unknown_choice"
    assert refusal("select", ["hot"], options=CHOICES) == "not_a_text"


def test_an_operand_must_be_a_choice() -> None:
    assert operand("select", "hot", options=CHOICES) == "hot"


def test_a_key_goes_before_the_label_of_another() -> None:
    swapped = [{"key": "a", "label": "b"}, {"key": "b", "label": "a"}]
    assert read("select", "a", options=swapped) == "a"


def test_an_open_choice_goes_before_a_closed_one_of_the_same_name() -> None:
    renamed = [{"key": "new", "label": "展会"}, {"key": "old", "label": "展会", "closed": True}]
    assert read("select", "展会", options=renamed) == "new"


def test_a_removed_choice_is_shown_by_its_key() -> None:
    assert SELECT.text("gone", options("select", options=CHOICES), Language.ZH) == "gone"


def test_labels_follow_the_language() -> None:
    shown = [SELECT.text("hot", options("select", options=CHOICES), language) for language in Language]
    assert shown == ["热", "Hot"]


@pytest.mark.parametrize(
    "choices", [[], ["a", "a"], [{"key": ""}], [{"key": "a", "label": {"zh": "甲"}}], [5]]
)
def test_choices_are_distinct_and_named_in_both_languages(choices: object) -> None:
    with pytest.raises(ValidationError):
        options("select", options=choices)


def test_a_plain_text_is_key_and_label() -> None:
    assert options("select", options=["展会"]) == options(
        "select", options=[{"key": "展会", "label": "展会"}]
    )
