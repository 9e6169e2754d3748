"""The round that looks whose working day has begun: then the rules look through what they keep."""

from datetime import datetime

from db.models import Person, Timer
from db.uow import Database, UnitOfWork
from services import rounds
from services.calendars import calendar_among, calendars
from services.clock import Clock
from services.timers import TimerKind
from services.work_calendar import WorkCalendar
from services.workspace import the_workspace


class FollowUpRound:
    """Fires timers of the kind `follow_up_round`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def begin(self) -> None:
        """Set the first round, unless one is set; called at each start."""
        async with self._db.write() as uow:
            await rounds.begin(uow, TimerKind.FOLLOW_UP_ROUND, self._clock.now())

    async def fire(self, timer: Timer) -> None:
        """Set one timer for everybody whose day has begun since the round before; then the next round.

        After an outage that has lasted longer than somebody's working day theirs is left to the next one.
        """
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            since = datetime.fromisoformat(timer.params["since"])
            workspace, by_department = await the_workspace(uow), await calendars(uow)
            for person, departments in await uow.follow_ups.workers():
                calendar = calendar_among(by_department, workspace, departments, person.time_zone)
                await _look(uow, person, calendar, since, now)
            await rounds.set_next(uow, TimerKind.FOLLOW_UP_ROUND, now)


async def _look(
    uow: UnitOfWork, person: Person, calendar: WorkCalendar, since: datetime, now: datetime
) -> None:
    today = now.astimezone(calendar.zone).date()
    hours = calendar.bounds(today)
    if hours is None or not since < hours.start <= now < hours.end:
        return
    await uow.timers.set_once(
        kind=TimerKind.FOLLOW_UP,
        subject="person",
        subject_id=person.id,
        dedupe=f"{TimerKind.FOLLOW_UP}:{person.id}:{today.isoformat()}",
        params={},
        due_at=now,
        created_at=now,
    )
