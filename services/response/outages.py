"""When the program itself was away: nobody is held to an answer that they could not give."""

from datetime import datetime, timedelta

from db.repositories.beats import HEARTBEAT
from db.uow import Database, UnitOfWork
from services.clock import Clock
from services.distribution.offers import grant
from services.response.clock import MINUTE, Pace, pace
from services.response.rules import Step
from services.timers import TimerKind

NOTICED = timedelta(minutes=2)
"""A restart takes less, and is no outage to anybody."""
GRACE = {Step.REMIND: timedelta(minutes=5), Step.TASK: timedelta(minutes=5)}
LONG_GRACE = timedelta(minutes=10)
"""For the steps that take a lead away or tell on somebody."""


class Outages:
    """Moves what came due, or was to come due, by the working time that was lost."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def notice(self) -> int:
        """Tell from the last sign of life whether the program was away; how many steps were put off.

        A step comes later by as much working time as was lost, and not before its grace is over.
        """
        async with self._db.read() as uow:
            if await uow.beats.silence(HEARTBEAT, self._clock.now()) < NOTICED:
                return 0
        async with self._db.write() as uow:
            now = self._clock.now()
            away = await uow.beats.silence(HEARTBEAT, now, hold=True)
            if away < NOTICED:
                return 0  # another instance has come back in this moment and noticed it
            await uow.beats.beat(HEARTBEAT, now)
            return await _grant(uow, now - away, now)


async def _grant(uow: UnitOfWork, since: datetime, now: datetime) -> int:
    paces = await _paces(uow)
    moved = 0
    steps = await uow.lead_steps.waiting(TimerKind.LEAD_STEP)
    offers = await uow.lead_steps.waiting(TimerKind.LEAD_OFFER)
    await grant(uow, offers, since, now)
    for timer, lead in steps:
        by, step = paces[lead.department_id], Step(timer.params["step"])
        lead.granted += by.calendar.between(max(since, lead.created_at), now) // MINUTE
        if step in by.rules.minutes:
            timer.due_at = max(by.due(lead, step), now + GRACE.get(step, LONG_GRACE))
            lead.step_at = timer.due_at
            moved += 1
    return moved


async def _paces(uow: UnitOfWork) -> dict[int, Pace]:
    return {row.id: await pace(uow, row) for row in await uow.people.departments()}
