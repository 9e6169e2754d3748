"""An owner with files, and the runner that works on them."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.clock import Clock
from services.dto.imports import ImportCard
from services.imports.work import ImportWork
from tests.cast import START


class Desk:
    """The owner at work: hands in a file, presses buttons, and waits until all is done."""

    def __init__(
        self, services: Services, db: Database, owner: Actor, runner: ImportRunner, folder: Path
    ) -> None:
        self.services, self.db = services, db
        self.imports = services.imports
        self.owner = owner
        self.runner = runner
        self.folder = folder
        self.today = START.date()

    async def hand_in(self, content: str | bytes, filename: str = "deals.csv") -> ImportCard:
        """A file is sent and read."""
        raw = content.encode() if isinstance(content, str) else content
        card = await self.imports.receive(self.owner, filename, len(raw))
        path = self.runner.path_of(card.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return await self.settle(card)

    async def settle(self, card: ImportCard) -> ImportCard:
        """Until nothing waits any more."""
        while await self.runner.step():
            pass
        return await self.imports.card(self.owner, card.id)

    async def run(self, content: str | bytes, filename: str = "deals.csv") -> ImportCard:
        """From the file to the deals."""
        card = await self.hand_in(content, filename)
        await self.imports.start(self.owner, card.id)
        return await self.settle(card)

    async def take_back(self, card: ImportCard) -> ImportCard:
        """Undo it all."""
        await self.imports.take_back(self.owner, card.id)
        return await self.settle(card)


@pytest.fixture
async def desk(
    services: Services,
    db: Database,
    clock: Clock,
    actor: Callable[[str], Awaitable[Actor]],
    tmp_path: Path,
) -> Desk:
    work = ImportWork(db, clock, TableFiles())
    runner = ImportRunner(None, work, services.imports.bell, "test", tmp_path)
    return Desk(services, db, await actor("olga"), runner, tmp_path)


@pytest.fixture
def rows(db: Database) -> Callable[[Any], Awaitable[list[Any]]]:
    """What a statement finds now."""

    async def find(statement: Any) -> list[Any]:
        async with db.read() as uow:
            return list((await uow.session.execute(statement)).all())

    return find
