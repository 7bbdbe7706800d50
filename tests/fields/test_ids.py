from uuid import UUID

import pytest

from tests.fields.examples import ID, OTHER
from tests.fields.takes import operand, parse, read, refusal


@pytest.mark.parametrize("raw", [ID, ID.upper(), {"id": ID}, {"id": ID, "title": "张三"}, UUID(ID)])
def test_an_id_may_come_in_its_record(raw: object) -> None:
    assert parse("person", raw) == UUID(ID)


@pytest.mark.parametrize(
    "raw", ["张三", ID[:-1], ID.replace("-", ""), "{" + ID + "}", 5, [ID], {"title": "张三"}, True]
)
def test_what_is_no_id_is_refused(raw: object) -> None:
    assert refusal("person", raw) == "not_an_id"


def test_a_cell_gives_the_id_or_the_words_to_look_for() -> None:
    assert read("person", ID) == UUID(ID)
    assert read("person", " 张三 ") == "张三"
    assert read("reference", 1001.0, to="account") == "1001"


def test_a_cell_of_several_gives_each() -> None:
    assert read("multi_person", f"张三、{ID}；李四") == ["张三", UUID(ID), "李四"]


def test_lists_keep_their_order() -> None:
    assert parse("multi_reference", [OTHER, {"id": ID}, OTHER], to="product") == [UUID(OTHER), UUID(ID)]


def test_a_list_holds_no_gaps() -> None:
    assert refusal("multi_person", [ID, None]) == "not_an_id"


def test_an_operand_is_one_id() -> None:
    assert operand("multi_person", ID) == operand("department", {"id": ID}) == UUID(ID)
