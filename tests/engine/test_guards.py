"""The database itself refuses to change or delete what has happened, but for an erasure, and its seals."""

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import IntegrityError

from db.guards import unguarded
from db.models import Event, Seal
from db.uow import Database
from services import seals
from tests.engine.test_seals import LATER, NOW, ids, write

ERASED = {"changes": {}, "fingerprint": "0" * 64}
DEEDS: dict[str, Executable] = {
    "an event is changed": update(Event).where(Event.subject_id == 1).values(action="deal.win"),
    "an event is told otherwise": update(Event).where(Event.subject_id == 1).values(changes={}),
    "an event is erased by none": update(Event).where(Event.subject_id == 1).values(**ERASED, erased_by=1),
    "an event is deleted": delete(Event).where(Event.subject_id == 1),
    "a seal is changed": update(Seal).values(digest="0" * 64),
    "a seal is deleted": delete(Seal),
}


async def erasure(db: Database) -> int:
    """The event of one."""
    async with db.write() as uow:
        of = {"subject": "contact", "subject_id": 9, "changes": {}}
        return await uow.history.append(at=NOW, door="private", action=seals.ERASURE, **of)


async def refused(db: Database, deed: Executable) -> None:
    with pytest.raises(IntegrityError, match="the history is only added to"):
        async with db.write() as uow:
            await uow.session.execute(deed)


async def unguarded_do(db: Database, deed: Executable, *, fail: bool = False) -> None:
    async with db.write() as uow, unguarded(await uow.session.connection()):
        await uow.session.execute(deed)
        if fail:
            raise ZeroDivisionError


@pytest.mark.parametrize("deed", DEEDS)
async def test_what_happened_stays_as_it_was(db: Database, deed: str) -> None:
    await write(db, 3)
    await seals.seal(db, LATER)
    await refused(db, DEEDS[deed])
    found = await seals.verify(db)
    assert (found.events, found.broken) == (3, None)


async def test_an_erasure_takes_data_out_of_an_event_and_nothing_else(db: Database) -> None:
    await write(db, 3)
    by = await erasure(db)
    mine = update(Event).where(Event.subject_id == 1)
    await refused(db, mine.values(**ERASED, erased_by=by, action="deal.win"))
    await refused(db, mine.values(**ERASED, erased_by=by, actor_id=None, at=LATER))
    async with db.write() as uow:
        await uow.session.execute(mine.values(**ERASED, erased_by=by))
    await refused(db, mine.values(fingerprint="1" * 64))
    await refused(db, mine.values(erased_by=None))


async def test_whoever_puts_the_guards_aside_does_so_for_one_transaction(db: Database) -> None:
    await write(db, 3)
    first = delete(Event).where(Event.id == (await ids(db))[0])
    with pytest.raises(ZeroDivisionError):
        await unguarded_do(db, first, fail=True)
    await refused(db, first)
    assert len(await ids(db)) == 3
    await unguarded_do(db, first)
    await refused(db, delete(Event))
    assert len(await ids(db)) == 2
    if db.backend == "postgresql":
        await refused(db, text("TRUNCATE event"))
