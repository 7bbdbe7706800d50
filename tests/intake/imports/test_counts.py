"""Every row of any table is counted once, and what is counted as created is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.db.pool import Tx
from tests.company import Company
from tests.intake.imports.passage import Passage, bring, records

NAMES = ["张三", "李四", "王五", ""]
PHONES = ["13800138001", "13800138002", "13800138003", "12x", ""]
COMPANIES = ["上海甲科技有限公司", "上海甲科技(有限公司)", "北京乙公司", ""]
SOURCES = ["搜索引擎", "转介绍", "火星", ""]
NUMBERS = ["1", "2", "3", ""]
ROW = st.tuples(*(st.sampled_from(each) for each in (NAMES, PHONES, COMPANIES, SOURCES, NUMBERS)))
COLUMNS = ("contact_name", "phone", "company", "source", "external_id")


class _Undone(Exception):
    """Ends the savepoint of an example."""


@asynccontextmanager
async def undone(tx: Tx) -> AsyncIterator[None]:
    try:
        async with tx.savepoint():
            yield
            raise _Undone
    except _Undone:
        pass


@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.lists(ROW, max_size=6),
    st.sampled_from(["skip", "update", "create"]),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_row_is_counted_once(
    tx: Tx,
    company: Company,
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
    policy: str,
) -> None:
    boss = await company.actor(tx, "boss")
    async with undone(tx):
        created = 0
        for rows in (first, second, first):
            if not rows:
                continue
            before = len(await records(tx, boss, "lead"))
            passage: Passage = await bring(tx, boss, "lead", file_of(rows), columns=COLUMNS, policy=policy)
            created = len(await records(tx, boss, "lead")) - before
            assert passage.report.created == created
            assert passage.report.rows == sum(any(row) for row in rows)
        if policy != "create":
            assert created == 0, "the same rows again must not be entered twice"


def file_of(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(["联系人,手机,公司,来源,编号", *(",".join(row) for row in rows), ""])
