"""What is put together from the rules of a published definition, once a day instead of for every new record."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from jieli.base.same import Same
from jieli.blueprint.document import Assignment, Scorecard
from jieli.blueprint.model import Object, Workspace
from jieli.query.condition import Scope, is_for_everybody
from jieli.query.rows import T as ROW
from jieli.query.variables import Variables

D = TypeVar("D", Scorecard, Assignment)
T = TypeVar("T")


def once_a_day(definition: D, scope: Scope, compose: Callable[[Scope, D], T]) -> T:
    """What `compose` makes of the definition, over alias `t`. Where a rule looks at who asks or at the minute, it is
    made anew each time."""
    if not _means_the_same(Same(definition)):
        return compose(scope, definition)
    zone = scope.variables.zone
    today = scope.variables.now.astimezone(zone).date()
    return cast(T, _kept(Same(definition, scope.object, scope.workspace, compose), today, zone))


@lru_cache(maxsize=256)
def _means_the_same(definition: Same) -> bool:
    (found,) = definition.things
    assert isinstance(found, Scorecard | Assignment)
    return all(is_for_everybody(rule.when) for rule in found.rules)


@lru_cache(maxsize=128)
def _kept(things: Same, today: date, zone: ZoneInfo) -> object:
    definition, obj, workspace, compose = things.things
    assert isinstance(obj, Object)
    assert isinstance(workspace, Workspace)
    assert callable(compose)
    noon = datetime.combine(today, time(12), zone)
    return compose(Scope(workspace, obj, ROW, Variables(None, None, (), (), noon, zone)), definition)
