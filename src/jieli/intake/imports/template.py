"""The form that people fill in: a workbook with the fields of an object as its columns."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jieli.access import Actor
from jieli.base.language import Language, Message
from jieli.blueprint.model import Field, Object
from jieli.fields.contract import Choosing
from jieli.intake.imports.targets import importable
from jieli.records.sheets import harmless

ROWS = 2_000
"""So many rows below the header are prepared."""
WIDTH = 18
MOST_IN_LIST = 500
AS_TEXT = frozenset({"text", "phone", "credit_code", "url", "email", "auto_number"})
FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
LEFT_OUT = frozenset({"created_at", "stage_since", "closed_at"})

DATA = Message("template_data", "数据", "Data")
NOTES = Message("template_notes", "填写说明", "Notes")
CHOICES = Message("template_choices", "选项", "Choices")
HEADINGS = (
    Message("template_field", "字段", "Field"),
    Message("template_type", "类型", "Type"),
    Message("template_required", "必填", "Required"),
    Message("template_values", "可填内容", "What to enter"),
    Message("template_help", "说明", "Help"),
)
YES = Message("template_yes", "是", "Yes")
REQUIRED = Message("template_required_note", "必填", "Required")
BY_NAME = Message("template_by_name", "{object}的名称", "The name of a record of {object}")


def template(actor: Actor, obj: Object) -> bytes:
    """The whole file. Blocks."""
    content = BytesIO()
    language = actor.language
    fields = [field for key, field in importable(actor, obj).items() if key not in LEFT_OUT]
    fields.sort(key=lambda field: (not field.required, field.system))
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        data = book.add_worksheet(DATA.text(language))
        notes = book.add_worksheet(NOTES.text(language))
        lists = book.add_worksheet(CHOICES.text(language))
        lists.hide()
        plain, red = book.add_format({"bold": True}), book.add_format({"bold": True, "font_color": "#C00000"})
        formats = {code: book.add_format({"num_format": code}) for code in ("@", *FORMATS.values())}
        data.freeze_panes(1, 0)
        for column, field in enumerate(fields):
            data.write_string(
                0, column, harmless(field.label.pick(language)), red if field.required else plain
            )
            data.set_column(column, column, WIDTH, _format(field, formats))
            _comment(data, column, field, language)
            _offer(data, lists, column, _choices(actor, obj, field))
        _explain(notes, plain, actor, obj, fields)
    return content.getvalue()


def _format(field: Field, formats: dict[str, Format]) -> Format | None:
    """Codes and telephone numbers lose digits unless the column is text."""
    code = "@" if field.type.key in AS_TEXT else FORMATS.get(field.type.key)
    return formats[code] if code else None


def _comment(sheet: Worksheet, column: int, field: Field, language: Language) -> None:
    parts = [REQUIRED.text(language)] if field.required else []
    parts += [field.help.pick(language)] if field.help else []
    if parts:
        sheet.write_comment(0, column, "\n".join(parts))


def _choices(actor: Actor, obj: Object, field: Field) -> list[str]:
    """The words one of which a cell may hold; none where it may hold several or anything."""
    process = actor.workspace.process(obj.key)
    if field.key == "stage" and field.system and process:
        return [stage.label.pick(actor.language) for stage in process[1].stages]
    if not isinstance(field.type, Choosing):
        return []
    offered = field.type.choices(field.options).values()
    return [choice.label.pick(actor.language) for choice in offered if not choice.closed]


def _offer(data: Worksheet, lists: Worksheet, column: int, choices: Sequence[str]) -> None:
    """A drop-down. The words stand in a sheet of their own, since a list in the cell itself may be no longer than
    255 characters."""
    if not 0 < len(choices) <= MOST_IN_LIST:
        return
    for row, choice in enumerate(choices):
        lists.write_string(row, column, harmless(choice))
    place = xlsxwriter.utility.xl_range_abs(0, column, len(choices) - 1, column)
    # A warning and no refusal: a cell may hold several choices, or one that is still to be added.
    data.data_validation(
        1,
        column,
        ROWS,
        column,
        {"validate": "list", "source": f"='{lists.get_name()}'!{place}", "error_type": "warning"},
    )


def _explain(sheet: Worksheet, bold: Format, actor: Actor, obj: Object, fields: Sequence[Field]) -> None:
    language = actor.language
    sheet.set_column(0, 4, WIDTH + 6)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading.text(language), bold)
    for row, field in enumerate(fields, 1):
        told = [
            field.label.pick(language),
            field.type.label.text(language),
            YES.text(language) if field.required else "",
            _what(actor, obj, field),
            field.help.pick(language) if field.help else "",
        ]
        for column, text in enumerate(told):
            sheet.write_string(row, column, harmless(text))


def _what(actor: Actor, obj: Object, field: Field) -> str:
    if field.target:
        return BY_NAME.text(actor.language, object=actor.workspace.object(field.target).label)
    return "、".join(_choices(actor, obj, field)[:30])
