"""Transactions end as they should, whatever happens in them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from db.models import LossReason
from db.uow import Database
from tests.databases import new_sqlite


@pytest.fixture
async def other(db: Database) -> AsyncIterator[Database]:
    """The same database, opened by someone else."""
    other = Database.open(db.engine.url.render_as_string(hide_password=False))
    yield other
    await other.close()


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """An SQLite database."""
    file = Database.open(new_sqlite(tmp_path))
    yield file
    await file.close()


async def names(db: Database) -> list[str]:
    async with db.read() as uow:
        return list((await uow.session.scalars(select(LossReason.name).order_by(LossReason.id))).all())


async def add(db: Database, *reasons: str) -> None:
    async with db.write() as uow:
        await uow.session.execute(insert(LossReason), [{"name": name, "position": 0} for name in reasons])


async def test_what_was_written_is_read_by_others(db: Database, other: Database) -> None:
    await add(db, "Price", "No need")
    assert await names(other) == ["Price", "No need"]


async def test_an_error_undoes_the_whole_block(db: Database, other: Database) -> None:
    async def fail() -> None:
        async with db.write() as uow:
            uow.session.add(LossReason(name="Price"))
            await uow.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await names(db) == []
    await add(other, "No need")


async def test_a_refused_statement_leaves_no_transaction_open(db: Database, other: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.write() as uow:
            await uow.session.execute(insert(LossReason).values(name=None, position=0))
    await add(other, "Price")
    await add(db, "No need")
    assert await names(other) == ["Price", "No need"]


async def test_a_cancelled_block_leaves_no_transaction_open(db: Database, other: Database) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with db.write() as uow:
            await uow.session.execute(insert(LossReason).values(name="Price", position=0))
            inside.set()
            while True:
                await uow.session.execute(select(func.count()).select_from(LossReason))

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add(other, "No need")
    assert await names(db) == ["No need"]


async def test_a_reader_of_sqlite_sees_one_moment(file: Database) -> None:
    await add(file, "Price")
    async with file.read() as uow:
        count = select(func.count()).select_from(LossReason)
        before = await uow.session.scalar(count)
        await add(file, "No need")
        assert await uow.session.scalar(count) == before == 1


async def test_a_transaction_that_did_nothing_costs_nothing(db: Database) -> None:
    statements: list[str] = []
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    async with db.write(), db.read():
        pass
    assert statements == []


async def test_what_a_read_changes_by_mistake_is_not_written(db: Database) -> None:
    await add(db, "Price")
    async with db.read() as uow:
        (await uow.session.scalars(select(LossReason))).one().name = "No need"
    async with db.read() as uow:
        assert await uow.session.scalar(select(LossReason.name)) == "Price"


async def test_a_writer_of_sqlite_keeps_others_out_from_its_first_statement(file: Database) -> None:
    async with file.write() as uow:
        await uow.session.execute(select(LossReason))
        async with file.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(insert(LossReason).values(name="Price", position=0))


async def test_rows_can_be_streamed_from_the_first_statement_on(db: Database) -> None:
    await add(db, *"abc")
    async with db.read() as uow:
        found = await uow.session.stream_scalars(select(LossReason.name).order_by(LossReason.id))
        assert [name async for name in found] == ["a", "b", "c"]


async def test_ids_and_counts_come_back(db: Database) -> None:
    async with db.write() as uow:
        rows = [LossReason(name=name) for name in "abc"]
        uow.session.add_all(rows)
        await uow.session.flush()
        assert [row.id for row in rows] == [1, 2, 3]
        changed = await uow.session.execute(text("UPDATE loss_reason SET position = 5 WHERE id > 1"))
        assert changed.rowcount == 2


async def test_postgres_compiles_no_statement(db: Database) -> None:
    """That costs more than statements as short as ours could win by it."""
    if db.backend == "postgresql":
        for unit in (db.read(), db.look()):
            async with unit as uow:
                assert await uow.session.scalar(text("SHOW jit")) == "off"
