"""The scorecards, the assignment rules and the conversion we ship."""

from collections.abc import Iterator

import pytest

from jieli.blueprint.model import Object, workspace
from jieli.fields import Choosing
from jieli.standard import load
from jieli.standard.shipped import CONVERSIONS, ROLES

DOCUMENT = load()
WORKSPACE = workspace("standard", 1, DOCUMENT)


@pytest.mark.parametrize("key", ["lead", "opportunity"])
def test_a_scorecard_has_rules_for_and_against(key: str) -> None:
    card = DOCUMENT.scorecards[key]
    assert "scored" in DOCUMENT.objects[key].traits
    assert len({rule.key for rule in card.rules}) == len(card.rules) >= 10
    assert {rule.points > 0 for rule in card.rules} == {True, False}


def test_assignment_ends_with_a_rule_for_everybody_else() -> None:
    assignment = DOCUMENT.assignments["lead"]
    assert assignment.rules[-1].when == {}
    assert assignment.stage in {stage.key for stage in DOCUMENT.processes["lead"].stages}
    assert {rule.role for rule in assignment.rules} <= set(ROLES)


def converted(key: str) -> Iterator[tuple[Object, str, str]]:
    conversion = DOCUMENT.conversions[key]
    for target in ("account", "contact", "opportunity"):
        for to, source in getattr(conversion, target).items():
            yield WORKSPACE.objects[target], to, source


@pytest.mark.parametrize("key", CONVERSIONS)
def test_a_converted_value_fits_its_new_field(key: str) -> None:
    source = WORKSPACE.objects[DOCUMENT.conversions[key].source]
    for target, to, name in converted(key):
        before, after = source.field(name), target.field(to)
        assert before.type.key == after.type.key, to
        assert before.target == after.target, to
        if isinstance(before.type, Choosing) and isinstance(after.type, Choosing):
            assert set(before.type.choices(before.options)) <= set(after.type.choices(after.options)), to


@pytest.mark.parametrize("key", CONVERSIONS)
def test_a_conversion_ends_at_a_stage_of_its_process(key: str) -> None:
    conversion = DOCUMENT.conversions[key]
    assert conversion.stage in {stage.key for stage in DOCUMENT.processes[conversion.source].stages}
