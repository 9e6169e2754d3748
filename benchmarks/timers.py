"""A tick that finds a hundred reminders due, among a thousand open timers and among a hundred thousand.

`finding` is the question and the taking; `telling` is the whole tick: each reminder in
a transaction of its own that looks again at the task and queues the message.
"""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import select, update

from benchmarks.company import found_company
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from db.leases import Holder
from db.models import Task, Timer
from db.uow import Database
from services.reminders import Reminders, arm
from services.timers import TimerKind

FEW, MANY, QUICK_MANY = 1_000, 100_000, 10_000
DUE = 100
ROUNDS, QUICK_ROUNDS = 30, 5
MILLISECONDS = 20
FLAT = 1.5
NAME = "benchmark"


@dataclass(slots=True)
class SetClock:
    """Shows what it was set to."""

    moment: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.moment


@dataclass(slots=True)
class Times:
    """Seconds of each round."""

    finding: list[float]
    telling: list[float]


class Office:
    """A hundred people with a task each, and so many timers that are not due for years."""

    def __init__(self, db: Database, tasks: Sequence[int]) -> None:
        self._db = db
        self._tasks = tasks
        self._clock = SetClock(datetime.now(UTC).replace(microsecond=0))
        self._reminders = Reminders(db, self._clock)
        self.times = Times([], [])

    @classmethod
    async def of(cls, url: str, timers: int) -> "Office":
        """Found it in an empty database."""
        await found_company(url, DUE)
        db = Database.open(url)
        now = datetime.now(UTC)
        async with db.write() as uow:
            await uow.session.execute(
                Timer.__table__.insert(),  # type: ignore[attr-defined]  # it is a Table
                [
                    {
                        "kind": TimerKind.LEAD_STEP,
                        "subject": "lead",
                        "subject_id": number,
                        "dedupe": f"benchmark:{number}",
                        "params": {},
                        "due_at": now + timedelta(days=1000, seconds=number),
                        "created_at": now,
                    }
                    for number in range(timers)
                ],
            )
            tasks = (await uow.session.scalars(select(Task.id))).all()
        return cls(db, tasks)

    async def round(self) -> None:
        """A hundred come due; they are found, taken and told."""
        self._clock.moment += timedelta(minutes=1)
        due = self._clock.moment - timedelta(seconds=1)
        async with self._db.write() as uow:
            await uow.session.execute(update(Task).values(due_at=due))
            for task in self._tasks:
                await arm(uow, task, 1, due, due - timedelta(days=1))
        start = time.perf_counter()
        async with self._db.read() as uow:
            assert await uow.timers.any_due(self._clock.now())
        async with self._db.write() as uow:
            taken = await uow.timers.claim(Holder(NAME, self._clock.now()), 2 * DUE)
        found = time.perf_counter()
        assert len(taken) == DUE
        for timer in taken:
            await self._reminders.fire(timer)
        self.times.finding.append(found - start)
        self.times.telling.append(time.perf_counter() - start)

    async def close(self) -> None:
        """Let go of the database."""
        await self._db.close()


async def run(options: Options) -> list[Figure]:
    """Milliseconds with many open timers; the baseline of the ratios is the same tick with few."""
    many, rounds = (QUICK_MANY, QUICK_ROUNDS) if options.quick else (MANY, ROUNDS)
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        offices = [
            await Office.of(new_database(options.backend, Path(folder)), count) for count in (FEW, many)
        ]
        for _ in range(rounds):
            for office in offices:
                await office.round()
        for office in offices:
            await office.close()
    small, large = (office.times for office in offices)
    finding, telling = (
        [median(kept) * 1000 for kept in pair]
        for pair in ((small.finding, large.finding), (small.telling, large.telling))
    )
    against = f"{many:,} open timers against {FEW:,}"
    return [
        Figure(f"finding {DUE} due of {many:,}", finding[1], "ms", at_most=MILLISECONDS),
        Figure(f"finding {DUE} due", finding[1], "ms", finding[0], at_most=FLAT, remark=against),
        Figure(f"telling {DUE} reminders", telling[1], "ms", telling[0], at_most=FLAT, remark=against),
    ]
