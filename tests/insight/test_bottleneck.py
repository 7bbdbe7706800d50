"""Which stage stands out."""

from hypothesis import given
from hypothesis import strategies as st

from jieli.insight.bottleneck import FAR, REMARKABLE, Passage, bottleneck


def passage(stage: str, decided: int = 100, ended: int = 10, legs: int = 100, hours: float = 8) -> Passage:
    return Passage(stage, decided, ended, legs, hours * 3600)


def test_the_stage_that_loses_most_is_the_bottleneck() -> None:
    found = bottleneck([passage("a"), passage("b", ended=40), passage("c")])
    assert found is not None
    assert (found.stage, found.kind, found.ratio) == ("b", "drop", 4.0)
    assert found.reason["zh"] == "有去向的记录中 40% 在此流失，其余阶段平均 10%"


def test_the_stage_that_takes_longest_is_the_bottleneck() -> None:
    found = bottleneck([passage("a", hours=4), passage("b", hours=12), passage("c", hours=4)])
    assert found is not None
    assert (found.stage, found.kind, found.ratio) == ("b", "time", 3.0)
    assert found.reason["en"] == "Median 12.0 hours, 3.0 times the average of the other stages"


def test_what_stands_out_more_is_said() -> None:
    found = bottleneck([passage("a", ended=20), passage("b", hours=40), passage("c")])
    assert found is not None
    assert (found.stage, found.kind) == ("b", "time")


def test_stages_alike_have_no_bottleneck() -> None:
    assert bottleneck([passage("a"), passage("b", ended=12), passage("c", hours=9)]) is None


def test_a_few_records_prove_nothing() -> None:
    assert bottleneck([passage("a"), passage("b", decided=4, ended=4, legs=4, hours=90)]) is None


def test_a_small_loss_is_none_even_where_others_lose_nothing() -> None:
    assert bottleneck([passage("a", ended=0), passage("b", ended=5), passage("c", ended=0)]) is None


def test_one_stage_alone_cannot_be_narrower_than_others() -> None:
    assert bottleneck([passage("a", ended=90, hours=99)]) is None
    assert bottleneck([]) is None


counts = st.integers(0, 200)
passages = st.lists(
    st.builds(
        lambda n, decided, share, legs, median: Passage(
            f"s{n}", decided, round(decided * share), legs, median
        ),
        st.integers(0, 99),
        counts,
        st.floats(0, 1),
        counts,
        st.none() | st.floats(0, 1e7),
    ),
    unique_by=lambda one: one.stage,
    max_size=8,
)


@given(passages)
def test_a_bottleneck_stands_out_among_enough(given: list[Passage]) -> None:
    found = bottleneck(given)
    if found is None:
        return
    one = next(one for one in given if one.stage == found.stage)
    assert REMARKABLE <= found.ratio <= FAR
    if found.kind == "drop":
        shares = [each.ended / each.decided for each in given if each.decided >= 5]
        assert one.ended / one.decided == max(shares)
    else:
        assert one.median == max(each.median for each in given if each.legs >= 5 and each.median is not None)
