"""The history is sealed stretch by stretch, and a seal tells whatever was done to it afterwards."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, insert, select, update

from bot.backup import bring_up_to_date
from bot.checking import check
from bot.settings import Settings
from db.guards import unguarded
from db.models import Event, Seal, Unsealed
from db.uow import Database
from services import seals
from services.seals import Verdict, seal, verify

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + seals.SETTLED + timedelta(seconds=1)


async def write(db: Database, count: int, at: datetime = NOW) -> None:
    """Events of one kind after the other."""
    rows: list[dict[str, object]] = [
        {
            "at": at + timedelta(microseconds=number),
            "door": "telegram",
            "bot_id": 42,
            "update_id": number,
            "action": "deal.edit",
            "subject": "deal",
            "subject_id": number,
            "changes": {
                "title": [None, f"«Окна» {number}"],
                "amount": [1.5, number],
                "b": [[1], {"z": 1, "a": 2}],
            },
        }
        for number in range(count)
    ]
    async with db.write() as uow:
        await uow.history.append_many(rows)


async def tamper(db: Database, *deeds: Executable) -> None:
    """What somebody does to the tables who has put their guards aside."""
    async with db.write() as uow, unguarded(await uow.session.connection()):
        for deed in deeds:
            await uow.session.execute(deed)


async def ids(db: Database) -> list[int]:
    async with db.read() as uow:
        return list(await uow.session.scalars(select(Event.id).order_by(Event.id)))


async def test_what_has_settled_is_sealed_and_found_as_it_was(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "STRETCH", 3)
    assert await verify(db) == Verdict(0, 0, "")
    await seal(db, LATER)
    await write(db, 7)
    await seal(db, NOW + seals.SETTLED)
    assert (await verify(db)).unsealed == 7, "none is old enough"
    await seal(db, LATER)
    first = await verify(db)
    assert (first.events, first.unsealed, first.broken) == (7, 0, None)
    await write(db, 2, LATER)
    await seal(db, LATER)
    again = await verify(db)
    assert (again.events, again.unsealed, again.newest) == (7, 2, first.newest)
    await seal(db, LATER + seals.SETTLED + timedelta(seconds=1))
    last = await verify(db)
    assert (last.events, last.unsealed, last.broken) == (9, 0, None)
    assert last.newest != first.newest


async def test_an_event_whose_neighbour_is_young_waits_for_it(db: Database) -> None:
    """Numbers may be older than moments: what follows a young event is not sealed before it."""
    await write(db, 2)
    await write(db, 1, LATER)
    await write(db, 2)
    await seal(db, LATER)
    found = await verify(db)
    assert (found.events, found.unsealed) == (2, 3)


@pytest.mark.parametrize("deed", ["changed", "deleted", "added", "seal changed", "seal deleted"])
async def test_whatever_is_done_to_it_is_found(
    db: Database, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    monkeypatch.setattr(seals, "STRETCH", 2)
    await write(db, 7)
    events = await ids(db)
    gap = events[3]
    await tamper(db, delete(Event).where(Event.id == gap), delete(Unsealed).where(Unsealed.event_id == gap))
    await seal(db, LATER)
    assert (await verify(db)).broken is None
    forged = {"id": gap, "at": NOW, "door": "cli", "action": "x", "subject": "deal", "subject_id": 1}
    done = {
        "changed": update(Event).where(Event.id == events[2]).values(changes={"amount": [1, 2]}),
        "deleted": delete(Event).where(Event.id == events[2]),
        "added": insert(Event).values(changes={}, **forged),
        "seal changed": update(Seal).where(Seal.id == 2).values(digest="0" * 64),
        "seal deleted": delete(Seal).where(Seal.id == 2),
    }[deed]
    await tamper(db, done)
    found = await verify(db)
    assert found.events == 2
    assert found.broken is not None
    assert found.broken[0] == events[1] + 1


async def test_what_goes_before_it_is_sealed_is_missed(db: Database) -> None:
    """Also when something new got its number, as on SQLite, and after the stretch was sealed without it."""
    await write(db, 7)
    events = await ids(db)
    await tamper(db, delete(Event).where(Event.id.in_(events[-3:])))
    assert (await verify(db)).missing == (3, events[-3])
    await write(db, 2, NOW + timedelta(seconds=1))
    await seal(db, LATER + timedelta(seconds=1))
    found = await verify(db)
    assert (found.events, found.broken, found.missing) == (6, None, (3, events[-3]))


async def test_of_two_that_seal_at_once_one_does(db: Database) -> None:
    await write(db, 50)
    await asyncio.gather(*(seal(db, LATER) for _ in range(4)))
    found = await verify(db)
    assert (found.events, found.broken) == (50, None)


async def test_the_check_reads_the_whole_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DATA_DIR": str(tmp_path), "DATABASE_URL": "", "BOT_TOKEN": ""}.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    await bring_up_to_date(settings, NOW)
    db = Database.open(settings.database)
    await write(db, 3)
    await seal(db, LATER)
    newest = (await verify(db)).newest[:16]
    told = {finding.text: finding.good for finding in await check()}
    assert told[f"history: 3 events sealed, 0 not yet, the newest seal {newest}"]
    await write(db, 2)
    await tamper(db, delete(Event).where(Event.id == 5))
    told = {finding.text: finding.good for finding in await check()}
    assert not told["history: 1 events are gone that no seal covered yet, the first of them 5"]
    await tamper(db, update(Event).where(Event.subject_id == 1).values(action="deal.win"))
    await db.close()
    told = {finding.text: finding.good for finding in await check()}
    assert not told["history: events 1 to 3 are not what they were when they were sealed"]
