"""Names that the program gives: keys of new fields and choices, titles, stages."""

import pytest

from jieli.fields import BadValue
from jieli.intake.imports.fields import choices_of, slug
from jieli.intake.imports.stages import StageNames
from jieli.standard import load

PROCESS = load().processes["opportunity"]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("线索来源", "xian_suo_lai_yuan"),
        ("Page Views Per Visit", "page_views_per_visit"),
        ("2024年销量", "field_2024_nian_xiao_liang"),
        ("！？", "field"),
        ("A/B测试", "a_b_ce_shi"),
        ("ＦＵＬＬ", "full"),
    ],
)
def test_a_new_field_is_keyed_by_its_header(header: str, key: str) -> None:
    assert slug(header, "field") == key


def test_choices_get_keys_of_their_own_and_appear_once() -> None:
    made = choices_of({"google"}, ["Google", "GOOGLE ", "谷歌", "", "Olark Chat"])
    assert [choice["key"] for choice in made] == ["google_2", "gu_ge", "olark_chat"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("报价", "quote"),
        ("Quote", "quote"),
        ("quote", "quote"),
        ("Closed Won", "won"),
        ("已成交", "won"),
        ("丢单", "lost"),
        ("Prospecting", "assign"),
        ("Engaging", "confirm"),
        ("無效", "void"),
    ],
)
def test_a_stage_is_known_by_many_words(text: str, key: str) -> None:
    assert StageNames(PROCESS).read(text) == key


def test_a_stage_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadValue) as refused:
        StageNames(PROCESS).read("Somewhere")
    assert "stages" in refused.value.params


def test_the_words_of_a_changed_process_lead_to_its_first_stage_of_the_kind() -> None:
    stages = tuple(stage for stage in PROCESS.stages if stage.key not in ("lost", "void"))
    renamed = [stage.model_copy(update={"key": "gone"}) for stage in PROCESS.stages if stage.key == "lost"]
    process = PROCESS.model_copy(update={"stages": (*stages, *renamed)})
    assert StageNames(process).read("lost") == "gone"
