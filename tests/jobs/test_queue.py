from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from jieli.base import clock
from jieli.db.pool import Database
from jieli.db.sql import sql
from jieli.jobs import Schedule, Task, Values, drain, enqueue, enqueue_all, failures, retry
from jieli.jobs.model import by_name

pytestmark = pytest.mark.database

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Done:
    """A task that writes down what it was given."""

    def __init__(self, name: str = "tests.note") -> None:
        self.payloads: list[Values] = []
        self.task = Task(name, self.run)

    async def run(self, _db: Database, payload: Values) -> None:
        self.payloads.append(payload)


async def ask(db: Database, payload: Values, *, at: datetime | None = None, key: str | None = None) -> None:
    async with db.begin() as tx:
        await enqueue(tx, "tests.note", payload, at=at, key=key)


async def waiting(db: Database) -> int:
    async with db.read() as tx:
        count: int = await tx.value(sql("select count(*) from jieli.pgqueuer where status = 'queued'"))
        return count


async def test_a_job_exists_if_and_only_if_the_change_does(db: Database) -> None:
    done = Done()
    await ask(db, {"n": 1})
    with pytest.raises(LookupError):
        async with db.begin() as tx:
            await enqueue(tx, "tests.note", {"n": 2})
            raise LookupError
    assert await drain(db, [done.task]) == 1
    assert done.payloads == [{"n": 1}]


async def test_the_payload_arrives_as_json(db: Database) -> None:
    done = Done()
    await ask(db, {"id": UUID(int=1), "amount": Decimal("1.5"), "at": NOON, "text": "接力"})
    await drain(db, [done.task])
    assert done.payloads == [{"id": str(UUID(int=1)), "amount": 1.5, "at": NOON.isoformat(), "text": "接力"}]


async def test_many_jobs_are_added_by_one_statement(db: Database) -> None:
    done = Done()
    async with db.begin() as tx:
        assert await enqueue_all(tx, "tests.note", ({"n": n} for n in range(50))) == 50
        assert tx.statements == 1
    assert await drain(db, [done.task]) == 50
    assert [payload["n"] for payload in done.payloads] == list(range(50))


async def test_a_later_job_waits_for_its_time_by_our_clock(db: Database) -> None:
    done = Done()
    with clock.at(NOON):
        await ask(db, {}, at=NOON + timedelta(hours=24))
        assert await drain(db, [done.task]) == 0
    with clock.at(NOON + timedelta(hours=23, minutes=59)):
        assert await drain(db, [done.task]) == 0
    with clock.at(NOON + timedelta(hours=24)):
        assert await drain(db, [done.task]) == 1


@pytest.mark.parametrize("years", [-2, 2])
async def test_a_job_without_a_time_is_due_at_once_whatever_the_clock_says(db: Database, years: int) -> None:
    done = Done()
    with clock.at(clock.now() + timedelta(days=365 * years)):
        await ask(db, {})
        assert await drain(db, [done.task]) == 1


async def test_waiting_jobs_of_one_key_are_done_once(db: Database) -> None:
    done = Done()
    for n in range(3):
        await ask(db, {"n": n}, key="same")
    await ask(db, {"n": 9}, key="other")
    assert await drain(db, [done.task]) == 2
    assert [payload["n"] for payload in done.payloads] == [0, 9]


async def test_within_one_transaction_a_key_is_added_once(db: Database) -> None:
    async with db.begin() as tx:
        for _ in range(5):
            await enqueue(tx, "tests.note", {}, key="same")
    assert await waiting(db) == 1


async def test_a_key_whose_savepoint_was_undone_can_be_added_again(db: Database) -> None:
    async with db.begin() as tx:
        with pytest.raises(LookupError):
            async with tx.savepoint():
                await enqueue(tx, "tests.note", {}, key="same")
                raise LookupError
        await enqueue(tx, "tests.note", {}, key="same")
    assert await waiting(db) == 1


async def test_writers_with_one_key_do_not_wait_for_each_other(db: Database) -> None:
    async with db.begin() as one:
        await enqueue(one, "tests.note", {}, key="same")
        async with db.begin(statement_timeout=5) as two:
            await enqueue(two, "tests.note", {}, key="same")
    assert await drain(db, [Done().task]) == 1


async def test_a_change_committed_while_its_job_runs_is_not_missed(db: Database) -> None:
    """The second writer adds its job while the first one's is still waiting, but commits only after it ran."""
    done = Done()
    await ask(db, {}, key="same")
    async with db.begin() as late:
        await enqueue(late, "tests.note", {}, key="same")
        assert await drain(db, [done.task]) == 1
    assert await drain(db, [done.task]) == 1


