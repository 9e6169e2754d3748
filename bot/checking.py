"""`sdelka check`: is everything in order?"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from aiogram.exceptions import TelegramAPIError
from sqlalchemy.exc import SQLAlchemyError

from bot.app import build_app
from bot.serve import StartError, read_settings
from bot.settings import Settings
from db.engine import open_engine
from db.maintenance import SnapshotError
from db.maintenance import check as check_file
from db.schema import at_head
from db.uow import Database
from services.seals import verify


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    text: str


async def check() -> list[Finding]:
    """Look at settings, database and Telegram."""
    try:
        settings = read_settings()
    except StartError as error:
        return [Finding(good=False, text=str(error))]
    return [Finding(good=True, text="settings"), *await _database(settings), await _telegram(settings)]


async def _database(settings: Settings) -> list[Finding]:
    engine = open_engine(settings.database)
    try:
        if not await at_head(engine):
            return [Finding(good=False, text="database: not at this program's schema; run `migrate`")]
        history = await _history(Database(engine))
    except SQLAlchemyError as error:
        return [Finding(good=False, text=f"database: {type(error).__name__}")]
    finally:
        await engine.dispose()
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file:
        try:
            await asyncio.to_thread(check_file, Path(file))
        except SnapshotError as error:
            return [Finding(good=False, text=f"database: {error}")]
    return [Finding(good=True, text="database"), history]


async def _history(db: Database) -> Finding:
    found = await verify(db)
    if found.broken is not None:
        first, last = found.broken
        text = f"history: events {first} to {last} are not what they were when they were sealed"
        return Finding(good=False, text=text)
    if found.missing is not None:
        count, first = found.missing
        told = f"history: {count} events are gone that no seal covered yet, the first of them {first}"
        return Finding(good=False, text=told)
    newest = f", the newest seal {found.newest[:16]}" if found.newest else ""
    erased = f", personal data erased from {found.erased}" if found.erased else ""
    told = f"history: {found.events} events sealed, {found.unsealed} not yet{erased}{newest}"
    return Finding(good=True, text=told)


async def _telegram(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding(good=True, text="telegram: no BOT_TOKEN, so only the local one")
    app = build_app(settings, http=False)
    try:
        me = await app.bot.me()
    except TelegramAPIError as error:
        return Finding(good=False, text=f"telegram: {error.message}")
    finally:
        await app.close()
    return Finding(good=True, text=f"telegram: @{me.username}")
