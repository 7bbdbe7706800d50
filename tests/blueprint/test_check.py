from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.errors import Invalid
from jieli.base.language import Language
from jieli.blueprint.check import check
from jieli.blueprint.parse import parse
from jieli.standard import load
from tests.blueprint.documents import ACCOUNT, REMOVED, TEXT, changed, raw, relay
from tests.blueprint.documents import given as field

LEAF = {"field": "nope", "op": "eq", "value": 1}
LEADS = {
    "label": "Lead",
    "traits": ["owned", "staged", "scored"],
    "title": "name",
    "fields": {"name": TEXT, "company": {"type": "text", "label": "Company"}},
}


def whole() -> dict[str, Any]:
    """A document that has some of everything."""
    made = relay()
    made["objects"]["contact"] = {
        "label": "Contact",
        "title": "name",
        "fields": {"name": TEXT, "account": {"type": "reference", "to": "account", "label": "Account"}},
        "party": "account",
    }
    made["objects"]["opportunity"] = made["objects"]["account"]
    made["objects"]["deal"] |= {
        "columns": ["name", "owner"],
        "card": {"subtitle": "amount", "fields": ["stage"]},
        "form": [{"key": "main", "label": "Main", "fields": ["name", "amount", "owner"]}],
        "views": [
            {"key": "mine", "label": "Mine", "where": {"field": "account.name", "op": "eq", "value": "x"}}
        ],
        "sort": ["-amount", "id"],
        "duplicates": [{"kind": "text", "fields": ["name"]}],
    }
    made["roles"] = {
        **made["roles"],
        "some": {
            "label": "Some",
            "objects": {
                "deal": {
                    "read": ["own", {"condition": {"field": "amount", "op": "gte", "value": 1}}],
                    "fields": {"amount": "read"},
                }
            },
        },
    }
    rule = {"key": "big", "label": "Big", "when": {"field": "amount", "op": "gte", "value": 1}}
    made["scorecards"] = {"deal": {"rules": [{**rule, "points": 5}]}}
    made["assignments"] = {
        "deal": {"rules": [{**rule, "method": "round_robin", "role": "sales"}], "stage": "second"}
    }
    made["conversions"] = {
        "deal": {
            "source": "deal",
            "account": {"name": "name"},
            "contact": {"name": "name"},
            "opportunity": {"name": "name"},
            "stage": "won",
        }
    }
    return made


def found(values: dict[str, Any]) -> list[tuple[str, str]]:
    problems = check(parse(values))
    for problem in problems:
        assert problem.text(Language.ZH)
        assert problem.text(Language.EN)
    return [(problem.path, problem.code) for problem in problems]


def test_a_sound_document_has_no_problems() -> None:
    assert found(whole()) == []
    assert found(raw()) == []


def test_what_we_ship_has_no_problems() -> None:
    assert check(load()) == ()


