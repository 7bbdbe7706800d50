"""Checks of processes: that a record can start, can get everywhere, and can come to an end."""

from collections.abc import Iterable, Iterator

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.document import HandOff, Move, Process, Stage
from jieli.blueprint.terrain import NO_STAGE, Terrain, twice
from jieli.fields.contract import Choosing

MOST_STAGES = 100

NO_STAGES = Message("no_stages", "流程至少要有一个阶段", "A process needs at least one stage")
TOO_MANY_STAGES = Message("too_many_stages", "最多 {max} 个阶段", "At most {max} stages")
TWO_PROCESSES = Message(
    "two_processes", "对象「{key}」已有流程", "The object “{key}” follows another process already"
)
START_NOT_OPEN = Message(
    "start_not_open", "第一个阶段须为进行中的阶段", "The first stage must be an open one with a holder"
)
UNREACHABLE = Message("stage_unreachable", "没有流转可以到达此阶段", "No moves lead to this stage")
NO_END = Message("stage_without_end", "从此阶段无法走到结束", "No moves lead from this stage to an end")
TO_ITSELF = Message("move_to_itself", "不能流转到同一阶段", "A move cannot lead to the stage it starts from")
NO_SOURCE = Message(
    "move_without_source", "须说明从哪些阶段流转", "The move must say from which stages it starts"
)
TWO_MOVES = Message(
    "two_moves", "从「{source}」到「{to}」已有流转", "There is a move from “{source}” to “{to}” already"
)
NO_REASON = Message(
    "loss_without_reason",
    "流转到输单须要求填写一个选项类字段作为原因",
    "A move to a lost stage must require a reason: a field with choices",
)
TWO_AUTOMATIC = Message(
    "two_automatic", "阶段「{stage}」已有自动交接", "The stage “{stage}” has an automatic hand-off already"
)
NO_DELIVERABLE_FIELD = Message("deliverable_without_field", "须说明是哪个字段", "It must name the field")
STRAY_FIELD = Message(
    "deliverable_with_field", "只有字段类交付物可以指定字段", "Only a deliverable of kind field names one"
)
WARNS_AT_ONCE = Message(
    "warns_at_once", "预警时间须短于时限", "The warning must come later than the beginning of the limit"
)


def problems(terrain: Terrain) -> Iterator[Problem]:
    followed: set[str] = set()
    for key, process in terrain.document.processes.items():
        at = f"processes.{key}"
        yield from terrain.object(process.object, f"{at}.object")
        yield from terrain.trait(process.object, "staged", f"{at}.object")
        if process.object in followed:
            yield Problem(f"{at}.object", TWO_PROCESSES, {"key": process.object})
        followed.add(process.object)
        yield from _stages(terrain, process, f"{at}.stages")
        yield from _moves(terrain, process, f"{at}.moves")
        yield from _course(process, f"{at}.stages")
        yield from twice([reason.key for reason in process.return_reasons], f"{at}.return_reasons")


def _stages(terrain: Terrain, process: Process, at: str) -> Iterator[Problem]:
    if len(process.stages) > MOST_STAGES:
        yield Problem(at, TOO_MANY_STAGES, {"max": MOST_STAGES})
    yield from twice([stage.key for stage in process.stages], at)
    for place, stage in enumerate(process.stages):
        here = f"{at}.{place}"
        yield from terrain.role(stage.role, f"{here}.role")
        yield from terrain.role(stage.backup, f"{here}.backup")
        yield from terrain.writable(process.object, stage.gate.required, f"{here}.gate.required")
        yield from terrain.condition(process.object, stage.gate.where, f"{here}.gate.where")
        yield from _deliverables(terrain, process, stage, f"{here}.deliverables")
        if stage.limit and stage.limit.warn_hours >= stage.limit.hours:
            yield Problem(f"{here}.limit.warn_hours", WARNS_AT_ONCE)


