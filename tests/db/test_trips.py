"""Statements that travel together, on both databases."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.trouble import PASSING
from db.repositories.intake import INBOX
from db.trips import together
from db.uow import Database
from tests.databases import new_sqlite

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
ARRIVED = {"bot_id": 1, "lane": "1:1", "raw": "", "state": "new", "attempts": 0, "received_at": NOW}
KEEPING = (
    insert(INBOX).values({name: bindparam(name) for name in (*ARRIVED, "update_id")}).returning(INBOX.c.id)
)
NOWHERE = text("SELECT of_nothing FROM inbox")


def keep(number: int) -> tuple[object, dict[str, object]]:
    return KEEPING, {**ARRIVED, "update_id": number}


async def numbers(db: Database) -> list[int]:
    async with db.read() as uow:
        return list(await uow.session.scalars(select(INBOX.c.update_id).order_by(INBOX.c.update_id)))


async def test_each_tells_how_many_rows_it_met_and_what_it_gives(db: Database) -> None:
    renamed = INBOX.update().where(INBOX.c.bot_id == bindparam("bot")).values(lane=bindparam("to"))
    async with db.write() as uow:
        [(one, [(first,)]), (two, [(second,)]), (met, nothing)] = await together(
            uow.session, keep(1), keep(2), (renamed, {"bot": 1, "to": "2:2"})
        )
    assert (one, two, met, list(nothing)) == (1, 1, 2, [])
    assert second > first
    async with db.read() as uow:
        kept = (await uow.session.execute(select(INBOX.c.lane, INBOX.c.received_at))).all()
    assert [tuple(row) for row in kept] == [("2:2", NOW)] * 2


@pytest.mark.parametrize("opening", ["write_at_once", "write"])
async def test_all_of_them_or_none(db: Database, opening: str) -> None:
    for way_out in (False, True):
        with nullcontext() if way_out else pytest.raises(DBAPIError):
            async with getattr(db, opening)() as uow:
                last = keep(2) if way_out else (NOWHERE, {})
                await together(uow.session, keep(1), last)
        assert await numbers(db) == ([1, 2] if way_out else [])


async def test_what_was_undone_leaves_a_connection_that_works(db: Database) -> None:
    for _ in range(12):  # More often than there are connections.
        with pytest.raises(DBAPIError):
            async with db.write_at_once() as uow:
                await together(uow.session, keep(1), (NOWHERE, {}))
    async with db.write_at_once() as uow:
        await together(uow.session, keep(3))
    assert await numbers(db) == [3]


async def test_they_are_part_of_the_transaction_around_them(db: Database) -> None:
    async def begun_and_broken_off() -> None:
        async with db.write() as uow:
            await together(uow.session, keep(1), keep(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await begun_and_broken_off()
    assert await numbers(db) == []


async def test_what_is_locked_for_long_is_passing_trouble(tmp_path: Path) -> None:
    db = Database.open(new_sqlite(tmp_path))
    async with db.write() as uow:
        await together(uow.session, keep(1))
        async with db.look() as other:
            await other.session.execute(text("PRAGMA busy_timeout=0"))
            with pytest.raises(OperationalError) as failure:
                await together(other.session, keep(2))
    assert isinstance(failure.value, PASSING)
    assert await numbers(db) == [1]
    await db.close()
