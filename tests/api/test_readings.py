"""Random organisations, roles, shares and records: every way of reading tells what a brute-force oracle allows."""

from pathlib import Path

from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from jieli.db.pool import Database
from tests.access.plans import Plan, plans
from tests.access.world import Bare
from tests.api.comparing import compare
from tests.api.inside import visiting
from tests.conftest import ORGANISATIONS


@settings(
    max_examples=ORGANISATIONS,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(plan=plans())
async def test_every_way_of_reading_tells_what_the_oracle_allows(
    app: FastAPI, db: Database, bare: Bare, tmp_path: Path, plan: Plan
) -> None:
    async with visiting(app, db, bare.workspace, plan, tmp_path) as visit:
        await compare(visit, range(0, len(plan.people), 2))
