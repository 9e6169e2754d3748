"""`sdelka import FILE`: the same import as in the chat, in a terminal."""

import asyncio
import re
import secrets
from collections.abc import Callable
from html import unescape
from pathlib import Path
from shutil import copyfile
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.i18n import Speech
from bot.importing import ImportRunner
from bot.outside import outside
from bot.serve import StartError, read_settings
from bot.settings import Settings
from db.schema import at_head
from db.uow import Database
from handlers.errors import words
from handlers.views import imports as views
from keyboards.tongue import Html
from services.access import Actor, Door
from services.bundle import Services
from services.clock import SystemClock
from services.dto.imports import DateOrder, ImportCard, ImportDeed, ImportState
from services.errors import AppError
from services.imports.work import WORK, ImportWork

ASK_AGAIN = 0.2
Ask = Callable[[str], bool]


class ImportFailedError(Exception):
    """Nothing was imported, in words for whoever asked."""


async def import_file(file: Path, ask: Ask | None, out: Console) -> None:
    """Import a file in the owner's name; `ask` is asked before anything is written, None: nobody is.

    Raises ImportFailedError. What fails row by row is written beside the file.
    """
    try:
        settings = read_settings()
    except StartError as error:
        raise ImportFailedError(str(error)) from None
    if not await asyncio.to_thread(file.is_file):
        raise ImportFailedError(f"There is no file {file}.")
    db = Database.open(settings.database)
    try:
        if not await at_head(db.engine):
            raise ImportFailedError("The database is not at this program's schema; run `migrate`.")
        await _Command(db, settings, ask, out).run(file)
    except AppError as error:
        raise ImportFailedError(words(error, Speech("en", ZoneInfo("UTC"), SystemClock()))) from error
    finally:
        await db.close()


class _Command:
    def __init__(self, db: Database, settings: Settings, ask: Ask | None, out: Console) -> None:
        clock = SystemClock()
        self._services: Services = Services(db, clock, outside())
        work = ImportWork(db, clock, self._services.outside.tables)
        bell = self._services.imports.bell
        name = f"import:{secrets.token_hex(8)}"
        self._runner = ImportRunner(None, work, bell, name, settings.data_dir)
        self._clock = clock
        self._ask = ask
        self._out = out

    async def run(self, file: Path) -> None:
        owner = await self._services.people.owner(Door.COMMAND)
        if owner is None:
            raise ImportFailedError("There is no owner yet: start Sdelka and open the owner's link first.")
        t = Speech(owner.language, owner.zone, self._clock)
        card = await self._settle(owner, await self._hand_in(owner, file))
        if card.preview is not None and card.preview.order_sample is not None:
            card = await self._settle(owner, await self._dates(owner, card, card.preview.order_sample))
        self._tell(views.card(card, t).text)
        startable = ImportDeed.START in card.can
        if not startable or (self._ask is not None and not self._ask(t("Import it?"))):
            if ImportDeed.CANCEL in card.can:
                await self._services.imports.cancel(owner, card.id)
                await self._runner.tidy()
            raise ImportFailedError("Nothing was imported.")
        card = await self._settle(owner, await self._services.imports.start(owner, card.id))
        self._tell(views.card(card, t).text)
        if card.failed:
            await self._give_back(owner, card, file, t)
        if card.state != ImportState.DONE:
            raise ImportFailedError(
                "The import stopped before its end; the owner can take it back in the bot."
            )

    async def _hand_in(self, owner: Actor, file: Path) -> ImportCard:
        """The import is held until its file has been copied: a running bot would look for it at once."""
        size = (await asyncio.to_thread(file.stat)).st_size
        card = await self._services.imports.receive(owner, file.name, size, holder=self._runner.name)
        await asyncio.to_thread(self._runner.folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        await asyncio.to_thread(copyfile, file, self._runner.path_of(card.id))
        await self._runner.let_go()
        return card

    async def _dates(self, owner: Actor, card: ImportCard, sample: str) -> ImportCard:
        if self._ask is None:
            raise ImportFailedError(f"{sample}: day or month first? Run it without --yes and answer.")
        day_first = self._ask(f"{sample}: does the day come first?")
        order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
        return await self._services.imports.choose_dates(owner, card.id, order)

    async def _settle(self, owner: Actor, card: ImportCard) -> ImportCard:
        """Until it waits for nobody but us; the running bot may be the one that does the work."""
        while card.state in WORK:
            if not await self._runner.step():
                await asyncio.sleep(ASK_AGAIN)
            card = await self._services.imports.card(owner, card.id)
        return card

    async def _give_back(self, owner: Actor, card: ImportCard, file: Path, t: Speech) -> None:
        failed = await self._services.imports.failed_rows(owner, card.id)
        content = self._services.outside.tables.csv(*views.failed_table(failed, t))
        beside = file.with_name(f"{file.stem}-failed.csv")
        await asyncio.to_thread(beside.write_bytes, content)
        self._out.print(str(beside), markup=False, highlight=False, soft_wrap=True)

    def _tell(self, text: Html) -> None:
        plain = unescape(re.sub("<[^>]+>", "", text))
        self._out.print(plain, markup=False, highlight=False, soft_wrap=True)
