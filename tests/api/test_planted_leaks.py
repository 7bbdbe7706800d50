"""The comparison with the oracle can fail: each leak planted here, into one way of reading, is noticed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from jieli.access import scope
from jieli.api import hub
from jieli.db.pool import Database
from jieli.db.sql import TRUE
from jieli.insight import funnel, todo
from jieli.intake import assignment, conversion, duplicates, scoring
from jieli.intake.imports import checking, verdicts
from jieli.query.rows import Branch, Rows
from jieli.records import export, files, read, reading_store, related, search, timeline
from jieli.relay import inbox, track
from tests.access.story import ANN, BEN, CAT, STORY
from tests.access.world import Bare
from tests.api import readings, whole_readings
from tests.api.comparing import compare, held_against
from tests.api.inside import visiting


def yes(*_: object, **__: object) -> bool:
    return True


def anything(*_: object, **__: object) -> Any:
    return TRUE


def nothing_hidden(*_: object) -> frozenset[str]:
    return frozenset()


async def all_of_them(_tx: object, _actor: object, _obj: object, ids: Any) -> Any:
    return ids


async def none_hidden(*_: object) -> frozenset[str]:
    return frozenset()


async def not_asked(*_: object, **__: object) -> None:
    pass


def every_field(_actor: object, obj: Any) -> Any:
    return tuple(obj.fields.values())


def every_row(_actor: object, obj: Any, where: Any = TRUE, **more: Any) -> Rows:
    return Rows(obj, (Branch(),), where, more.get("trash", False))


def every_title(_actor: object, obj: Any, ids: Any) -> Any:
    return reading_store.titles(_actor.workspace, {obj.key: ids})  # type: ignore[attr-defined]


def unguarded(obj: Any, alias: Any, text: str, _guard: object) -> Any:
    from jieli.query.search import search_condition

    return search_condition(obj, alias, text, None)


async def untouched(_tx: object, _actor: object, kept: Any) -> Any:
    return tuple(kept)


@dataclass(frozen=True)
class Leak:
    """One thing of the product put out of order, and the way of reading that must notice it."""

    where: Any
    name: str
    instead: Callable[..., Any]
    noticed_by: Callable[..., Any]


LEAKS = {
    "an_owner_sees_everything": Leak(scope, "_own", lambda *_: [Branch()], readings.lists),
    "a_list_shows_hidden_fields": Leak(read, "visible_fields", every_field, readings.lists),
    "a_board_counts_everything": Leak(read, "rows", every_row, readings.boards),
    "a_sum_counts_everything": Leak(read, "rows", every_row, readings.aggregates),
    "a_filter_looks_at_hidden_fields": Leak(scope.ActorGuard, "may_read", yes, readings.conditions),
    "a_filter_looks_behind_references": Leak(scope.ActorGuard, "rows", anything, readings.conditions),
    "a_list_is_searched_in_hidden_fields": Leak(read, "search_condition", unguarded, readings.searches),
    "a_search_is_answered_by_hidden_fields": Leak(search, "search_condition", unguarded, readings.searches),
    "a_search_finds_everything": Leak(search, "rows", every_row, readings.searches),
    "an_export_has_hidden_columns": Leak(export, "visible_fields", every_field, readings.exports),
    "an_export_has_every_row": Leak(read, "rows", every_row, readings.exports),
    "what_refers_to_a_record_is_told_to_all": Leak(related, "rows", every_row, readings.related),
    "a_bulk_action_reaches_what_is_not_seen": Leak(read, "predicate", anything, readings.bulk_previews),
    "screens_hear_of_everything": Leak(hub, "visible_ids", all_of_them, readings.live),
    "the_timeline_tells_hidden_changes": Leak(timeline, "_is_told", yes, whole_readings.sweep),
    "the_timeline_tells_files_of_hidden_fields": Leak(
        timeline, "hidden_fields", nothing_hidden, whole_readings.sweep
    ),
    "the_track_is_shown_to_all": Leak(track, "predicate", anything, whole_readings.sweep),
    "a_notification_names_what_is_hidden": Leak(
        reading_store, "visible_titles", every_title, whole_readings.sweep
    ),
    "the_list_of_things_to_do_names_what_is_hidden": Leak(todo, "predicate", anything, whole_readings.sweep),
    "a_package_names_files_of_hidden_fields": Leak(inbox, "_hidden_files", none_hidden, whole_readings.sweep),
    "a_hidden_score_is_explained": Leak(scoring, "may_read_field", yes, readings.scores),
    "an_assignment_reaches_what_is_not_seen": Leak(assignment, "predicate", anything, readings.assignments),
    "a_proposal_shows_hidden_values": Leak(
        conversion, "_readable", lambda _a, _at, _key, mapping: mapping, whole_readings.sweep
    ),
    "a_file_of_a_hidden_field_is_given_out": Leak(
        files, "hidden_fields", nothing_hidden, whole_readings.files
    ),
    "a_file_is_given_out_unasked": Leak(files, "require_visible", not_asked, whole_readings.files),
    "a_funnel_counts_everything": Leak(funnel, "rows", every_row, whole_readings.figures),
    "a_warning_names_the_duplicate": Leak(duplicates, "predicate", anything, readings.duplicates),
    "a_conversion_takes_a_hidden_customer": Leak(
        conversion, "visible_ids", all_of_them, whole_readings.conversion
    ),
    "an_import_names_the_duplicate": Leak(verdicts, "predicate", anything, whole_readings.imports),
    "a_check_of_an_import_names_the_duplicate": Leak(checking, "predicate", anything, whole_readings.imports),
    "an_undo_names_what_is_no_longer_seen": Leak(
        import_module("jieli.records.undo"), "_told", untouched, readings.taking_back
    ),
}


async def test_nothing_leaks_where_nothing_is_planted(
    app: FastAPI, db: Database, bare: Bare, tmp_path: Path
) -> None:
    async with visiting(app, db, bare.workspace, STORY, tmp_path) as visit:
        await compare(visit, (ANN, BEN, CAT, None))


@pytest.mark.parametrize("name", LEAKS)
async def test_the_oracle_notices_when(
    app: FastAPI, db: Database, bare: Bare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    leak = LEAKS[name]
    async with visiting(app, db, bare.workspace, STORY, tmp_path) as visit:
        monkeypatch.setattr(leak.where, leak.name, leak.instead)
        if leak.where is scope:
            monkeypatch.setitem(scope._SCOPES, "own", leak.instead)
        with pytest.raises(AssertionError):
            await held_against(visit, ANN, [leak.noticed_by])
