import pytest

from jieli.blueprint.document import ObjectDef, Scorecard
from jieli.standard import shipped
from jieli.standard.reading import BrokenStandard, fitted, parse

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


def test_options_that_are_a_word_stand_for_a_shared_list() -> None:
    shared = {"level": [{"key": "a", "label": LABEL}]}
    found = shipped.with_choices({"type": "select", "options": "level"}, shared, "lead/object.yaml", "level")
    assert found == {"type": "select", "options": shared["level"]}


def test_an_unknown_shared_list_is_named() -> None:
    with pytest.raises(BrokenStandard) as caught:
        shipped.with_choices({"type": "select", "options": "levels"}, {}, "lead/object.yaml", "level")
    assert caught.value.problems[0].path == "lead/object.yaml: fields.level.options"
    assert "levels" in str(caught.value)
