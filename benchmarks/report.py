"""`/report` over a million deals, beside the best raw SQL for the same figures.

Ours: rights, scope, stages, names, the service's folding. Raw: the same figures by statements written by hand
for the bare driver in one thread, on the same database and its indexes; of several ways to write them the
fastest counts. The two take turns.
"""

import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, fill, found, reader
from bot.outside import outside
from db.uow import Database
from services.bundle import Services
from services.clock import SystemClock
from services.report_periods import Named, Period

MILLION = 1_000_000
TARGET = 2.0
MONTH = Period(date(2023, 3, 1), date(2023, 3, 31))
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
ALL = Period(None, None, Named.ALL)
OPEN, CLOSED = "(1, 2, 3, 4)", "(5, 6)"

Query = Callable[[str], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """A screen, and the ways to get its figures by hand: each a list of statements."""

    name: str
    ours: Callable[[], Awaitable[object]]
    raw: tuple[tuple[str, ...], ...]


async def run(options: Options) -> list[Figure]:
    """A figure for each screen and period, in milliseconds."""
    count = MILLION // 10 if options.quick else MILLION
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        url = new_database(options.backend, Path(folder))
        await found(url)
        await fill(url, count)
        db = Database.open(url)
        query, close = bare(url)
        try:
            return [
                await measure(case, query, 3 if options.quick else 9)
                for case in await _cases(db, days=_days(db.backend))
            ]
        finally:
            close()
            await db.close()


async def _cases(db: Database, days: str) -> list[Case]:
    services = Services(db, SystemClock(), outside())
    owner, head = await reader(services, OWNER), await reader(services, HEAD)
    reports = services.reports
    home = min(head.headed)
    cases = []
    for name, period in (("a month", MONTH), ("a year", YEAR), ("all the time", ALL)):
        within = (
            f"closed_on BETWEEN '{period.first}' AND '{period.last}'"
            if period.first
            else f"stage_id IN {CLOSED}"
        )
        cases += [
            Case(
                f"report, {name}",
                partial(reports.overview, owner, period),
                _overview(within, days, ""),
            ),
            Case(
                f"report of a head, {name}",
                partial(reports.overview, head, period),
                _overview(within, days, f" AND department_id + 0 = {home}")
                + _overview(within, days, f" AND department_id = {home}"),
            ),
            Case(
                f"by manager, {name}",
                partial(reports.by_person, owner, period),
                _by_owner(within, days),
            ),
        ]
    far = "closed_on BETWEEN '1900-01-01' AND '2199-12-31'"
    cases.append(
        Case(
            "by month, all the time",
            partial(reports.by_time, owner, ALL),
            tuple(
                (f"SELECT {day}, stage_id, count(*), sum(amount) FROM deal WHERE {far} GROUP BY 1, 2",)
                for day in ("closed_on", "substr(CAST(closed_on AS text), 1, 7)")
            ),
        )
    )
    return cases


def _overview(within: str, days: str, scope: str) -> tuple[tuple[str, ...], ...]:
    now = f"SELECT stage_id, count(*), sum(amount) FROM deal WHERE stage_id IN {OPEN}{scope} GROUP BY 1"
    took = f"sum(CASE WHEN stage_id = 5 THEN {days} END), count(CASE WHEN stage_id = 5 THEN opened_on END)"
    closed = f"SELECT stage_id, count(*), sum(amount), {took} FROM deal WHERE {within}{scope} GROUP BY 1"
    return ((now, closed),)


def _by_owner(within: str, days: str) -> tuple[tuple[str, ...], ...]:
    took = f"sum(CASE WHEN stage_id = 5 THEN {days} END), count(CASE WHEN stage_id = 5 THEN opened_on END)"
    ways = []
    for keys in ("stage_id, department_id, owner_id", "stage_id, owner_id"):
        now = f"SELECT {keys}, count(*), sum(amount) FROM deal WHERE stage_id IN {OPEN} GROUP BY {keys}"
        closed = f"SELECT {keys}, count(*), sum(amount), {took} FROM deal WHERE {within} GROUP BY {keys}"
        ways.append((now, closed))
    return tuple(ways)


def _days(backend: str) -> str:
    return "julianday(closed_on) - julianday(opened_on)" if backend == "sqlite" else "closed_on - opened_on"


async def measure(case: Case, query: Query, rounds: int) -> Figure:
    ours: list[float] = []
    raw: list[list[float]] = [[] for _ in case.raw]
    for _ in range(rounds + 1):
        start = time.perf_counter()
        await case.ours()
        ours.append(time.perf_counter() - start)
        for times, statements in zip(raw, case.raw, strict=True):
            start = time.perf_counter()
            for statement in statements:
                query(statement)
            times.append(time.perf_counter() - start)
    best = min(median(times[1:]) for times in raw)
    return Figure(case.name, median(ours[1:]) * 1000, "ms", baseline=best * 1000, at_most=TARGET)


def bare(url: str) -> tuple[Query, Callable[[], None]]:
    """The driver by itself, with the settings that ours has."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(make_url(url).database or "")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA temp_store=MEMORY")
        return lambda statement: connection.execute(statement).fetchall(), connection.close
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    postgres = psycopg.connect(plain, autocommit=True)
    return lambda statement: postgres.execute(statement.encode()).fetchall(), postgres.close
