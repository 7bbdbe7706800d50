"""The list of all field types, in the order in which people are offered them."""

from typing import Any

from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.fields.address import Address
from jieli.fields.auto_number import AutoNumber
from jieli.fields.boolean import Boolean
from jieli.fields.contract import FieldType
from jieli.fields.credit_code import CreditCode
from jieli.fields.date import Date
from jieli.fields.datetime import DateTime
from jieli.fields.decimal import DecimalNumber
from jieli.fields.department import Department
from jieli.fields.duration import Duration
from jieli.fields.email import Email
from jieli.fields.file import File, Image
from jieli.fields.integer import Integer
from jieli.fields.json import JSON
from jieli.fields.location import Location
from jieli.fields.money import MoneyAmount
from jieli.fields.multi_person import MultiPerson
from jieli.fields.multi_reference import MultiReference
from jieli.fields.multi_select import MultiSelect
from jieli.fields.percent import Percent
from jieli.fields.person import Person
from jieli.fields.phone import Phone
from jieli.fields.rating import Rating
from jieli.fields.reference import Reference
from jieli.fields.select import Select
from jieli.fields.stage import Stage
from jieli.fields.tags import Tags
from jieli.fields.text import LongText, Text
from jieli.fields.url import URL

_ALL: tuple[FieldType, ...] = (
    Text(),
    LongText(),
    Integer(),
    DecimalNumber(),
    MoneyAmount(),
    Percent(),
    Date(),
    DateTime(),
    Duration(),
    Boolean(),
    Select(),
    MultiSelect(),
    Tags(),
    Rating(),
    Person(),
    MultiPerson(),
    Department(),
    Reference(),
    MultiReference(),
    Phone(),
    Email(),
    URL(),
    CreditCode(),
    Address(),
    Location(),
    File(),
    Image(),
    AutoNumber(),
    Stage(),
    JSON(),
)
FIELD_TYPES: dict[str, FieldType] = {kind.key: kind for kind in _ALL}

SYSTEM_TYPES = frozenset({"stage", "json"})
"""Not offered to people: only the program makes fields of these types."""


class UnknownFieldType(NotFound):
    message = Message("unknown_field_type", "没有「{type}」这种字段类型", "There is no field type “{type}”")


def field_type(key: str) -> FieldType:
    try:
        return FIELD_TYPES[key]
    except KeyError:
        raise UnknownFieldType(type=key) from None


def options_schema(key: str) -> dict[str, Any]:
    """The JSON schema of a type's options, from which the studio draws its form."""
    return field_type(key).Options.model_json_schema()
