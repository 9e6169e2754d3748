"""Which backend a story that stages its own worlds runs on, and a world that speaks Russian."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.staging import staged
from tests.world import World


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    """SQLite and PostgreSQL in turn."""
    return str(request.param)


@pytest.fixture
async def russian(backend: str, tmp_path: Path) -> AsyncIterator[World]:
    """The cast with phones in their hands, all of them speaking Russian."""
    async with staged(backend, tmp_path, "ru") as world:
        yield world
