from uuid import UUID

from tests.fields.examples import ID, OTHER
from tests.fields.takes import parse, refusal


def test_files_are_given_by_id_or_as_they_are_read() -> None:
    assert parse("file", [ID, {"id": OTHER, "name": "a.pdf", "size": 1, "type": "application/pdf"}]) == [
        UUID(ID),
        UUID(OTHER),
    ]


def test_their_number_is_bounded() -> None:
    assert refusal("image", [ID, OTHER], max=1) == "too_many"


def test_a_cell_cannot_hold_a_file() -> None:
    assert refusal("file", "合同.pdf", cell=True) == "file_in_cell"