FAULTS = [
    ("objects.deal.title", "nope", "objects.deal.title", "title_not_own"),
    ("objects.deal.title", "amount", "objects.deal.title", "title_not_text"),
    ("objects.deal.title", "owner", "objects.deal.title", "title_not_own"),
    ("objects.deal.fields.name", field("text"), "objects.deal.title", "title_not_required"),
    ("objects.deal.columns.1", "nope", "objects.deal.columns.1", "no_such_field"),
    ("objects.deal.card.subtitle", "nope", "objects.deal.card.subtitle", "no_such_field"),
    ("objects.deal.card.fields.0", "nope", "objects.deal.card.fields.0", "no_such_field"),
    ("objects.deal.form.0.fields.1", "nope", "objects.deal.form.0.fields.1", "no_such_field"),
    (
        "objects.deal.form.1",
        {"key": "main", "label": "x", "fields": []},
        "objects.deal.form.1.key",
        "appears_twice",
    ),
    ("objects.deal.views.0.columns", ["nope"], "objects.deal.views.0.columns.0", "no_such_field"),
    ("objects.deal.views.0.sort", ["-nope"], "objects.deal.views.0.sort.0", "no_such_field"),
    ("objects.deal.views.0.where", LEAF, "objects.deal.views.0.where.field", "no_such_field"),
    ("objects.deal.views.0.where.field", "account.nope", "objects.deal.views.0.where.field", "no_such_field"),
    ("objects.deal.views.0.where.field", "amount.name", "objects.deal.views.0.where.field", "not_a_path"),
    ("objects.deal.views.0.where", {"all": 3}, "objects.deal.views.0.where", "not_a_condition"),
    ("objects.deal.views.1", {"key": "mine", "label": "x"}, "objects.deal.views.1.key", "appears_twice"),
    (
        "processes.relay.return_reasons",
        [{"key": "vague", "label": "x"}, {"key": "vague", "label": "y"}],
        "processes.relay.return_reasons.1.key",
        "appears_twice",
    ),
    ("objects.deal.sort", ["nope"], "objects.deal.sort.0", "no_such_field"),
    ("objects.deal.sort", ["score_parts"], "objects.deal.sort.0", "no_sort"),
    ("objects.deal.duplicates.0.fields", ["nope"], "objects.deal.duplicates.0.fields.0", "no_such_field"),
    (
        "objects.deal.duplicates.0.fields",
        ["score"],
        "objects.deal.duplicates.0.fields.0",
        "field_not_written",
    ),
    ("objects.contact.party", "nope", "objects.contact.party", "no_such_field"),
    ("objects.contact.party", "name", "objects.contact.party", "not_a_party"),
    ("objects.deal.fields.x", field("nope"), "objects.deal.fields.x.type", "no_such_field_type"),
    (
        "objects.deal.fields.x",
        field("reference", to="nope"),
        "objects.deal.fields.x.options.to",
        "no_such_object",
    ),
    ("objects.deal.fields.x", field("reference"), "objects.deal.fields.x.options.to", "part_missing"),
    ("objects.deal.fields.x", field("text", max=0), "objects.deal.fields.x.options.max", "part_out_of_range"),
    ("objects.deal.fields.x", field("text", maxi=9), "objects.deal.fields.x.options.maxi", "part_unknown"),
    (
        "objects.deal.fields.x",
        field("integer", default="many"),
        "objects.deal.fields.x.default",
        "not_a_whole_number",
    ),
    ("objects.deal.fields.x", field("json", index=True), "objects.deal.fields.x.index", "no_index"),
    ("objects.deal.fields.q", field("text"), "objects.deal.fields.q", "reserved_field"),
    ("objects.deal.fields.owner", field("text"), "objects.deal.fields.owner", "reserved_field"),
    ("objects.deal.fields.id", field("text"), "objects.deal.fields.id", "column_clash"),
    ("objects.deal.fields.grams", field("text"), "objects.deal.fields.grams", "column_clash"),
    ("objects.deal.fields.xmin", field("text"), "objects.deal.fields.xmin", "column_clash"),
    ("objects.deal.fields.deleted_at", field("text"), "objects.deal.fields.deleted_at", "column_clash"),
    ("objects.deal.fields.amount_rate", field("text"), "objects.deal.fields.amount_rate", "column_clash"),
    ("objects.event", ACCOUNT, "objects.event", "reserved_object"),
    ("objects.event_record", ACCOUNT, "objects.event_record", "reserved_object"),
    ("objects.batch_pkey", ACCOUNT, "objects.batch_pkey", "reserved_object"),
    ("objects.approval", ACCOUNT, "objects.approval", "reserved_object"),
    ("objects.lead", LEADS, "objects.lead.traits", "staged_without_process"),
    ("objects.member", REMOVED, "objects.member", "no_such_object"),
    ("objects.department.fields.head", REMOVED, "objects.department.fields.head", "key_field_missing"),
    (
        "objects.member.fields.manager",
        field("text"),
        "objects.member.fields.manager.type",
        "key_field_target",
    ),
    (
        "objects.member.fields.status",
        field("select", options=["active"]),
        "objects.member.fields.status.options",
        "key_field_choice",
    ),
    (
        "objects.member.fields.roles.options",
        ["king"],
        "objects.member.fields.roles.options",
        "choice_not_a_role",
    ),
    ("time_zone", "Mars/Base", "time_zone", "bad_time_zone"),
    ("time_zone", "../etc/passwd", "time_zone", "bad_time_zone"),
    ("dashboards", {"funnel": "nope"}, "dashboards.funnel", "no_such_process"),
    ("processes.relay.object", "nope", "processes.relay.object", "no_such_object"),
    ("processes.relay.object", "account", "processes.relay.object", "needs_trait"),
    ("processes.again", relay()["processes"]["relay"], "processes.again.object", "two_processes"),
    ("processes.relay.stages", [], "processes.relay.stages", "no_stages"),
    ("processes.relay.stages.0.kind", "lost", "processes.relay.stages.0", "start_not_open"),
    ("processes.relay.stages.0.role", "nope", "processes.relay.stages.0.role", "no_such_role"),
    ("processes.relay.stages.0.backup", "nope", "processes.relay.stages.0.backup", "no_such_role"),
    (
        "processes.relay.stages.4",
        {"key": "won", "label": "x"},
        "processes.relay.stages.4.key",
        "appears_twice",
    ),
    (
        "processes.relay.stages.4",
        {"key": "far", "label": "x"},
        "processes.relay.stages.4",
        "stage_unreachable",
    ),
    (
        "processes.relay.moves",
        [{"from": ["first"], "to": "second"}],
        "processes.relay.stages.1",
        "stage_without_end",
    ),
    (
        "processes.relay.stages.0.gate",
        {"required": ["nope"]},
        "processes.relay.stages.0.gate.required.0",
        "no_such_field",
    ),
    (
        "processes.relay.stages.0.gate",
        {"required": ["created_at"]},
        "processes.relay.stages.0.gate.required.0",
        "field_not_written",
    ),
    (
        "processes.relay.stages.0.gate",
        {"where": {"not": LEAF}},
        "processes.relay.stages.0.gate.where.not.field",
        "no_such_field",
    ),
    (
        "processes.relay.stages.0.deliverables",
        [{"key": "a", "label": "A", "kind": "field", "field": "nope"}],
        "processes.relay.stages.0.deliverables.0.field",
        "no_such_field",
    ),
    (
        "processes.relay.stages.0.deliverables",
        [{"key": "a", "label": "A", "kind": "field"}],
        "processes.relay.stages.0.deliverables.0.field",
        "deliverable_without_field",
    ),
    (
        "processes.relay.stages.0.deliverables",
        [{"key": "a", "label": "A", "field": "amount"}],
        "processes.relay.stages.0.deliverables.0.field",
        "deliverable_with_field",
    ),
    (
        "processes.relay.stages.0.limit",
        {"hours": 2, "warn_hours": 2},
        "processes.relay.stages.0.limit.warn_hours",
        "warns_at_once",
    ),
    ("processes.relay.moves.0.to", "nope", "processes.relay.moves.0.to", "no_such_stage"),
    ("processes.relay.moves.0.to", "first", "processes.relay.moves.0.from.0", "move_to_itself"),
    ("processes.relay.moves.0.from", ["nope"], "processes.relay.moves.0.from.0", "no_such_stage"),
    ("processes.relay.moves.0.from", [], "processes.relay.moves.0.from", "move_without_source"),
    (
        "processes.relay.moves.3",
        {"from": ["first"], "to": "second"},
        "processes.relay.moves.3.from.0",
        "two_moves",
    ),
    ("processes.relay.moves.0.roles", ["nope"], "processes.relay.moves.0.roles.0", "no_such_role"),
    ("processes.relay.moves.0.required", ["nope"], "processes.relay.moves.0.required.0", "no_such_field"),
    (
        "processes.relay.moves.0.handoff",
        {"role": "nope"},
        "processes.relay.moves.0.handoff.role",
        "no_such_role",
    ),
    ("processes.relay.moves.2.required", [], "processes.relay.moves.2.required", "loss_without_reason"),
    ("processes.relay.moves.2.required", ["name"], "processes.relay.moves.2.required", "loss_without_reason"),
    ("roles", {"sales": {"label": "x"}}, "roles", "no_administrator"),
    ("roles.some.objects.nope", {}, "roles.some.objects.nope", "no_such_object"),
    (
        "roles.some.objects.deal.fields.name",
        "hidden",
        "roles.some.objects.deal.fields.name",
        "title_hidden",
    ),
    (
        "roles.some.objects.deal.fields.stage",
        "hidden",
        "roles.some.objects.deal.fields.stage",
        "stage_hidden",
    ),
    (
        "roles.some.objects.deal.fields.nope",
        "read",
        "roles.some.objects.deal.fields.nope",
        "no_such_field",
    ),
    (
        "roles.some.objects.deal.read.1.condition",
        {"any": [LEAF]},
        "roles.some.objects.deal.read.1.condition.any.0.field",
        "no_such_field",
    ),
    ("scorecards.nope", {"rules": []}, "scorecards.nope", "no_such_object"),
    ("scorecards.account", {"rules": []}, "scorecards.account", "needs_trait"),
    ("scorecards.deal.rules.0.when", LEAF, "scorecards.deal.rules.0.when.field", "no_such_field"),
    ("scorecards.deal.low", 100, "scorecards.deal.low", "low_above_high"),
    ("assignments.nope", {"rules": []}, "assignments.nope", "no_such_object"),
    ("assignments.deal.stage", "nope", "assignments.deal.stage", "no_such_stage"),
    ("assignments.deal.rules.0.when", LEAF, "assignments.deal.rules.0.when.field", "no_such_field"),
    ("assignments.deal.rules.0.role", "nope", "assignments.deal.rules.0.role", "no_such_role"),
    ("assignments.deal.rules.0.role", REMOVED, "assignments.deal.rules.0.role", "assigns_to_nobody"),
    ("conversions.deal.source", "nope", "conversions.deal.source", "no_such_object"),
    ("conversions.deal.stage", "nope", "conversions.deal.stage", "no_such_stage"),
    ("conversions.deal.account", {"nope": "name"}, "conversions.deal.account.nope", "no_such_field"),
    ("conversions.deal.account", {"name": "nope"}, "conversions.deal.account.name", "no_such_field"),
    ("objects.contact", REMOVED, "conversions.deal.contact", "no_such_object"),
]


