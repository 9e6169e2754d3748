"""What every test may ask for: a database of its own on each backend, the services, and the whole world.

`db`        a database with all tables; the test runs once on SQLite and once on PostgreSQL
`services`  the services on it, with a company and its cast (tests/cast.py), and `clock` to turn
`world`     all of it behind the real dispatcher and a local Telegram: `world.anna.press("Take")`
"""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from pathlib import Path
from typing import Any

import pytest

from bot.outside import outside
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from tests.cast import TurnedClock, actor_of
from tests.databases import database_at, drop_postgres, new_postgres, new_sqlite
from tests.furniture import furniture_for, opening
from tests.world import World, open_world

NO_SKIP = os.environ.get("SDELKA_CI_NO_SKIP") == "1"
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that have to be free there for the files of the tests."""
NEEDED_IN_CI = ("browser", "postgres")


def pytest_configure() -> None:
    """Keep temporary files in memory where there is room: a database is hundreds of files."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip for want of a browser or of PostgreSQL into a failure where CI promises both."""
    report = yield
    promised = NO_SKIP and any(item.get_closest_marker(name) for name in NEEDED_IN_CI)
    if promised and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped in CI: {report.longrepr}"
    return report


def pytest_collection_finish() -> None:
    """Take what all tests share out of the collector's sight, as the program does with what it is made of."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> TurnedClock:
    """Time, standing until it is turned."""
    return TurnedClock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with all tables, on each backend in turn; empty but for what other fixtures need."""
    postgres = request.param == "postgres"
    furnish = furniture_for(request.fixturenames)
    url = new_postgres(furnish) if postgres else new_sqlite(tmp_path, furnish)
    database = database_at(url)
    yield database
    await database.close()
    if postgres:
        drop_postgres(url)


@pytest.fixture
def services(db: Database, clock: TurnedClock) -> Services:
    """The services, with a company and its people."""
    return Services(db, clock, outside(mails=True))


@pytest.fixture
def actor(services: Services) -> Callable[[str], Coroutine[Any, Any, Actor]]:
    """`await actor("anna")`: somebody of the cast."""

    async def find(name: str) -> Actor:
        return await actor_of(services, name)

    return find


@pytest.fixture
async def world(db: Database, services: Services, clock: TurnedClock, tmp_path: Path) -> AsyncIterator[World]:
    """The cast with phones in their hands."""
    async with open_world(db, services, clock, tmp_path, opening(db.backend)) as opened:
        yield opened
