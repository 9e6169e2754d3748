"""What a template of a database holds beyond its tables: the cast, and also that everybody pressed Start."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.outside import outside
from sandbox.transcript import Call
from services.bundle import Services
from tests.cast import TurnedClock, cast_company
from tests.databases import Furnish, database_at, tables
from tests.world import open_world

_openings: dict[str, Sequence[Call]] = {}


def furniture_for(fixtures: Sequence[str]) -> Furnish:
    """What a test that asks for these fixtures finds in its database."""
    if "world" in fixtures:
        return started
    return company if "services" in fixtures else tables


async def company(url: str) -> None:
    """A company and its cast."""
    await tables(url)
    clock, db = TurnedClock(), database_at(url)
    await cast_company(db, Services(db, clock, outside()), clock)
    await db.close()


async def started(url: str) -> None:
    """The cast have started the bot; what it said to them is remembered for the Telegrams to come."""
    await company(url)
    clock, db = TurnedClock(), database_at(url)
    services = Services(db, clock, outside())
    with tempfile.TemporaryDirectory() as folder:
        async with open_world(db, services, clock, Path(folder)) as world:
            _openings[db.backend] = tuple(world.telegram.calls)
    await db.close()


def opening(backend: str) -> Sequence[Call]:
    """What the bot said to those who started it, on the database that `started` made."""
    return _openings[backend]
