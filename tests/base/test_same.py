from jieli.base.same import Same


def test_one_object_is_the_same_and_an_equal_one_is_not() -> None:
    one, equal = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(equal)


def test_more_things_are_not_the_same() -> None:
    one = [1]
    assert Same(one) != Same(one, one)


def test_it_finds_what_was_kept_under_it() -> None:
    one, other = [1], [1]
    kept = {Same(one, other): "both"}
    assert kept.get(Same(one, other)) == "both"
    assert kept.get(Same(other, one)) is None
