"""The processes we ship: each stage says who does what by when, and each move leads somewhere."""

import pytest

from jieli.blueprint.document import Process, Stage
from jieli.blueprint.model import workspace
from jieli.standard import load
from jieli.standard.shipped import PROCESSES, ROLES

DOCUMENT = load()
FIELDS = {key: set(found.fields) for key, found in workspace("standard", 1, DOCUMENT).objects.items()}
processes = pytest.mark.parametrize("key", PROCESSES)


def active(process: Process) -> list[Stage]:
    return [stage for stage in process.stages if stage.is_active]


@processes
def test_every_active_stage_says_who_what_and_by_when(key: str) -> None:
    for stage in active(DOCUMENT.processes[key]):
        assert stage.role in set(ROLES), stage.key
        assert stage.backup in set(ROLES) - {stage.role}, stage.key
        assert 2 <= len(stage.duties) <= 4, stage.key
        assert stage.deliverables, stage.key
        assert stage.limit, stage.key
        assert stage.limit.warn_hours < stage.limit.hours, stage.key


@processes
def test_a_stage_that_has_ended_asks_nothing(key: str) -> None:
    ended = [stage for stage in DOCUMENT.processes[key].stages if not stage.is_active]
    assert ended
    assert not [s.key for s in ended if s.role or s.limit or s.duties or s.deliverables]


@processes
def test_gates_deliverables_and_moves_name_existing_fields(key: str) -> None:
    process = DOCUMENT.processes[key]
    known = FIELDS[process.object]
    gates = {name for stage in process.stages for name in stage.gate.required}
    products = [d for stage in process.stages for d in stage.deliverables]
    assert gates | {name for move in process.moves for name in move.required} <= known
    assert {d.field for d in products if d.kind == "field"} <= known
    assert [d.key for d in products if (d.kind == "field") != (d.field is not None)] == []


@processes
def test_every_stage_but_the_first_is_reached_by_a_move(key: str) -> None:
    process = DOCUMENT.processes[key]
    stages = {stage.key for stage in process.stages}
    named = {move.to for move in process.moves} | {name for move in process.moves for name in move.source}
    assert named <= stages
    reached = {process.stages[0].key}
    while more := {m.to for m in process.moves if reached & set(m.source)} - reached:
        reached |= more
    assert reached == stages


@processes
def test_between_two_stages_there_is_one_move(key: str) -> None:
    pairs = [(source, move.to) for move in DOCUMENT.processes[key].moves for source in move.source]
    assert len(pairs) == len(set(pairs))
    assert all(source != to for source, to in pairs)


@processes
def test_a_hand_off_goes_to_the_role_of_the_next_stage(key: str) -> None:
    process = DOCUMENT.processes[key]
    role_of = {stage.key: stage.role for stage in process.stages}
    assert [m.to for m in process.moves if m.handoff and m.handoff.role != role_of[m.to]] == []


@processes
def test_work_changes_role_only_by_a_hand_off(key: str) -> None:
    process = DOCUMENT.processes[key]
    role_of = {stage.key: stage.role for stage in active(process)}
    silent = [
        (source, move.to)
        for move in process.moves
        for source in move.source
        if source in role_of and move.to in role_of and role_of[source] != role_of[move.to]
        if move.handoff is None
    ]
    assert silent == []


@processes
def test_the_roles_of_moves_exist(key: str) -> None:
    assert {role for move in DOCUMENT.processes[key].moves for role in move.roles} <= set(ROLES)


@processes
def test_a_receiver_can_say_why_a_package_is_returned(key: str) -> None:
    assert len(DOCUMENT.processes[key].return_reasons) >= 5


def test_a_lead_is_passed_on_within_24_hours_by_the_clock_on_the_wall() -> None:
    limit = DOCUMENT.processes["lead"].stages[0].limit
    assert limit
    assert (limit.hours, limit.clock) == (24, "natural")


def test_the_opportunity_runs_through_the_agreed_stages() -> None:
    stages = [(s.key, s.probability, s.kind) for s in DOCUMENT.processes["opportunity"].stages]
    assert stages == [
        ("assign", 10, "open"),
        ("confirm", 30, "open"),
        ("assess", 50, "open"),
        ("quote", 70, "open"),
        ("sign", 90, "open"),
        ("won", 100, "won"),
        ("feedback", 100, "won"),
        ("done", 100, "won"),
        ("lost", 0, "lost"),
        ("void", 0, "void"),
    ]


@pytest.mark.parametrize(("to", "reason"), [("lost", "loss_reason"), ("void", "void_reason")])
def test_every_open_opportunity_can_be_ended_with_a_reason(to: str, reason: str) -> None:
    process = DOCUMENT.processes["opportunity"]
    opened = {stage.key for stage in process.stages if stage.kind == "open"}
    moves = [move for move in process.moves if move.to == to]
    assert {source for move in moves for source in move.source} == opened
    assert all(move.required == (reason,) for move in moves)


def test_a_win_goes_to_customer_success_by_itself() -> None:
    handoff = next(m.handoff for m in DOCUMENT.processes["opportunity"].moves if "won" in m.source)
    assert handoff
    assert (handoff.role, handoff.automatic, handoff.choose) == ("success", True, "least_loaded")