def _deliverables(terrain: Terrain, process: Process, stage: Stage, at: str) -> Iterator[Problem]:
    yield from twice([deliverable.key for deliverable in stage.deliverables], at)
    for place, deliverable in enumerate(stage.deliverables):
        path = f"{at}.{place}.field"
        if deliverable.kind != "field":
            if deliverable.field is not None:
                yield Problem(path, STRAY_FIELD)
        elif deliverable.field is None:
            yield Problem(path, NO_DELIVERABLE_FIELD)
        else:
            yield from terrain.written(process.object, deliverable.field, path)


def _moves(terrain: Terrain, process: Process, at: str) -> Iterator[Problem]:
    stages = {stage.key: stage for stage in process.stages}
    made: set[tuple[str, str]] = set()
    automatic: set[str] = set()
    for place, move in enumerate(process.moves):
        here = f"{at}.{place}"
        yield from _ends(move, stages, made, here)
        yield from terrain.roles(move.roles, f"{here}.roles")
        yield from terrain.writable(process.object, move.required, f"{here}.required")
        if (to := stages.get(move.to)) and to.kind == "lost" and not _asks_why(terrain, process, move):
            yield Problem(f"{here}.required", NO_REASON)
        if move.handoff:
            yield from _handoff(terrain, process, move.handoff, f"{here}.handoff")
        if move.handoff and move.handoff.automatic:
            for source in automatic.intersection(move.source):
                yield Problem(f"{here}.handoff.automatic", TWO_AUTOMATIC, {"stage": source})
            automatic.update(move.source)


def _ends(move: Move, stages: dict[str, Stage], made: set[tuple[str, str]], at: str) -> Iterator[Problem]:
    if move.to not in stages:
        yield Problem(f"{at}.to", NO_STAGE, {"key": move.to})
    if not move.source:
        yield Problem(f"{at}.from", NO_SOURCE)
    for place, source in enumerate(move.source):
        path = f"{at}.from.{place}"
        if source not in stages:
            yield Problem(path, NO_STAGE, {"key": source})
        elif source == move.to:
            yield Problem(path, TO_ITSELF)
        elif (source, move.to) in made:
            yield Problem(path, TWO_MOVES, {"source": source, "to": move.to})
        made.add((source, move.to))


def _asks_why(terrain: Terrain, process: Process, move: Move) -> bool:
    """A reason is chosen, not written, so that losses can be counted by it."""
    fields = terrain.fields.get(process.object, {})
    required = (fields.get(key) for key in move.required)
    return any(field is not None and isinstance(field.type, Choosing) for field in required)


def _handoff(terrain: Terrain, process: Process, handoff: HandOff, at: str) -> Iterator[Problem]:
    yield from terrain.role(handoff.role, f"{at}.role")
    if handoff.choose == "owner":
        yield from terrain.trait(process.object, "owned", f"{at}.choose")


def _course(process: Process, at: str) -> Iterator[Problem]:
    if not process.stages:
        yield Problem(at, NO_STAGES)
        return
    first = process.stages[0]
    if first.kind != "open" or not first.is_active:
        yield Problem(f"{at}.0", START_NOT_OPEN)
    steps = {(source, move.to) for move in process.moves for source in move.source}
    reached = _reached({first.key}, steps)
    ends = {stage.key for stage in process.stages if stage.kind != "open" or not stage.is_active}
    ending = _reached(ends, {(to, source) for source, to in steps})
    for place, stage in enumerate(process.stages):
        if stage.key not in reached:
            yield Problem(f"{at}.{place}", UNREACHABLE)
        if stage.key not in ending:
            yield Problem(f"{at}.{place}", NO_END)


def _reached(start: Iterable[str], steps: set[tuple[str, str]]) -> set[str]:
    reached, fresh = set(start), set(start)
    while fresh:
        fresh = {to for source, to in steps if source in fresh} - reached
        reached |= fresh
    return reached
