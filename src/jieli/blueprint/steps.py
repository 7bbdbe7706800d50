"""The steps a plan is made of. Each says in words what it does, and gives the statements that do it."""

from dataclasses import dataclass
from typing import Protocol

from jieli.base.language import Language, Message
from jieli.blueprint import storage
from jieli.blueprint.document import Label
from jieli.blueprint.storage import ForeignKey, Index, Table
from jieli.db.sql import Sql, ident
from jieli.fields import Column


class Step(Protocol):
    def describe(self, language: Language) -> str: ...

    def statements(self) -> list[Sql]:
        """Commands that are run one by one, in this order, in the transaction of the whole plan."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step works: a table, and the labels by which people know the object and the field."""

    schema: str
    table: str
    label: Label
    field: Label | None = None

    @property
    def name(self) -> Sql:
        return ident(self.schema, self.table)

    def words(self, message: Message, language: Language, **params: object) -> str:
        return message.text(language, object=self.label, field=self.field, **params)


@dataclass(frozen=True, slots=True)
class CreateTable:
    place: Place
    table: Table

    message = Message("plan_create_table", "新建对象「{object}」", "Create the object “{object}”")

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        made = storage.create_table(self.place.schema, self.table)
        return [made, *(storage.create_index(self.place.name, index) for index in self.table.indexes)]


@dataclass(frozen=True, slots=True)
class AddColumns:
    place: Place
    columns: tuple[Column, ...]

    message = Message(
        "plan_add_field", "「{object}」新增字段「{field}」", "Add the field “{field}” to “{object}”"
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        return [storage.add_columns(self.place.name, self.columns)]


@dataclass(frozen=True, slots=True)
class Reuse:
    """A field or an object comes back with what it held when it was removed."""

    place: Place

    object_message = Message(
        "plan_reuse_object",
        "恢复对象「{object}」及其原有记录",
        "Bring back the object “{object}” with its former records",
    )
    field_message = Message(
        "plan_reuse_field",
        "恢复「{object}」的字段「{field}」及其原有的值",
        "Bring back the field “{field}” of “{object}” with its former values",
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.field_message if self.place.field else self.object_message, language)

    def statements(self) -> list[Sql]:
        return []


@dataclass(frozen=True, slots=True)
class Keep:
    """Something is no longer shown, but what it holds stays where it is."""

    place: Place

    object_message = Message(
        "plan_keep_object",
        "移除对象「{object}」，其记录保留在数据库中，可随时恢复",
        "Remove the object “{object}”; its records are kept and can be brought back",
    )
    field_message = Message(
        "plan_keep_field",
        "移除「{object}」的字段「{field}」，其值保留在数据库中，可随时恢复",
        "Remove the field “{field}” of “{object}”; its values are kept and can be brought back",
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.field_message if self.place.field else self.object_message, language)

    def statements(self) -> list[Sql]:
        return []


@dataclass(frozen=True, slots=True)
class Rename:
    """Columns change their name: former values are set aside, or come back."""

    place: Place
    names: tuple[tuple[str, str], ...]
    back: bool = False

    aside_message = Message(
        "plan_set_aside",
        "「{object}」的字段「{field}」类型不同，原有的值另存为「{column}」",
        "“{field}” of “{object}” is of another type now; its former values are kept as “{column}”",
    )
    back_message = Message(
        "plan_bring_back",
        "「{object}」的字段「{field}」恢复另存的值「{column}」",
        "“{field}” of “{object}” gets back the values kept as “{column}”",
    )

    def describe(self, language: Language) -> str:
        message = self.back_message if self.back else self.aside_message
        return self.place.words(message, language, column=self.names[0][0 if self.back else 1])

    def statements(self) -> list[Sql]:
        return [storage.rename_column(self.place.name, old, new) for old, new in self.names]


@dataclass(frozen=True, slots=True)
class Retype:
    """A column takes a wider type; every value it holds goes along."""

    place: Place
    column: Column
    using: Sql
    into: Message

    message = Message(
        "plan_retype",
        "「{object}」的字段「{field}」改为{type}类型",
        "“{field}” of “{object}” becomes: {type}",
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language, type=self.into)

    def statements(self) -> list[Sql]:
        return [storage.change_type(self.place.name, self.column, self.using)]


@dataclass(frozen=True, slots=True)
class Fill:
    """A column of the narrower, former type gets what fits it out of the values set aside."""

    place: Place
    column: str
    value: Sql
    where: Sql

    message = Message(
        "plan_fill",
        "「{object}」的字段「{field}」取回能够转换的值",
        "“{field}” of “{object}” takes over the values that fit",
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        return [storage.fill_column(self.place.name, self.column, self.value, self.where)]


@dataclass(frozen=True, slots=True)
class AddIndex:
    place: Place
    index: Index

    message = Message(
        "plan_add_index", "加快「{object}」的筛选与查找", "Make filtering and finding “{object}” faster"
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        return [storage.create_index(self.place.name, self.index)]


@dataclass(frozen=True, slots=True)
class DropIndex:
    place: Place
    name: str

    message = Message(
        "plan_drop_index", "移除「{object}」不再需要的索引", "Drop an index of “{object}” that is not needed"
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        return [storage.drop_index(self.place.schema, self.name)]


@dataclass(frozen=True, slots=True)
class AddForeignKey:
    """`cleaned`: the column held values while nothing guarded them, so those that lead nowhere are emptied."""

    place: Place
    key: ForeignKey
    cleaned: bool = False

    message = Message(
        "plan_link",
        "「{object}」通过「{field}」关联到其他对象",
        "Link “{object}” to another object through “{field}”",
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        table, target = self.place.name, ident(self.place.schema, self.key.target)
        added = storage.add_foreign_key(table, self.key, target)
        if not self.cleaned:
            return [added]
        return [storage.empty_what_leads_nowhere(table, self.key.column, target), added]


@dataclass(frozen=True, slots=True)
class DropForeignKey:
    place: Place
    name: str

    message = Message(
        "plan_unlink", "解除「{object}」的一个数据库关联", "Release a link of “{object}” in the database"
    )

    def describe(self, language: Language) -> str:
        return self.place.words(self.message, language)

    def statements(self) -> list[Sql]:
        return [storage.drop_foreign_key(self.place.name, self.name)]


@dataclass(frozen=True, slots=True)
class Note:
    """A change that needs nothing from the database."""

    message: Message
    params: dict[str, object]

    def describe(self, language: Language) -> str:
        return self.message.text(language, **self.params)

    def statements(self) -> list[Sql]:
        return []
