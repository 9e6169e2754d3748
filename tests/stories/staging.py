"""Worlds to tell stories in: in either language, twice side by side, and after a restart."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from aiogram.types import Update

from bot.i18n import catalogue
from bot.inbox import Intake, Worker
from bot.inbox.worker import Handle
from bot.metrics import Metrics
from bot.outside import outside
from db.repositories.cards import CardBinding
from db.uow import AlreadyAppliedError, Cause
from services.bundle import Services
from services.setup import FOUNDINGS
from tests.cast import TurnedClock, cast_company
from tests.databases import database_at, drop_postgres, new_postgres, new_sqlite
from tests.world import World, open_world


class Words:
    """What the buttons and stages are called in a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = catalogue(language)
        self._stages = dict(zip(FOUNDINGS["en"].stages, FOUNDINGS[language].stages, strict=True))

    def __call__(self, label: str, **values: object) -> str:
        text = self._texts.gettext(label)
        return text.format(**values) if values else text

    def stage(self, name: str) -> str:
        """A stage of the first pipeline, by its English name."""
        return self._stages[name]


@asynccontextmanager
async def staged(backend: str, folder: Path, language: str = "en") -> AsyncIterator[World]:
    """A world on a database of its own."""
    url = new_postgres() if backend == "postgres" else new_sqlite(folder)
    db, clock = database_at(url), TurnedClock()
    try:
        services = Services(db, clock, outside())
        await cast_company(db, services, clock, language)
        async with open_world(db, services, clock, folder) as world:
            yield world
    finally:
        await db.close()
        if backend == "postgres":
            drop_postgres(url)


@asynccontextmanager
async def restarted(world: World, times: int = 1) -> AsyncIterator[World]:
    """The program anew on the same database and the same Telegram: nothing it knew by heart is left.

    With `times` each update passes through it so often, as after crashes before it was marked done.
    """
    await world.worker.stop(5)
    services = Services(world.db, world.clock, outside())
    new = World(world.db, services, world.clock, world.telegram, world.bot, world.folder)
    if times > 1:
        new.worker = Worker(world.bot, world.db, world.clock, "again", _repeating(new, times), Metrics())
        new.intake = Intake(world.db, world.clock, "again", new.worker, Metrics())
    running = asyncio.create_task(new.worker.run())
    try:
        yield new
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _repeating(world: World, times: int) -> Handle:
    async def handle(update: Update, cause: Cause) -> Sequence[CardBinding]:
        bindings: Sequence[CardBinding] = ()
        for _ in range(times):
            with suppress(AlreadyAppliedError):
                bindings = await world.front.handle(update, cause)
        return bindings

    return handle
