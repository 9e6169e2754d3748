"""The weekly digest over a million deals, beside the best raw SQL for the same figures.

Raw are the statements that read deals and tasks, written by hand for the bare driver: what was closed in the
week and in the week before, what stands in each stage, why deals were lost, the month so far against its
plan, and what is not as it should be. The two take turns.
"""

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, fill, found, reader
from benchmarks.report import MILLION, OPEN, Case, bare, measure
from bot.outside import outside
from db.uow import Database
from services.bundle import Services
from services.clock import SystemClock

WEEK = date(2024, 3, 4), date(2024, 3, 10)
BEFORE = date(2024, 2, 26), date(2024, 3, 3)
MONTH = date(2024, 3, 1), date(2024, 3, 10)
WON, LOST, IN_WORK, ALL = 5, 6, "(1, 2, 3)", "(1, 2, 3, 4, 5)"


async def run(options: Options) -> list[Figure]:
    """Milliseconds for the owner's digest and for a head's."""
    count = MILLION // 10 if options.quick else MILLION
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        url = new_database(options.backend, Path(folder))
        await found(url)
        await fill(url, count)
        db = Database.open(url)
        query, close = bare(url)
        try:
            services = Services(db, SystemClock(), outside())
            owner, head = await reader(services, OWNER), await reader(services, HEAD)
            cases = [
                Case(
                    f"the week's digest, {name}",
                    partial(services.digests.of_headed, actor, *WEEK),
                    (_statements(db.backend, departments),),
                )
                for name, actor, departments in (
                    ("owner", owner, ALL),
                    ("head", head, f"({min(head.headed)})"),
                )
            ]
            return [await measure(case, query, 3 if options.quick else 15) for case in cases]
        finally:
            close()
            await db.close()


def _statements(backend: str, departments: str) -> tuple[str, ...]:
    days = "julianday(closed_on) - julianday(opened_on)" if backend == "sqlite" else "closed_on - opened_on"
    won = f"CASE WHEN stage_id = {WON} THEN"
    took = f"sum({won} {days} END), count({won} opened_on END)"
    limit = f"'{datetime.now(UTC) - timedelta(days=14):%Y-%m-%d %H:%M:%S}'"
    here = f"department_id IN {departments}"
    in_work = f"FROM deal WHERE closed_on IS NULL AND {here} AND stage_id"
    task = "SELECT 1 FROM task WHERE task.deal_id = deal.id AND task.done_at IS NULL"

    def closed(first: date, last: date) -> str:
        # The sum keeps SQLite, which has no statistics, from another index than that of the days.
        return (
            f"FROM deal WHERE closed_on BETWEEN '{first}' AND '{last}' AND {here.replace('_id', '_id + 0')}"
        )

    figures = f"count(*), sum(amount), {took}"
    return (
        f"SELECT stage_id, department_id, owner_id, {figures} {closed(*WEEK)} GROUP BY 1, 2, 3",
        f"SELECT stage_id, {figures} {closed(*BEFORE)} GROUP BY 1",
        f"SELECT stage_id, count(*), sum(amount) FROM deal WHERE stage_id IN {OPEN} AND {here} GROUP BY 1",
        f"SELECT loss_reason_id, count(*) {closed(*WEEK)} AND stage_id + 0 = {LOST} GROUP BY 1",
        f"SELECT owner_id, sum(amount) {closed(*MONTH)} AND stage_id + 0 = {WON} GROUP BY 1",
        f"SELECT count(*) FROM deal WHERE {here} AND stage_id IN {IN_WORK} AND NOT EXISTS ({task})",
        f"SELECT count(*) FROM deal WHERE {here} AND stage_id IN {OPEN} AND owner_id IS NULL",
        *(f"SELECT count(*) {in_work} = {stage} AND stage_since < {limit}" for stage in (1, 2, 3, 4)),
        (
            f"SELECT count(*) {in_work} IN {IN_WORK} AND touched_at < {limit}"
            f" AND NOT EXISTS ({task} AND due_at > {limit})"
        ),
    )
