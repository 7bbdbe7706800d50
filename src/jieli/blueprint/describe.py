"""The blueprint as the screens get it: JSON, without anything that the reader may not see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jieli.blueprint.conditions import leaves
from jieli.blueprint.document import Condition, Label, Process, Scorecard, Stage
from jieli.blueprint.model import Field, Object, Workspace
from jieli.blueprint.terrain import VIRTUAL

Access = Literal["hidden", "read", "write"]
FieldAccess = Callable[[str, str], Access]
"""What the reader may do with a field, given the keys of its object and of itself."""
ObjectRights = Callable[[str], Mapping[str, bool] | None]
"""Which actions are open to the reader on at least some record of an object; None hides the object."""

FALLBACK_COLUMNS = 6
UNSORTABLE = ("[]", "jsonb")
MAIN = Label(zh="基本信息", en="Main")

JSON = dict[str, object]


def describe(
    workspace: Workspace,
    *,
    field_access: FieldAccess,
    rights: ObjectRights,
    me: Mapping[str, object],
    relative_dates: Sequence[str] = (),
) -> JSON:
    """The whole of it. `me` and `relative_dates` are passed through; later packages know them."""
    sight = Sight(workspace, field_access, rights)
    document = workspace.document
    return {
        "version": workspace.version,
        "name": _label(document.name),
        "currency": document.currency,
        "time_zone": document.time_zone,
        "me": dict(me),
        "objects": {key: _object(sight, obj) for key, obj in workspace.objects.items() if sight.object(key)},
        "processes": {
            key: {"key": key, **_process(sight, process)}
            for key, process in document.processes.items()
            if sight.object(process.object)
        },
        "roles": {
            key: {"label": _label(role.label), "description": _label(role.description)}
            for key, role in document.roles.items()
        },
        "scorecards": {
            key: _scorecard(card) for key, card in document.scorecards.items() if sight.object(key)
        },
        "dashboards": document.dashboards.model_dump(mode="json"),
        "relative_dates": list(relative_dates),
    }


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader may see."""

    workspace: Workspace
    access: FieldAccess
    rights: ObjectRights

    def object(self, key: str) -> bool:
        return self.rights(key) is not None

    def field(self, object_key: str, key: str) -> bool:
        obj = self.workspace.objects.get(object_key)
        return obj is not None and key in obj.fields and self.access(object_key, key) != "hidden"

    def keys(self, object_key: str, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if self.field(object_key, key)]

    def sort(self, object_key: str, names: Iterable[str]) -> list[str]:
        seen = (
            name for name in names if name in ("id", "-id") or self.field(object_key, name.removeprefix("-"))
        )
        return list(seen)

    def condition(self, object_key: str, condition: Condition) -> bool:
        """Whether every field it compares may be seen. Half a filter would show the wrong records."""
        return all(self._path(object_key, leaf.field) for _, leaf in leaves(condition))

    def _path(self, object_key: str, path: str) -> bool:
        if path in VIRTUAL or path == "id":
            return True
        first, _, rest = path.partition(".")
        if not self.field(object_key, first):
            return False
        target = self.workspace.objects[object_key].fields[first].target
        return not rest or (target is not None and self.object(target) and self._path(target, rest))


def _object(sight: Sight, obj: Object) -> JSON:
    definition, key = obj.definition, obj.key
    fields = [field for field in obj.fields.values() if sight.field(key, field.key)]
    return {
        "key": key,
        "label": _label(definition.label),
        "plural": _label(definition.plural or definition.label),
        "icon": definition.icon,
        "title": definition.title if sight.field(key, definition.title) else None,
        "traits": list(definition.traits),
        "fields": [_field(sight, obj, field) for field in fields],
        "columns": sight.keys(key, definition.columns or _fallback_columns(obj)),
        "card": _card(sight, obj),
        "form": _form(sight, obj),
        "views": _views(sight, obj),
        "sort": sight.sort(key, definition.sort) or ["-id"],
        "duplicates": _duplicates(sight, obj),
        "party": definition.party if definition.party and sight.field(key, definition.party) else None,
        "navigation": definition.navigation,
        "rights": dict(sight.rights(key) or {}),
    }


