import pytest

from jieli.blueprint.document import ObjectDef, Scorecard
from jieli.standard.reading import BrokenStandard, fitted, mapping, parse
from jieli.standard.shipped import with_choices

LABEL = {"zh": "线索", "en": "Lead"}


def test_a_key_that_occurs_twice_is_refused_with_the_file() -> None:
    with pytest.raises(BrokenStandard) as caught:
        parse("lead/object.yaml", "title: name\ntitle: company\n")
    assert caught.value.problems[0].path == "lead/object.yaml"
    assert "title" in str(caught.value)


def test_broken_yaml_is_refused_with_the_file() -> None:
    with pytest.raises(BrokenStandard, match=r"roles/sales\.yaml"):
        parse("roles/sales.yaml", "label: {zh: 销售")


def test_a_misfit_names_file_and_key() -> None:
    raw = {"base": 10, "rules": [{"key": "phone", "label": LABEL, "when": {}, "points": "many"}]}
    with pytest.raises(BrokenStandard) as caught:
        fitted(raw, Scorecard, "scorecards/lead.yaml")
    assert [p.path for p in caught.value.problems] == ["scorecards/lead.yaml: rules.0.points"]


def test_a_misfit_in_a_layout_names_the_layout_file() -> None:
    raw = {"label": LABEL, "title": "name", "fields": {}, "columns": "name", "colour": "red"}
    with pytest.raises(BrokenStandard) as caught:
        fitted(raw, ObjectDef, "lead/object.yaml", {"columns": "lead/layout.yaml"})
    assert {p.path for p in caught.value.problems} == {
        "lead/layout.yaml: columns",
        "lead/object.yaml: colour",
    }


def test_a_file_that_holds_a_list_instead_of_keys_is_named() -> None:
    with pytest.raises(BrokenStandard, match=r"lead/object\.yaml"):
        mapping(parse("lead/object.yaml", "- title"), "lead/object.yaml")


def test_options_that_are_a_word_stand_for_a_shared_list() -> None:
    shared = {"level": [{"key": "a", "label": LABEL}]}
    found = with_choices({"level": {"type": "select", "options": "level"}}, shared, "lead/object.yaml")
    assert found == {"level": {"type": "select", "options": shared["level"]}}


def test_an_unknown_shared_list_is_named() -> None:
    with pytest.raises(BrokenStandard) as caught:
        with_choices({"level": {"type": "select", "options": "levels"}}, {}, "lead/object.yaml")
    assert caught.value.problems[0].path == "lead/object.yaml: fields.level.options"
    assert "levels" in str(caught.value)
