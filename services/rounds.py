"""Rounds: timers that set themselves anew every few minutes, so that there is always a next one."""

from datetime import datetime, timedelta

from db.uow import UnitOfWork
from services.timers import TimerKind

EVERY = timedelta(minutes=5)


async def begin(uow: UnitOfWork, kind: TimerKind, now: datetime) -> None:
    """Set the first round, unless one is set; called at each start."""
    if not await uow.timers.waits(kind):
        await set_next(uow, kind, now)


async def set_next(uow: UnitOfWork, kind: TimerKind, now: datetime) -> None:
    """At the next full five minutes: so the rounds of several instances become one.

    It is told since when it is to look, in `params.since`.
    """
    step = EVERY.total_seconds()
    due_at = now + timedelta(seconds=step - now.timestamp() % step)
    await uow.timers.set_once(
        kind=kind,
        subject="workspace",
        subject_id=1,
        dedupe=f"{kind}:{due_at.isoformat()}",
        params={"since": now.isoformat()},
        due_at=due_at,
        created_at=now,
    )
