"""The free leads of a department, given out one after the other in the order in which they came."""

from datetime import datetime, timedelta

from db.models import Department, Lead, Timer
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import NOBODY
from services.calendars import calendar_of
from services.clock import Clock
from services.distribution.clock import look
from services.distribution.giving import give
from services.distribution.turns import Turns
from services.distribution.ways import Ways, ways_of
from services.errors import StaleError
from services.notices import NoticeKind
from services.places import heads_of
from services.timers import TimerKind

QUEUED = "lead.queue"
AT_ONCE = 200
"""So many leads are given by one timer, and the rest by the next."""
LOOKED_AT = 500
"""Of a queue longer than that only so many are looked at; all of these would have to be declined by all."""
AGAIN = timedelta(minutes=5)
"""When all who are here have their hands full, it is looked again after this, in case nobody has told."""
LATEST = timedelta(hours=1)
"""And after this in any case: hours may be changed meanwhile."""
GATHER = timedelta(seconds=20)
"""So long the head's message waits for other leads that nobody is free for."""


class LeadQueue:
    """Fires timers of the kind `lead_queue`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fire(self, timer: Timer) -> None:
        """Give leads until none is left or nobody is free, each in a transaction of its own.

        The timer is marked in the last one: after a crash in between it fires again and goes on.
        """
        given = 0
        while given < AT_ONCE and await self._give_one(timer.subject_id):
            given += 1
        async with self._db.write() as uow:
            now, department_id = self._clock.now(), timer.subject_id
            await uow.shifts.give_in_turn(department_id)
            if not await uow.timers.mark_fired(timer.id, now):
                return
            await uow.timers.cancel(TimerKind.LEAD_QUEUE, "department", department_id, now)
            department = await uow.people.department(department_id)
            if department is None:
                return
            ways = await ways_of(uow, department)
            left = await uow.shifts.queue(department_id, ways.given, LOOKED_AT)
            if not left:
                return
            if given == AT_ONCE:
                await look(uow, department_id, now)
            else:
                await _wait(uow, department, ways, left, now)

    async def _give_one(self, department_id: int) -> bool:
        try:
            return await self._given(department_id)
        except StaleError:
            return True  # somebody took it in this moment; the next look sees that

    async def _given(self, department_id: int) -> bool:
        now = self._clock.now()
        async with self._db.write() as uow:
            await uow.shifts.give_in_turn(department_id)
            department = await uow.people.department(department_id)
            if department is None:
                return False
            ways, turns = await ways_of(uow, department), dict[int, Turns]()
            for one in await uow.shifts.queue(department_id, ways.given, LOOKED_AT):
                lead = await uow.leads.get(one)
                if lead is None:
                    continue
                place = ways.place(lead.pipeline_id)
                if place not in turns:
                    turns[place] = await Turns.begin(uow, department, ways, place, now)
                if choice := await turns[place].next(lead.declined):
                    await give(uow, turns[place].rules, lead, choice, now)
                    return True
        return False


async def _wait(uow: UnitOfWork, department: Department, ways: Ways, left: list[int], now: datetime) -> None:
    """Tell the head once of each lead, and look again when somebody comes."""
    turns = await Turns.begin(uow, department, ways, None, now)
    calendar = await calendar_of(uow, department)
    is_open = calendar.is_open(now)
    moments = [
        turns.changes(),
        None if is_open else calendar.next_opening(now),
        now + AGAIN if turns.anybody_here else None,
    ]
    await look(uow, department.id, now, min(filter(None, [*moments, now + LATEST])))
    fresh = [lead for one in left if (lead := await uow.leads.get(one)) is not None and not lead.queued_at]
    for lead in fresh:
        await _queue(uow, lead, now)
    if fresh:
        heads = await heads_of(uow, department.id)
        await notices.send(
            uow,
            now,
            map(notices.private, heads),
            NoticeKind.LEADS_WAIT,
            f"leads_wait:{fresh[-1].id}",
            {"department": department.id},
            silent=not is_open,
            coalesce=f"leads_wait:{department.id}",
            gather=GATHER,
        )


async def _queue(uow: UnitOfWork, lead: Lead, now: datetime) -> None:
    lead.queued_at = now
    await history.record(uow, NOBODY, now, QUEUED, "lead", lead.id, {"queued": (None, True)})
