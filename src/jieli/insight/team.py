"""What a manager looks at first: where the team's records are stuck, and who has too many in hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from statistics import mean

import orjson

from jieli.access import Action, Actor, condition, may, rights_of, rows, visible_fields
from jieli.base import clock
from jieli.blueprint.model import Object, Workspace
from jieli.db.pool import ReadTx
from jieli.insight import store, team_store
from jieli.insight.metrics import described
from jieli.insight.trees import all_of, any_of, drill, earlier, filled, is_
from jieli.records import Values

TEAM = {"subordinates", "department", "department_tree", "all"}
MOST = 50
TIMES, MORE = 1.5, 3
"""So many times the average of the same role, and so many more than it, is too much for one."""
SHOWN = ("held", "overdue", "blocked")
LOOKED_AT = {"holder", "stage", "stage_due", "blocked", "blocked_since"}


def leads_team(actor: Actor, obj: Object | None) -> bool:
    """Whether the actor sees records because they are others'."""
    if obj is None or not may(actor, obj.key, Action.READ):
        return False
    rights = rights_of(actor, obj.key)
    named = {scope for scope in rights.scopes.get(Action.READ, ()) if isinstance(scope, str)}
    return rights.everything or not TEAM.isdisjoint(named)


async def team(tx: ReadTx, actor: Actor) -> Values:
    """In one statement: `stuck`, the MOST that have been blocked or over their limit longest; `stuck_by` with the
    counts by stage and by person; `overloaded`, people with far more in hand than others of their role."""
    now = clock.now().replace(microsecond=0)
    objects = list(_relayed(actor))
    if not objects:
        nothing: Values = {"count": 0, "stages": [], "people": []}
        return {"stuck": [], "stuck_by": nothing, "overloaded": [], "columns": described(*SHOWN)}
    held = [rows(actor, obj, condition(actor, obj, filled("holder"))) for obj in objects]
    late = [rows(actor, obj, condition(actor, obj, is_stuck(now))) for obj in objects]
    workspace = actor.workspace
    statements = (
        team_store.stuck(workspace, late, now, MOST),
        team_store.loads(workspace, held),
    )
    stuck, loads = (orjson.loads(text) for text in await tx.value(store.together(statements)))
    return {
        "stuck": [_item(workspace, one) for one in stuck["items"]],
        "stuck_by": _grouped(workspace, stuck["groups"], now),
        "overloaded": overloaded(loads, stuck["groups"]),
        "columns": described(*SHOWN),
    }


def is_stuck(now: datetime) -> Values:
    return all_of(filled("holder"), any_of(filled("blocked_since"), earlier("stage_due", now)))


def _relayed(actor: Actor) -> Iterator[Object]:
    """Objects with a process of whose records the actor sees others'."""
    for obj in actor.workspace.objects.values():
        is_relayed = obj.has("staged") and actor.workspace.process(obj.key) is not None
        if is_relayed and leads_team(actor, obj) and {f.key for f in visible_fields(actor, obj)} >= LOOKED_AT:
            yield obj


def _item(workspace: Workspace, row: Values) -> Values:
    more = row["more"]
    return {
        "object": row["object"],
        "record": {"id": row["record"], "title": more["title"]},
        "stage": row["stage"],
        "label": _label(workspace, row),
        "holder": {"id": row["holder"], "title": row["name"]},
        "due": row["due"],
        "since": more["since"],
        "blocked": more["blocked"],
        "blocked_since": row["blocked_since"],
    }


def _label(workspace: Workspace, row: Values) -> Values | None:
    process = workspace.process(row["object"])
    stage = next((s for s in process[1].stages if s.key == row["stage"]), None) if process else None
    return stage.label.model_dump() if stage else None


def _grouped(workspace: Workspace, groups: list[Values], now: datetime) -> Values:
    """The stuck records by stage and by person, the most first."""
    stages: dict[tuple[str, str], list[Values]] = defaultdict(list)
    people: dict[str, list[Values]] = defaultdict(list)
    for group in groups:
        stages[group["object"], group["stage"]].append(group)
        people[group["holder"]].append(group)
    return {
        "count": sum(group["count"] for group in groups),
        "stages": _most_first(
            {
                "object": key,
                "stage": stage,
                "label": _label(workspace, found[0]),
                **_sums(found),
                "drill": drill(key, is_stuck(now), is_("stage", stage)),
            }
            for (key, stage), found in stages.items()
        ),
        "people": _most_first(
            {
                "member": {"id": holder, "title": found[0]["name"]},
                **_sums(found),
                "drills": _ways(found, "count", is_stuck(now), is_("holder", holder)),
            }
            for holder, found in people.items()
        ),
    }


def _sums(groups: list[Values]) -> Values:
    return {key: sum(group[key] for group in groups) for key in ("count", "overdue", "blocked")}


def _ways(groups: list[Values], counted: str, *trees: Values) -> list[Values]:
    """The lists behind a number that spans several objects, each with its share of it."""
    shares: dict[str, int] = defaultdict(int)
    for group in groups:
        shares[group["object"]] += group[counted]
    return [{**drill(key, *trees), "count": share} for key, share in shares.items()]


def _most_first(found: Iterable[Values]) -> list[Values]:
    return sorted(found, key=lambda one: -one["count"])


def overloaded(loads: list[Values], stuck: list[Values]) -> list[Values]:
    """Who holds far more than the average of those of the same role who hold anything, the most first; with how
    much of it is overdue."""
    late: dict[str, int] = defaultdict(int)
    for group in stuck:
        late[group["holder"]] += group["overdue"]
    people: dict[str, list[Values]] = defaultdict(list)
    for load in loads:
        people[load["holder"]].append(load)
    held = {holder: sum(load["held"] for load in found) for holder, found in people.items()}
    roles: dict[str | None, list[int]] = defaultdict(list)
    for holder, found in people.items():
        roles[found[0]["role"]].append(held[holder])
    return sorted(
        (
            {
                **_overloaded(holder, found, held[holder], mean(roles[found[0]["role"]])),
                "overdue": late[holder],
            }
            for holder, found in people.items()
            if _is_too_much(held[holder], mean(roles[found[0]["role"]]))
        ),
        key=lambda one: -one["held"],
    )


def _is_too_much(held: int, average: float) -> bool:
    return held >= TIMES * average and held >= average + MORE


def _overloaded(holder: str, loads: list[Values], held: int, average: float) -> Values:
    return {
        "member": {"id": holder, "title": loads[0]["name"]},
        "role": loads[0]["role"],
        "held": held,
        "average": round(average, 1),
        "ratio": round(held / average, 1),
        "drills": _ways(loads, "held", is_("holder", holder)),
    }
