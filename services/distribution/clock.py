"""When a department's free leads are looked at: a timer, set by whatever could free somebody."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from db.models import Lead
from db.uow import UnitOfWork
from services import lead_notices
from services.access import Actor
from services.distribution.rules import Mode
from services.distribution.ways import ways_of
from services.timers import TimerKind


async def look(uow: UnitOfWork, department_id: int, now: datetime, at: datetime | None = None) -> None:
    """Give out the free leads of a department, now or at a moment, if it gives out any.

    Only adds a timer: whoever calls it holds other rows already, and two of them could wait for each other.
    """
    department = await uow.people.department(department_id)
    if department is None or not (await ways_of(uow, department)).gives:
        return
    await uow.timers.set(
        kind=TimerKind.LEAD_QUEUE,
        subject="department",
        subject_id=department_id,
        dedupe=f"{TimerKind.LEAD_QUEUE}:{uuid4().hex}",
        due_at=at or now,
        created_at=now,
    )


async def look_all(uow: UnitOfWork, departments: Iterable[int], now: datetime) -> None:
    """The same for several."""
    for one in departments:
        await look(uow, one, now)


async def spread(uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, event: int) -> None:
    """A lead is free: everybody is told who could take it, or somebody gets it in their turn."""
    department = await uow.people.department(lead.department_id)
    ways = await ways_of(uow, department) if department is not None else None
    gives = ways is not None and ways.of(lead.pipeline_id).mode is not Mode.ALL
    await lead_notices.announce(uow, actor, now, lead, event, only_team=gives)
    if gives:
        await look(uow, lead.department_id, now)
