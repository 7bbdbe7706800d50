"""The CRM we ship, with a few fields of the workspace's own and salespeople who can take on any number of leads."""

from jieli import standard
from jieli.blueprint.document import Document, FieldDef, Label, ObjectDef

ROOM = 1_000_000

_OWN = {
    "project_code": FieldDef(type="text", label=Label(zh="项目代号", en="Project code"), search=True),
    "delivery": FieldDef(
        type="select",
        label=Label(zh="交付方式", en="Delivery"),
        options={
            "options": [
                {"key": "cloud", "label": {"zh": "云端", "en": "Cloud"}},
                {"key": "on_site", "label": {"zh": "私有部署", "en": "On site"}},
            ]
        },
    ),
    "seats": FieldDef(type="integer", label=Label(zh="席位数", en="Seats")),
}


def document() -> Document:
    """The blueprint of the workspace that is measured."""
    shipped = standard.load()
    changed = shipped.with_object("opportunity", _with_own_fields(shipped.objects["opportunity"]))
    lead = shipped.assignments["lead"]
    rules = tuple(rule.model_copy(update={"capacity": ROOM}) for rule in lead.rules)
    roomy = lead.model_copy(update={"rules": rules})
    return changed.model_copy(update={"assignments": {**shipped.assignments, "lead": roomy}})


def _with_own_fields(definition: ObjectDef) -> ObjectDef:
    """Lists show the workspace's own fields as they show ours."""
    fields = {**definition.fields, **_OWN}
    return definition.model_copy(update={"fields": fields, "columns": (*definition.columns, *_OWN)})
