"""Imports in the background: fetches the files and has them read, loaded and taken back."""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.trouble import PASSING, backoff, told
from services.dto.imports import ImportJob, ImportState
from services.errors import AppError
from services.imports.work import ImportWork, LostError

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
"""How often to look for work that another replica was told of; one's own rings the bell."""
DOWNLOAD_SECONDS = 120
TRIES = 3


class ImportRunner:
    """One instance's worker: one import at a time, portion by portion, until it is stopped."""

    def __init__(
        self, bot: Bot | None, work: ImportWork, bell: asyncio.Event, name: str, data_dir: Path
    ) -> None:
        self._bot = bot
        self._work = work
        self._bell = bell
        self.name = name
        self.folder = data_dir / "imports"
        self._failures: dict[int, int] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`."""
        await self._work.recover(self.name)
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                worked = await self.step()
            except PASSING as error:
                log.warning("import_waits", error=told(error))
                worked = False
            if not worked:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), LOOK_SECONDS)

    def stop(self) -> None:
        """Take up nothing more. What is in hand may be cut off: it goes on from its last portion."""
        self._stopping.set()
        self._bell.set()

    async def let_go(self) -> None:
        """Give back what one holds."""
        await self._work.let_go(self.name)

    async def step(self) -> bool:
        """Do one thing that waits; False if nothing does. Raises what may pass by itself."""
        job = await self._work.claim(self.name)
        if job is None:
            return False
        try:
            await self._do(job)
            self._failures.pop(job.id, None)
        except AppError as error:
            await self._work.stop(job, error)
        except LostError:
            log.info("import_taken_over", import_id=job.id)
        except PASSING:
            await self.let_go()
            raise
        except Exception as error:  # noqa: BLE001 - the outermost border: one bad file must not end the program
            await self._failed(job, error)
        await self.tidy()
        return True

    def path_of(self, import_id: int) -> Path:
        """Where the file of an import lies; its name is ours, never the sender's."""
        return self.folder / str(import_id)

    async def tidy(self) -> None:
        """Remove the files that nothing waits for: they are full of people's data."""
        kept = {str(import_id) for import_id in await self._work.unfinished()}

        def remove_rest() -> None:
            for path in self.folder.glob("*"):
                if path.stem not in kept:
                    path.unlink(missing_ok=True)

        await asyncio.to_thread(remove_rest)

    async def _do(self, job: ImportJob) -> None:
        if job.state == ImportState.UNDOING:
            await self._work.undo(job)
            return
        path = await self._file(job)
        if job.state == ImportState.RECEIVED:
            await self._work.read(job, path)
        else:
            await self._work.load(job, path, self.name)

    async def _file(self, job: ImportJob) -> Path:
        """The file, fetched from Telegram unless it is here."""
        path = self.path_of(job.id)
        if await asyncio.to_thread(path.exists):
            return path
        if job.file_id is None or self._bot is None:
            raise AppError("import.file_gone")
        await asyncio.to_thread(self.folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        try:
            await self._bot.download(job.file_id, part, timeout=DOWNLOAD_SECONDS)
        except TelegramBadRequest as error:
            raise AppError("import.file_gone") from error
        await asyncio.to_thread(part.rename, path)
        return path

    async def _failed(self, job: ImportJob, error: Exception) -> None:
        """A mistake of ours, or a file like nobody thought of: tried again, but not for ever."""
        failures = self._failures[job.id] = self._failures.get(job.id, 0) + 1
        log.error("import_failed", import_id=job.id, error=told(error), failures=failures)
        if failures >= TRIES:
            await self._work.stop(job, AppError("import.broken"))
            return
        await self.let_go()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), backoff(failures, first=1, most=30))