@pytest.mark.parametrize(("path", "value", "place", "code"), FAULTS)
def test_a_seeded_fault_is_found_at_its_place(path: str, value: object, place: str, code: str) -> None:
    assert (place, code) in found(changed(whole(), path, value))


def test_a_stage_two_hands_off_from_by_itself_is_named() -> None:
    automatic = {"role": "sales", "automatic": True}
    values = changed(whole(), "processes.relay.moves.0.handoff", automatic)
    values = changed(values, "processes.relay.moves.2.handoff", automatic)
    assert ("processes.relay.moves.2.handoff.automatic", "two_automatic") in found(values)


def test_the_owner_takes_over_only_where_there_is_one() -> None:
    values = changed(whole(), "objects.deal.traits", ["staged", "scored"])
    values = changed(values, "processes.relay.moves.0.handoff", {"role": "sales", "choose": "owner"})
    assert ("processes.relay.moves.0.handoff.choose", "needs_trait") in found(values)


def test_a_number_given_by_the_program_may_be_the_title_without_being_required() -> None:
    values = changed(whole(), "objects.account.fields.number", field("auto_number"))
    values = changed(values, "objects.account.title", "number")
    assert not [place for place, _ in found(values) if place == "objects.account.title"]


def test_virtual_fields_and_the_id_may_be_compared() -> None:
    parts = [{"field": name, "op": "eq", "value": "x"} for name in ("q", "involved", "id", "account.id")]
    assert found(changed(whole(), "objects.deal.views.0.where", {"all": parts})) == []


def test_too_many_objects_and_fields_are_refused() -> None:
    many = raw(**{f"o{number}": ACCOUNT for number in range(199)})
    assert ("objects", "too_many_objects") in found(many)
    fields = {f"f{number}": field("text") for number in range(500)}
    assert ("objects.big.fields", "too_many_fields") in found(
        raw(big={**ACCOUNT, "fields": {"name": TEXT, **fields}})
    )


def test_more_columns_than_a_table_can_hold_are_refused() -> None:
    fields = {f"f{number}": field("money") for number in range(400)}
    big = {**ACCOUNT, "fields": {"name": TEXT, **fields}}
    assert ("objects.big.fields", "too_many_columns") in found(raw(big=big))


values = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "name", "deal", "sales", "won"])
)
places = st.sampled_from(sorted({path for path, *_ in FAULTS}))


@given(places, values | st.lists(values, max_size=2) | st.dictionaries(st.just("field"), values))
def test_whatever_stands_anywhere_is_checked_without_breaking(path: str, value: object) -> None:
    with suppress(Invalid):
        check(parse(changed(whole(), path, value)))
