from typing import Any

import orjson
import pytest

from jieli.blueprint.describe import Access, describe
from jieli.blueprint.document import Document
from jieli.blueprint.model import workspace
from jieli.standard import load
from tests.blueprint.documents import ACCOUNT, changed, document, relay, text, thing

ALL = dict.fromkeys(("create", "import", "export", "update", "delete", "transfer"), True)


def shown(
    values: dict[str, Any] | Document, hidden: tuple[str, ...] = (), unseen: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The description for a reader from whom these `object.field`s and objects are hidden."""

    def access(object_key: str, field_key: str) -> Access:
        return "hidden" if f"{object_key}.{field_key}" in hidden else "write"

    made = values if isinstance(values, Document) else Document.model_validate(values)
    described = describe(
        workspace("acme", 3, made),
        field_access=access,
        rights=lambda key: None if key in unseen else ALL,
        me={"roles": ["sales"]},
        relative_dates=("today",),
    )
    return orjson.loads(orjson.dumps(described))


def fields(described: dict[str, Any], key: str) -> dict[str, Any]:
    return {field["key"]: field for field in described["objects"][key]["fields"]}


def rich() -> dict[str, Any]:
    """Deals whose amount is mentioned wherever a field can be."""
    amount = {"field": "amount", "op": "gte", "value": 1}
    values = relay()
    values["objects"]["deal"] |= {
        "columns": ["name", "amount"],
        "card": {"subtitle": "amount", "fields": ["amount", "stage"]},
        "form": [
            {"key": "main", "label": "Main", "fields": ["name", "amount"]},
            {"key": "money", "label": "Money", "fields": ["amount"]},
        ],
        "views": [
            {"key": "big", "label": "Big", "where": {"all": [amount]}},
            {"key": "all", "label": "All", "columns": ["name", "amount"], "sort": ["-amount", "name"]},
        ],
        "sort": ["-amount"],
        "duplicates": [{"kind": "text", "fields": ["amount"]}, {"kind": "text", "fields": ["name"]}],
    }
    stage = values["processes"]["relay"]["stages"][0]
    stage["gate"] = {"required": ["amount", "reason"], "where": amount}
    stage["deliverables"] = [{"key": "a", "label": "A", "kind": "field", "field": "amount"}]
    values["processes"]["relay"]["moves"][0]["required"] = ["amount"]
    return values


def test_the_description_names_workspace_reader_and_version() -> None:
    described = shown(relay())
    assert (described["version"], described["currency"]) == (3, "CNY")
    assert described["name"] == {"zh": "Test", "en": "Test"}
    assert described["me"] == {"roles": ["sales"]}
    assert described["relative_dates"] == ["today"]
    assert described["roles"]["sales"] == {"label": {"zh": "Sales", "en": "Sales"}, "description": None}


def test_a_field_says_what_it_is_and_what_may_be_done_with_it() -> None:
    described = fields(shown(relay()), "deal")
    assert described["account"]["to"] == "account"
    assert described["amount"]["operators"][:2] == ["eq", "ne"]
    assert described["reason"]["options"]["options"][0]["key"] == "price"
    assert described["name"]["required"]
    assert (described["owner"]["system"], described["owner"]["access"]) == (False, "write")
    assert (described["stage"]["system"], described["stage"]["access"]) == (True, "read")
    assert not described["score_parts"]["sortable"]


def test_a_stage_says_whether_it_is_active() -> None:
    stages = shown(relay())["processes"]["relay"]["stages"]
    assert [(stage["key"], stage["active"]) for stage in stages][1:3] == [("second", True), ("won", False)]


def test_a_move_says_where_it_starts() -> None:
    assert shown(relay())["processes"]["relay"]["moves"][2]["from"] == ["first", "second"]


def test_an_object_without_layout_gets_one() -> None:
    described = shown(document(thing=thing(a=text(), b=text())))["objects"]["thing"]
    assert described["columns"] == ["name", "a", "b"]
    assert [section["fields"] for section in described["form"]] == [["name", "a", "b"]]
    assert described["plural"] == described["label"]


def test_a_hidden_field_is_mentioned_nowhere() -> None:
    assert "amount" in str(shown(rich()))
    assert "amount" not in str(shown(rich(), hidden=("deal.amount",)))


def test_what_is_left_after_hiding_is_whole() -> None:
    described = shown(rich(), hidden=("deal.amount",))
    deal = described["objects"]["deal"]
    assert deal["columns"] == ["name"]
    assert deal["card"] == {"subtitle": None, "fields": ["stage"]}
    assert [section["key"] for section in deal["form"]] == ["main"]
    assert [view["key"] for view in deal["views"]] == ["all"]
    assert deal["sort"] == ["-id"]
    assert [rule["fields"] for rule in deal["duplicates"]] == [["name"]]
    stage = described["processes"]["relay"]["stages"][0]
    assert stage["gate"] == {"required": ["reason"], "where": {}}
    assert stage["deliverables"][0]["label"]["en"] == "A"


@pytest.mark.parametrize("concealed", [{"hidden": ("account.name",)}, {"unseen": ("account",)}])
def test_a_view_that_filters_by_a_hidden_field_of_another_object_is_left_out(
    concealed: dict[str, Any],
) -> None:
    where = {"field": "account.name", "op": "eq", "value": "x"}
    values = changed(relay(), "objects.deal.views", [{"key": "x", "label": "X", "where": where}])
    assert len(shown(values)["objects"]["deal"]["views"]) == 1
    assert shown(values, **concealed)["objects"]["deal"]["views"] == []


def test_an_unseen_object_takes_its_process_along() -> None:
    described = shown(relay(), unseen=("deal",))
    assert "deal" not in described["objects"]
    assert described["processes"] == {}


def test_what_we_ship_can_be_described() -> None:
    described = shown(load())
    assert described["objects"].keys() == load().objects.keys()


def test_describing_takes_nothing_from_the_definition() -> None:
    made = Document.model_validate(rich())
    shown(made, hidden=("deal.amount",))
    assert made == Document.model_validate(rich())
    assert {"label": "Account", "title": "name", "fields": ACCOUNT["fields"]} == ACCOUNT
