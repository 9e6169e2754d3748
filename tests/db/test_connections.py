"""Connections that died between two uses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.trouble import PASSING
from db import engine
from db.leases import Holder
from db.uow import AlreadyAppliedError, Cause, Database
from tests.databases import drop_postgres, new_postgres


@pytest.fixture
async def db() -> AsyncIterator[Database]:
    """A PostgreSQL database with two connections in its pool."""
    url = new_postgres()
    db = Database.open(url)
    async with db.read() as one, db.read() as other:
        await one.session.execute(text("SELECT 1"))
        await other.session.execute(text("SELECT 1"))
    yield db
    await db.close()
    drop_postgres(url)


async def cut_off_all(db: Database) -> None:
    """End every connection of the pool, as a restart of the server does."""
    other = Database.open(db.engine.url.render_as_string(hide_password=False))
    async with other.read() as uow:
        await uow.session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await other.close()


async def ask(db: Database) -> int | None:
    async with db.read() as uow:
        return await uow.session.scalar(text("SELECT 1"))


async def test_a_connection_that_has_rested_is_replaced_unnoticed(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "RESTED", 0.0)
    await cut_off_all(db)
    assert [await ask(db), await ask(db)] == [1, 1]


async def test_one_in_use_fails_once_as_passing_trouble_and_takes_the_others_along(db: Database) -> None:
    await cut_off_all(db)
    with pytest.raises(OperationalError) as failure:
        await ask(db)
    assert isinstance(failure.value, PASSING)
    assert [await ask(db), await ask(db)] == [1, 1]


async def test_what_goes_in_one_trip_fails_the_same_way(db: Database) -> None:
    await cut_off_all(db)
    for _ in range(2):
        with pytest.raises(OperationalError) as failure:
            await claim(db)
        assert isinstance(failure.value, PASSING)
    with pytest.raises(AlreadyAppliedError):
        await claim(db)


async def test_one_that_was_waited_for_in_vain_is_given_up(db: Database) -> None:
    async with db.write() as uow:
        now = datetime.now(UTC)
        await uow.inbox.store([(1, 1, "1:1", {})], Holder("here", now), 1, shared=True)
    async with db.read() as holds:
        await holds.session.execute(text("SELECT 1 FROM inbox FOR UPDATE"))
        waits = asyncio.create_task(claim(db))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(waits, 0.2)
    assert [await ask(db) for _ in range(3)] == [1, 1, 1]
    await claim(db)


async def claim(db: Database) -> None:
    async with db.write(Cause(1, 1)):
        pass


async def test_a_connection_knows_what_it_has_prepared_after_reads_have_ended(db: Database) -> None:
    known = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%workspace%'")
    for _ in range(16):  # By two connections, each of which prepares a statement after five times.
        async with db.read() as uow:
            await uow.session.scalar(text("SELECT count(*) FROM workspace"))
    async with db.read() as uow:
        assert await uow.session.scalar(known) == 1
