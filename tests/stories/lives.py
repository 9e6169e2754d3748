"""What children of the kill tests do: the whole program, as the command line builds it, until all is done."""

import asyncio
import os
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import build_app
from bot.engine import Options
from bot.settings import Settings
from db.models import Inbox, Outbox, Timer
from db.uow import Database
from services.clock import Clock
from tests.engine.kill import Tripwire
from tests.engine.rig import FAST, until
from tests.session import QuickSession

OPEN = ("new", "applied", "leased")


class GoingClock:
    """Goes on from a moment."""

    def __init__(self, since: datetime) -> None:
        self._since, self._started = since, time.monotonic()

    def now(self) -> datetime:
        return self._since + timedelta(seconds=time.monotonic() - self._started)


async def live(
    trip: Tripwire, database: str, telegram: str, token: str, folder: str, now: str, updates: int
) -> None:
    """Run until so many updates are handled, and everything that is due has happened and is told."""
    clock = GoingClock(datetime.fromisoformat(now))
    with (
        patch("bot.app.Options", partial(Options, rates=FAST)),
        patch("bot.app.JsonSession", lambda **_: QuickSession(telegram)),
    ):
        app = build_app(_settings(database, telegram, token, folder), clock=clock, http=False)
    running = asyncio.create_task(app.engine.run())
    await app.engine.started.wait()
    trip.watch(app.db, app.bot)
    await until(lambda: running.done() or _settled(app.db, clock, updates), seconds=50)
    if not trip.armed and not running.done():
        os._exit(0)
    app.engine.stop()
    await running
    await app.close()


def _settings(database: str, telegram: str, token: str, folder: str) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        bot_api_url=telegram,
        database_url=database,
        data_dir=Path(folder),
        backup_daily=False,
    )


async def _settled(db: Database, clock: Clock, updates: int) -> bool:
    """Causes before effects: what comes into being between two questions is then seen by the second one."""
    now = clock.now()
    waiting = (
        select(Timer.id).where(Timer.state == "new", Timer.due_at <= now),
        select(Inbox.id).where(Inbox.state.in_(OPEN)),
        select(Outbox.id).where(Outbox.state.in_(OPEN), Outbox.next_at <= now),
    )
    async with db.read() as uow:
        stored = await uow.session.scalar(select(func.count()).select_from(Inbox))
        if (stored or 0) < updates:
            return False
        for query in waiting:
            if await uow.session.scalar(query.limit(1)) is not None:
                return False
    return True