async def test_the_last_time_given_for_a_key_counts(db: Database) -> None:
    done = Done()
    tomorrow = clock.now() + timedelta(days=1)
    await ask(db, {"n": 1}, at=tomorrow, key="reminder")
    await ask(db, {"n": 2}, at=tomorrow + timedelta(days=1), key="reminder")
    with clock.at(tomorrow + timedelta(hours=1)):
        assert await drain(db, [done.task]) == 0
    with clock.at(tomorrow + timedelta(days=2)):
        assert await drain(db, [done.task]) == 1
    assert done.payloads == [{"n": 2}]


async def test_jobs_that_a_job_asks_for_are_done_too(db: Database) -> None:
    done = Done()

    async def first(db: Database, payload: Values) -> None:
        async with db.begin() as tx:
            await enqueue(tx, "tests.note", payload)

    async with db.begin() as tx:
        await enqueue(tx, "tests.first", {"n": 1})
    assert await drain(db, [Task("tests.first", first), done.task]) == 2
    assert done.payloads == [{"n": 1}]


async def test_jobs_of_unknown_tasks_are_left_alone(db: Database) -> None:
    await ask(db, {})
    assert await drain(db, [Done("tests.other").task]) == 0
    assert await waiting(db) == 1


async def test_schedules_can_be_run_at_will(db: Database) -> None:
    done = Done()

    async def tick(db: Database) -> None:
        await ask(db, {"tick": True})

    assert await drain(db, [done.task], [Schedule("tests.tick", "0 3 * * *", tick)]) == 2
    assert done.payloads == [{"tick": True}]


class Broken:
    """A task that fails the given number of times."""

    def __init__(self, times: int, attempts: int) -> None:
        self.times = times
        self.runs = 0
        self.task = Task("tests.note", self.run, attempts=attempts)

    async def run(self, _db: Database, _payload: Values) -> None:
        self.runs += 1
        if self.runs <= self.times:
            raise LookupError(f"no. {self.runs}")


async def test_what_fails_is_tried_again_after_a_growing_pause(db: Database) -> None:
    broken = Broken(2, attempts=3)
    await ask(db, {})
    start = clock.now()
    with pytest.raises(LookupError):
        await drain(db, [broken.task])
    assert await drain(db, [broken.task]) == 0
    with clock.at(start + timedelta(seconds=3)):
        assert await drain(db, [broken.task], raising=False) == 1
        assert await drain(db, [broken.task]) == 0
    with clock.at(start + timedelta(seconds=60)):
        assert await drain(db, [broken.task]) == 1
    assert await waiting(db) == 0


async def test_what_fails_for_good_is_kept_with_its_traceback(db: Database) -> None:
    broken = Broken(1, attempts=1)
    await ask(db, {"n": 7})
    await drain(db, [broken.task], raising=False)
    async with db.read() as tx:
        [kept] = await failures(tx)
    assert (kept.task, kept.payload, kept.error) == ("tests.note", {"n": 7}, "no. 1")
    assert "raise LookupError" in kept.traceback


async def test_a_failed_job_can_be_tried_again(db: Database) -> None:
    broken = Broken(1, attempts=1)
    await ask(db, {})
    await drain(db, [broken.task], raising=False)
    async with db.begin() as tx:
        [kept] = await failures(tx)
        assert await retry(tx, [kept.job]) == 1
    assert await drain(db, [broken.task]) == 1
    async with db.read() as tx:
        assert await failures(tx) == []


async def test_a_job_that_kills_every_worker_is_given_up(db: Database) -> None:
    done = Done()
    await ask(db, {})
    async with db.begin() as tx:
        await tx.run(sql("update jieli.pgqueuer set created = now() - interval '1 day'"))
        await tx.run(
            sql(
                "insert into jieli.pgqueuer_log (job_id, status, entrypoint, priority)"
                " select id, 'picked', entrypoint, 0 from jieli.pgqueuer, generate_series(1, 100)"
            )
        )
    await drain(db, [done.task], raising=False)
    async with db.read() as tx:
        [kept] = await failures(tx)
    assert kept.error.startswith("tests.note has been started too often")
    assert done.payloads == []


@pytest.mark.parametrize("name", ["note", "Tests.note", "tests.", "a.b.c", ""])
def test_a_task_is_called_package_and_verb(name: str) -> None:
    with pytest.raises(ValueError, match=r"package\.verb"):
        Done(name)


async def nothing(_db: Database) -> None:
    return None


def test_a_schedule_needs_a_time() -> None:
    with pytest.raises(ValueError, match="not a cron expression"):
        Schedule("tests.tick", "every day", nothing)


def test_two_tasks_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        by_name([Done().task, Done().task])


def test_pauses_double_up_to_the_longest() -> None:
    task = Task(
        "tests.note", Done().run, first_pause=timedelta(seconds=2), longest_pause=timedelta(seconds=9)
    )
    assert [task.pause_after(n).total_seconds() for n in (1, 2, 3, 4, 500)] == [2, 4, 8, 9, 9]
