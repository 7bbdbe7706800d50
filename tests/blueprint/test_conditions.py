import pytest

from jieli.blueprint.conditions import Leaf, leaves, malformed

LEAF = {"field": "amount", "op": "gte", "value": 1}


def test_the_empty_condition_has_no_leaves() -> None:
    assert list(leaves({})) == []
    assert list(malformed({})) == []


def test_a_single_leaf_stands_at_the_root() -> None:
    assert list(leaves(LEAF, "where")) == [("where", Leaf("amount", "gte", 1))]


def test_nested_leaves_are_found_with_their_places() -> None:
    tree = {"all": [LEAF, {"any": [{"not": {"field": "account.industry", "op": "empty"}}]}]}
    assert list(leaves(tree)) == [
        ("all.0", Leaf("amount", "gte", 1)),
        ("all.1.any.0.not", Leaf("account.industry", "empty")),
    ]
    assert list(malformed(tree)) == []


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        ("text", ""),
        ({"all": {}}, ""),
        ({"all": [LEAF], "any": []}, ""),
        ({"all": [LEAF, 3]}, "all.1"),
        ({"not": {"field": "a"}}, "not"),
        ({"field": 1, "op": "eq"}, ""),
        ({**LEAF, "extra": 1}, ""),
        ({"any": [{"nope": []}]}, "any.0"),
    ],
)
def test_a_malformed_node_is_named(tree: object, place: str) -> None:
    assert list(malformed(tree)) == [place]


def test_a_tree_nested_without_end_is_malformed() -> None:
    tree: dict[str, object] = LEAF
    for _ in range(200):
        tree = {"not": tree}
    assert len(list(malformed(tree))) == 1
