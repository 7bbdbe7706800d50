"""What every test may ask for: the reference data that lies beside the repository, and the database."""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
SHARED = REPO.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data. Only a developer's clone may lack it; in CI its absence is a failure."""
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the reference data is not at {SHARED}")
    assert SHARED.is_dir(), f"the reference data is not at {SHARED}"
    return SHARED
