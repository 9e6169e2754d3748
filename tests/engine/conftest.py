"""The rig, on each database in turn."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.log import configure
from db.uow import Database
from tests.engine.rig import Rig, open_rig


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """As the program writes them."""
    root = logging.getLogger()
    before = root.handlers, root.level
    configure("INFO")
    yield
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
async def rig(db: Database, tmp_path: Path) -> AsyncIterator[Rig]:
    """An engine on a local Telegram; not started."""
    async with open_rig(db, tmp_path) as made:
        yield made
