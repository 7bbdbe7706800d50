"""The roles we ship: what each may see and do."""

import pytest

from jieli.blueprint.document import ObjectRights
from jieli.blueprint.model import workspace
from jieli.standard import load
from jieli.standard.shipped import OBJECTS, ROLES

DOCUMENT = load()
FIELDS = {key: set(found.fields) for key, found in workspace("standard", 1, DOCUMENT).objects.items()}
roles = pytest.mark.parametrize("key", ROLES)


def rights(key: str) -> list[tuple[str, ObjectRights]]:
    return list(DOCUMENT.roles[key].objects.items())


@roles
def test_rights_name_existing_objects_and_fields(key: str) -> None:
    for object_key, given in rights(key):
        assert object_key in OBJECTS
        assert set(given.fields) <= FIELDS[object_key], object_key


@roles
def test_everybody_reads_colleagues_departments_products_and_campaigns(key: str) -> None:
    role = DOCUMENT.roles[key]
    common = ("member", "department", "product", "campaign")
    assert role.everything or all(role.objects[name].read == ("all",) for name in common)


@roles
def test_what_may_be_changed_may_be_read(key: str) -> None:
    for object_key, given in rights(key):
        wanted = [*given.update, *given.delete, *given.transfer]
        unread = [scope for scope in wanted if scope not in given.read and given.read != ("all",)]
        assert unread == [], object_key


@roles
def test_nobody_but_an_administrator_can_give_out_roles(key: str) -> None:
    role = DOCUMENT.roles[key]
    if not role.everything:
        assert role.objects["member"].fields["roles"] == "read"


def test_the_cost_price_is_hidden_from_sales() -> None:
    assert DOCUMENT.roles["sales"].objects["product"].fields["cost"] == "hidden"


@pytest.mark.parametrize("key", ["sales", "expert", "success"])
def test_who_works_on_opportunities_sees_no_others(key: str) -> None:
    assert DOCUMENT.roles[key].objects["opportunity"].read == ("own", "shared")


def test_only_an_administrator_deletes_opportunities() -> None:
    granting = [key for key, r in DOCUMENT.roles.items() if "opportunity" in r.objects]
    assert not [key for key in granting if DOCUMENT.roles[key].objects["opportunity"].delete]
    assert [key for key, r in DOCUMENT.roles.items() if r.everything] == ["admin"]
