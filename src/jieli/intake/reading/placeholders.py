"""What people and systems write where they mean nothing. Guessing takes it for empty; an import does so only
when it is told to, because `无` may be an answer."""

from jieli.base.text import normalise
from jieli.intake.reading.table import Cell

PLACEHOLDERS: frozenset[str] = frozenset(
    """
    - -- --- – — —— / \\ . .. ... … * ? ？ # 0000-00-00 1900-01-00
    select null none nil nan na n/a #n/a n.a. undefined unknown unspecified tbd blank (blank) (none) (null) (空)
    #null! #value! #ref! #div/0! #name? #num! --none-- --select-- -none-
    无 空 暂无 没有 未知 不详 未填 未填写 待定 待补充 待完善 请选择 --请选择-- -请选择- 无数据 暂无数据 未选择
    """.split()  # noqa: SIM905 - read as a list of words
) | {"please select", "not available", "not applicable", "to be determined", "not specified"}


def is_placeholder(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= 20 and normalise(cell) in PLACEHOLDERS
