"""When departments work: hours, time zone, public holidays and days that differ."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from db.models import Department, SpecialDay
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, Standing, allowed
from services.calendars import calendar_from, zone_of
from services.clock import Clock
from services.distribution.clock import look
from services.dto.common import Ref
from services.dto.work_times import SpecialRun, WorkTimeCard
from services.errors import AppError
from services.staff import access_department
from services.understanding import special_days
from services.understanding.work_hours import HoursError, WorkHours, parse
from services.work_calendar import NeverOpenError, WorkCalendar, public_days
from services.workspace import the_workspace
from services.zones import find_zone, is_zone

LONGEST_RUN = 31
"""So many days at most are set by one line: more is a typing slip."""


class WorkTimes:
    """The service of working times: a head sets those of their departments, the owner all."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, department_id: int) -> WorkTimeCard:
        """When a department works. Raises `department.not_found` or `not_allowed`."""
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            return await self._card(uow, actor, department)

    async def work(self, actor: Actor, department_id: int, hours: str | None) -> WorkTimeCard:
        """Other hours, as somebody writes them; None for those of the company.

        Raises as `card`, and `hours.*` each with its `piece`.
        """
        return await self._edit(
            actor, department_id, {"hours": None if hours is None else read_hours(hours).data}
        )

    async def move_to(self, actor: Actor, department_id: int, place: str | None) -> WorkTimeCard:
        """Another time zone by its name or a city; None for the company's. Raises also `zone.unknown`."""
        zone = None
        if place is not None:
            zone = place if is_zone(place) else find_zone(place)
            if zone is None:
                raise AppError("zone.unknown")
        return await self._edit(actor, department_id, {"time_zone": zone})

    async def keep_holidays(self, actor: Actor, department_id: int, *, on: bool) -> WorkTimeCard:
        """Whether it is closed on public holidays. Raises as `card`."""
        return await self._edit(actor, department_id, {"keeps_holidays": on})

    async def set_days(self, actor: Actor, department_id: int, typed: str) -> WorkTimeCard:
        """Other hours on some days: "31.12 10-15", "1-8 января выходной".

        Raises as `card`, `hours.*`, `special_day.unread`, `special_day.past` or `special_day.too_many`.
        """
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            today = self._clock.now().astimezone(zone_of(department, await the_workspace(uow))).date()
            found = _special(typed, today)
            if found.first < today:
                raise AppError("special_day.past")
            if (found.last - found.first).days >= LONGEST_RUN:
                raise AppError("special_day.too_many", most=LONGEST_RUN)
            days = [found.first + timedelta(days=n) for n in range((found.last - found.first).days + 1)]
            spans = [list(span) for span in found.spans]
            await uow.special_days.put(department.id, days, spans)
            told = (found.first.isoformat(), found.last.isoformat(), spans)
            await self._record(uow, actor, department, {"special_days": (None, told)})
            return await self._card(uow, actor, department)

    async def clear_days(self, actor: Actor, department_id: int, first: date, last: date) -> WorkTimeCard:
        """Make these days usual ones again; nothing happens if they are. Raises as `card`."""
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            if await uow.special_days.drop(department.id, first, last):
                told = (first.isoformat(), last.isoformat())
                await self._record(uow, actor, department, {"special_days": (told, None)})
            return await self._card(uow, actor, department)

    async def _edit(self, actor: Actor, department_id: int, values: dict[str, object]) -> WorkTimeCard:
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            changes: history.Changes = {
                name: (getattr(department, name), value) for name, value in values.items()
            }
            for name, value in values.items():
                setattr(department, name, value)
            await self._record(uow, actor, department, changes)
            return await self._card(uow, actor, department)

    async def _record(
        self, uow: UnitOfWork, actor: Actor, department: Department, changes: history.Changes
    ) -> None:
        now = self._clock.now()
        await history.record(uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes)
        await look(uow, department.id, now)

    async def _card(self, uow: UnitOfWork, actor: Actor, department: Department) -> WorkTimeCard:
        workspace, now = await the_workspace(uow), self._clock.now()
        special = await uow.special_days.of([department.id])
        calendar = calendar_from(workspace, department, special)
        today = now.astimezone(calendar.zone).date()
        known = any(public_days(workspace.region, today.year)[0])
        works, until = works_now(calendar, now)
        return WorkTimeCard(
            department=Ref(department.id, department.name),
            hours=calendar.hours,
            own_hours=department.hours is not None,
            time_zone=calendar.zone.key,
            own_zone=department.time_zone is not None,
            country=workspace.region if known else None,
            keeps_holidays=department.keeps_holidays,
            special=_runs([row for row in special if row.day >= today]),
            open=works,
            until=until,
            can=allowed(actor, Standing(frozenset(), department.id)),
        )


def works_now(calendar: WorkCalendar, now: datetime) -> tuple[bool, datetime | None]:
    """Whether it works at a moment, and when that changes; openings that touch are one."""
    works, end = False, None
    try:
        for opening in calendar.openings(now):
            if opening.start > (end or now):
                return (True, end) if works else (False, opening.start)
            works, end = True, opening.end
            if end - now > timedelta(days=8):
                return True, None
    except NeverOpenError:
        pass
    return works, end


def _runs(days: list[SpecialDay]) -> tuple[SpecialRun, ...]:
    """Days in a row with equal hours together."""
    if not days:
        return ()
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(days), 1) if not _goes_on(a, b)), len(days)]
    return tuple(
        SpecialRun(days[start].day, days[end - 1].day, tuple((a, b) for a, b in days[start].spans))
        for start, end in pairwise(starts)
    )


def _goes_on(before: SpecialDay, after: SpecialDay) -> bool:
    return after.day - before.day == timedelta(days=1) and after.spans == before.spans


def read_hours(typed: str) -> WorkHours:
    """Hours as somebody writes them. Raises `hours.*`, each with its `piece`."""
    try:
        return parse(typed)
    except HoursError as error:
        raise AppError(error.code, piece=error.piece) from None


def _special(typed: str, today: date) -> special_days.SpecialDays:
    try:
        found = special_days.parse(typed, today)
    except HoursError as error:
        raise AppError(error.code, piece=error.piece) from None
    if found is None:
        raise AppError("special_day.unread")
    return found
