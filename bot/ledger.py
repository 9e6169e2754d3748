"""Writes what is finished, in one transaction for all that came while the last one was under way."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

import structlog

from bot.trouble import PASSING, backoff, told

log = structlog.get_logger(__name__)
Entry = TypeVar("Entry")


class Ledger(Generic[Entry]):
    """Entries are written in groups, and again until it succeeds.

    `strip` makes of an entry that the database refuses for good one that it will take. `gather`: so many
    seconds the first entry waits for others, unless somebody waits for it; while a group is written the next
    one gathers anyway.
    """

    def __init__(
        self,
        name: str,
        write: Callable[[list[Entry]], Awaitable[None]],
        strip: Callable[[Entry], Entry],
        *,
        gather: float = 0,
    ) -> None:
        self._name = name
        self._write = write
        self._strip = strip
        self._gather = gather
        self._entries: list[Entry] = []
        self._some = asyncio.Event()
        self._none = asyncio.Event()
        self._none.set()
        self._hurry = asyncio.Event()

    def note(self, entry: Entry) -> None:
        """Write this soon."""
        self._entries.append(entry)
        self._some.set()
        self._none.clear()

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._some.wait()
            if self._gather:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hurry.wait(), self._gather)
            entries, self._entries = self._entries, []
            self._some.clear()
            try:
                await self._until_written(entries)
            except Exception:  # what else the database refuses is refused for one of them
                log.exception("entries_refused", ledger=self._name, entries=len(entries))
                await self._one_by_one(entries)
            if not self._entries:
                self._hurry.clear()
                self._none.set()

    async def written(self) -> None:
        """Wait until nothing is left to write; nothing gathers meanwhile."""
        if not self._none.is_set():
            self._hurry.set()
        await self._none.wait()

    async def _until_written(self, entries: list[Entry]) -> None:
        failures = 0
        while True:
            try:
                await self._write(entries)
            except PASSING as error:
                failures += 1
                log.warning("ledger_waits", ledger=self._name, entries=len(entries), error=told(error))
                await asyncio.sleep(backoff(failures, first=0.2, most=5))
            else:
                return

    async def _one_by_one(self, entries: list[Entry]) -> None:
        for entry in entries:
            try:
                await self._until_written([self._strip(entry)])
            except Exception:  # as above; the row stays as it was and is worked on again after the next start
                log.exception("entry_lost", ledger=self._name)
