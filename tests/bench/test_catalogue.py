import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bench.catalogue import BENCHES, measure

ROWS = 2_000
FIELDS = {"name", "value", "unit", "limit", "ratio", "target", "met", "machine", "rows", "date"}
Found = dict[str, dict[str, object]]


@pytest_asyncio.fixture(scope="module")
async def found() -> AsyncIterator[Found]:
    """Every bench run once over a small company: not for the numbers, only to see that it measures."""
    folder = Path(tempfile.mkdtemp(prefix="jieli-bench-"))
    try:
        results = await measure(list(BENCHES), ROWS, folder, lambda what, done, total: None)
        yield {str(one["name"]): one for one in results}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("name", BENCHES)
async def test_a_bench_tells_value_and_limit(found: Found, name: str) -> None:
    result = found[name]
    assert result.keys() >= FIELDS
    assert result["rows"] == ROWS
    assert all(isinstance(result[key], float) and result[key] > 0 for key in ("value", "limit", "ratio"))
