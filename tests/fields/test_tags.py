from tests.fields.takes import parse, read, refusal


def test_labels_are_free() -> None:
    assert parse("tags", ["重点", " A/B 测试 ", "重点", ""]) == ["重点", "A/B 测试"]


def test_a_label_with_a_separator_is_several() -> None:
    assert parse("tags", ["重点、展会"]) == read("tags", "重点；展会") == ["重点", "展会"]


def test_lengths_and_numbers_are_bounded() -> None:
    assert refusal("tags", ["字" * 41]) == "too_long"
    assert refusal("tags", [str(n) for n in range(201)]) == "too_many"
    assert refusal("tags", ["、".join(str(n) for n in range(201))]) in ("too_many", "too_long")
    assert refusal("tags", [5]) == "not_a_text"