def _field(sight: Sight, obj: Object, field: Field) -> JSON:
    return {
        "key": field.key,
        "type": field.type.key,
        "label": _label(field.label),
        "help": _label(field.help),
        "required": field.required,
        "search": field.search,
        "system": field.system,
        "access": "read" if field.system else sight.access(obj.key, field.key),
        "default": field.default,
        "options": field.options.model_dump(mode="json"),
        "to": field.target,
        "many": field.is_many,
        "operators": list(field.type.operators),
        "sortable": not field.columns[0].type.endswith(UNSORTABLE),
        "filterable": bool(field.type.operators),
    }


def _fallback_columns(obj: Object) -> list[str]:
    others = [field.key for field in obj.own_fields() if field.key != obj.definition.title]
    return [obj.definition.title, *others][:FALLBACK_COLUMNS]


def _card(sight: Sight, obj: Object) -> JSON:
    card = obj.definition.card
    subtitle = card.subtitle if card.subtitle and sight.field(obj.key, card.subtitle) else None
    return {"subtitle": subtitle, "fields": sight.keys(obj.key, card.fields)}


def _form(sight: Sight, obj: Object) -> list[JSON]:
    """The sections; for an object without a form, one with all its fields."""
    given = [(section.key, section.label, section.fields) for section in obj.definition.form]
    sections = given or [("main", MAIN, tuple(field.key for field in obj.own_fields()))]
    shown = [(key, label, sight.keys(obj.key, fields)) for key, label, fields in sections]
    return [{"key": key, "label": _label(label), "fields": fields} for key, label, fields in shown if fields]


def _views(sight: Sight, obj: Object) -> list[JSON]:
    return [
        {
            "key": view.key,
            "label": _label(view.label),
            "where": view.where,
            "sort": sight.sort(obj.key, view.sort),
            "columns": sight.keys(obj.key, view.columns),
        }
        for view in obj.definition.views
        if sight.condition(obj.key, view.where)
    ]


def _duplicates(sight: Sight, obj: Object) -> list[JSON]:
    rules = [(rule, sight.keys(obj.key, rule.fields)) for rule in obj.definition.duplicates]
    return [{"kind": rule.kind, "fields": fields, "strict": rule.strict} for rule, fields in rules if fields]


def _process(sight: Sight, process: Process) -> JSON:
    return {
        "object": process.object,
        "label": _label(process.label),
        "stages": [_stage(sight, process, stage) for stage in process.stages],
        "moves": [
            {
                **move.model_dump(mode="json", by_alias=True),
                "required": sight.keys(process.object, move.required),
            }
            for move in process.moves
        ],
        "return_reasons": [reason.model_dump(mode="json") for reason in process.return_reasons],
    }


def _stage(sight: Sight, process: Process, stage: Stage) -> JSON:
    where = stage.gate.where
    deliverables = [each.model_dump(mode="json") for each in stage.deliverables]
    for each in deliverables:
        if each["field"] and not sight.field(process.object, each["field"]):
            each["field"] = None
    return {
        **stage.model_dump(mode="json"),
        "active": stage.is_active,
        "deliverables": deliverables,
        "gate": {
            "required": sight.keys(process.object, stage.gate.required),
            "where": where if sight.condition(process.object, where) else {},
        },
    }


def _scorecard(card: Scorecard) -> JSON:
    """Without the conditions: those are for whoever changes them."""
    rules = [{"key": r.key, "label": _label(r.label), "points": r.points} for r in card.rules]
    return {"base": card.base, "low": card.low, "high": card.high, "rules": rules}


def _label(label: Label | None) -> dict[str, str] | None:
    return {"zh": label.zh, "en": label.en} if label else None
