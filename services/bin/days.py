"""How long something lies in the bin: thirty days after that of its deletion, by the company's calendar."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.uow import Database, UnitOfWork
from services import history
from services.access import NOBODY, Actor
from services.privacy.events import scrub_history
from services.seals import ERASURE

DAYS = 30
BITE = 200
DESTROYED: history.Changes = {"destroyed": (False, True)}


async def zone_of(uow: UnitOfWork) -> ZoneInfo:
    """The company's own."""
    workspace = await uow.people.workspace()
    return ZoneInfo(workspace.time_zone if workspace else "UTC")


def days_left(deleted_at: datetime, now: datetime, zone: ZoneInfo) -> int:
    """For so many more days it can be brought back; 0 on the last one."""
    gone = now.astimezone(zone).date() - deleted_at.astimezone(zone).date()
    return max(DAYS - gone.days, 0)


def first_moment(now: datetime, zone: ZoneInfo) -> datetime:
    """What was deleted before it cannot be brought back any more."""
    first_day = now.astimezone(zone).date() - timedelta(days=DAYS)
    return datetime.combine(first_day, time(), zone)


async def empty(db: Database, now: datetime) -> None:
    """Destroy for good what has lain there for its time; done again it finds nothing more."""
    while await _empty_some(db, now):
        pass
    while await _forget_field(db, now):
        pass


async def _forget_field(db: Database, now: datetime) -> bool:
    """Whether there may be another field that was deleted long ago; its values go, one field at a time."""
    async with db.write() as uow:
        for field in await uow.fields.expired(first_moment(now, await zone_of(uow)), 1):
            await uow.fields.remove(field)
            return True
        return False


async def _empty_some(db: Database, now: datetime) -> bool:
    """Whether there may be more."""
    async with db.write() as uow:
        ids = await uow.bin.expired(first_moment(now, await zone_of(uow)), BITE)
        await destroy(uow, NOBODY, now, ids)
        return len(ids) == BITE


async def destroy(uow: UnitOfWork, actor: Actor, now: datetime, ids: Collection[int]) -> dict[int, int]:
    """Destroy what these keep. Their history goes on telling what was done, and no names; nobody could ask
    for the erasure of what is not there any more. Returns the event of each subject.
    """
    events = {}
    for gone in await uow.bin.destroy(ids) if ids else []:
        event = await history.record(uow, actor, now, ERASURE, gone.kind, gone.id, DESTROYED)
        await scrub_history(uow, {gone.kind: [gone.id], "task": gone.tasks}, event)
        events[gone.id] = event
    return events
