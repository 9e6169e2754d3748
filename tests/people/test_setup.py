"""The first start."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.uow import Database
from services.setup import FOUNDINGS, Setup, hash_of
from tests.databases import database_at, new_sqlite


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    db = database_at(new_sqlite(tmp_path))
    yield db
    await db.close()


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_new_company_can_sell_at_once(empty: Database, language: str) -> None:
    assert await Setup(empty, Noon()).ensure(FOUNDINGS[language])
    async with empty.read() as uow:
        pipeline = await uow.pipelines.default()
        assert pipeline is not None
        stages = await uow.pipelines.stages(pipeline.id)
        assert [stage.kind for stage in stages] == ["open", "open", "open", "payment", "won", "lost"]
        assert [stage.name for stage in stages] == list(FOUNDINGS[language].stages)
        assert stages[2].required == ["amount"]
        assert stages[3].required == ["amount", "contact"]
        assert len(await uow.pipelines.loss_reasons()) == 6
        assert [row.name for row in await uow.people.departments()] == [FOUNDINGS[language].department]
        workspace = await uow.people.workspace()
        assert workspace is not None
        assert workspace.language == language


async def test_a_second_start_changes_nothing(empty: Database) -> None:
    setup = Setup(empty, Noon())
    await setup.ensure(FOUNDINGS["ru"])
    assert not await setup.ensure(FOUNDINGS["en"])
    async with empty.read() as uow:
        assert len(await uow.pipelines.all()) == 1
        workspace = await uow.people.workspace()
        assert workspace is not None
        assert workspace.language == "ru"


async def test_two_replicas_that_start_at_once_make_one_company(db: Database) -> None:
    setup = Setup(db, Noon())
    made = await asyncio.gather(*(setup.ensure(FOUNDINGS["en"]) for _ in range(4)))
    assert sorted(made) == [False, False, False, True]
    async with db.read() as uow:
        assert len(await uow.pipelines.all()) == 1
        assert len(await uow.people.departments()) == 1


async def test_only_the_newest_owner_link_counts_and_only_its_hash_is_kept(empty: Database) -> None:
    setup = Setup(empty, Noon())
    await setup.ensure(FOUNDINGS["en"])
    first, second = await setup.owner_link(), await setup.owner_link()
    assert first is not None
    assert second is not None
    assert first != second
    assert len(second) <= 64
    async with empty.read() as uow:
        workspace = await uow.people.workspace()
        assert workspace is not None
        assert workspace.owner_link_hash == hash_of(second)
