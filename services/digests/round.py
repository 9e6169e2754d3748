"""The round that looks whose digest has come due; it sets itself anew, so that there is always a next one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.models import Timer
from db.uow import Database, UnitOfWork
from services import mails, notices, rounds
from services.calendars import calendar_among, calendars
from services.clock import Clock
from services.digests.times import LATEST, ROLES, DigestKind, days_of, due, kinds_for
from services.mails import MailKind
from services.notices import NoticeKind, Place, Priority
from services.timers import TimerKind
from services.work_calendar import WorkCalendar
from services.workspace import the_workspace

USEFUL = timedelta(hours=20)
"""A digest that could not be brought for so long is dropped."""
USEFUL_MAIL = timedelta(days=3)
"""The same of a mail: mail servers are away for longer."""

NOTICES = {
    DigestKind.MORNING: NoticeKind.MORNING,
    DigestKind.EVENING: NoticeKind.DIGEST,
    DigestKind.WEEK: NoticeKind.DIGEST,
    DigestKind.WEEK_FILE: NoticeKind.DIGEST_FILE,
}


@dataclass(frozen=True, slots=True)
class _Reader:
    place: Place
    kinds: tuple[DigestKind, ...]
    calendar: WorkCalendar
    department_id: int | None = None


class DigestRound:
    """Fires timers of the kind `digest_round`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def begin(self) -> None:
        """Set the first round, unless one is set; called at each start."""
        async with self._db.write() as uow:
            await rounds.begin(uow, TimerKind.DIGEST_ROUND, self._clock.now())

    async def fire(self, timer: Timer) -> None:
        """Queue what has come due since the round before, once for a day and a chat; then set the next."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            since = datetime.fromisoformat(timer.params["since"])
            for reader in await _readers(uow):
                for kind, day in _due(reader, since, now):
                    await _queue(uow, reader, kind, day, now)
            await rounds.set_next(uow, TimerKind.DIGEST_ROUND, now)


def _due(reader: _Reader, since: datetime, now: datetime) -> Iterator[tuple[DigestKind, date]]:
    for kind in reader.kinds:
        for day, _ in due(kind, reader.calendar, max(since, now - LATEST[kind]), now):
            yield kind, day


async def _queue(uow: UnitOfWork, reader: _Reader, kind: DigestKind, day: date, now: datetime) -> None:
    first, last = days_of(kind, day)
    params: dict[str, object] = {
        "kind": kind,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "department_id": reader.department_id,
    }
    key = f"digest:{kind}:{day.isoformat()}"
    if kind is DigestKind.WEEK_MAIL:
        if reader.place.person_id is not None:
            await mails.queue(uow, now, reader.place.person_id, MailKind.WEEK, key, USEFUL_MAIL, params)
        return
    await notices.send(
        uow, now, [reader.place], NOTICES[kind], key, params, priority=Priority.REMINDER, lives=USEFUL
    )


async def _readers(uow: UnitOfWork) -> list[_Reader]:
    workspace, by_department = await the_workspace(uow), await calendars(uow)
    addressed = await uow.mails.addressed()
    found = []
    for person, departments in await uow.digests.readers(ROLES):
        place = notices.private(person)
        kinds = kinds_for(person.role, addressed=person.id in addressed)
        kinds = [kind for kind in kinds if kind not in person.digests_off]
        if place is not None and kinds:
            calendar = calendar_among(by_department, workspace, departments, person.time_zone)
            found.append(_Reader(place, tuple(kinds), calendar))
    for row in await uow.people.departments():
        if row.chat_id is not None and row.posts_digest:
            place = Place(row.chat_id, thread=row.chat_thread)
            found.append(_Reader(place, (DigestKind.WEEK,), by_department[row.id], row.id))
    return found
