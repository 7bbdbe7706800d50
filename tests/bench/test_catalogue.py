import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from bench.catalogue import BENCHES, measure

ROWS = 2_000
FIELDS = {"name", "value", "unit", "limit", "ratio", "target", "met", "machine", "rows", "date"}
Found = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="jieli-bench-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest_asyncio.fixture(scope="module")
async def found(folder: Path) -> Found:
    """Every bench run once over a small company: not for the numbers, only to see that it measures."""
    results = await measure(list(BENCHES), ROWS, folder / "bench", lambda what, done, total: None)
    return {str(one["name"]): one for one in results}


@pytest.mark.parametrize("name", BENCHES)
async def test_a_bench_tells_value_and_limit(found: Found, name: str) -> None:
    result = found[name]
    assert result.keys() >= FIELDS
    assert result["rows"] == ROWS
    assert all(isinstance(result[key], float) and result[key] > 0 for key in ("value", "limit", "ratio"))


@pytest.mark.parametrize(("kept", "falls"), [(0.01, False), (1_000.0, True)])
async def test_a_ratio_below_half_of_the_one_on_record_is_a_failure(
    folder: Path, found: Found, kept: float, falls: bool
) -> None:
    assert found
    record = folder / "ratios.json"
    record.write_bytes(orjson.dumps({"rows": ROWS, "ratios": {"duplicates": kept}}))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "jieli", "bench", "--against", str(record), "--json"),
        env={**os.environ, "JIELI_HOME": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert bool(process.returncode) is falls
    assert ("fell_by_half" in (output + errors).decode()) is falls
