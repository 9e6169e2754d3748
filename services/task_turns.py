"""The turns of a task that repeats: the next one is set when the former is done, and never a second one.

A turn that comes while the former is still open is only counted at that one: what nobody has done yet does
not become a heap. See docs/decisions/0013.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.models import Person, Task, TaskSeries
from db.uow import UnitOfWork
from services import history, reminders
from services.access import Action, Actor
from services.calendars import own_calendar
from services.errors import StaleError
from services.timers import TimerKind
from services.understanding.recurrence import Recurrence, ended, is_weekday, next_turn
from services.work_calendar import WorkCalendar, public_days

_MINUTE = timedelta(minutes=1)


async def begin(
    uow: UnitOfWork, actor: Actor, now: datetime, rule: Recurrence, at: datetime, assignee: int
) -> tuple[int, datetime]:
    """A new series by the clock of the actor, from the moment `at` on; its id, and when its first turn is."""
    local = at.astimezone(actor.zone)
    minutes = local.hour * 60 + local.minute
    works = await working_days(uow, await uow.people.get(assignee))
    first = next_turn(rule, local.date(), minutes, local - _MINUTE, works) or local
    rule = ended(rule, first, minutes, works)
    series = await uow.task_series.begin(
        rule=rule.data,
        minutes=minutes,
        zone=actor.zone.key,
        anchor=first.date(),
        created_at=now,
    )
    return series, first


async def wait_for_next(
    uow: UnitOfWork, now: datetime, series: TaskSeries, turn: Task, version: int | str | None = None
) -> None:
    """Set the timer for the turn after the open one, of which this is the version, instead of the former.

    Without a change of that turn the version has to be one of its own: a timer that was cancelled is not set
    again.
    """
    await forget(uow, now, series.id)
    last = turn.turn_at or turn.due_at
    at = await upcoming(uow, series, turn.assignee_id, max(now, last))
    if at is not None:
        await uow.timers.set_once(
            kind=TimerKind.TASK_TURN,
            subject="series",
            subject_id=series.id,
            dedupe=f"{TimerKind.TASK_TURN}:{series.id}:{turn.id}:{version or turn.version}:{at.isoformat()}",
            params={},
            due_at=at,
            created_at=now,
        )


async def forget(uow: UnitOfWork, now: datetime, series_id: int) -> None:
    """Wait for no further turn."""
    await uow.timers.cancel(TimerKind.TASK_TURN, "series", series_id, now)


async def upcoming(uow: UnitOfWork, series: TaskSeries, assignee_id: int, after: datetime) -> datetime | None:
    """The first turn after a moment, by the days off of whoever is to do it."""
    works = await working_days(uow, await uow.people.get(assignee_id))
    local = after.astimezone(ZoneInfo(series.zone))
    rule = Recurrence.of(series.rule)
    return next_turn(rule, series.anchor, series.minutes, local, works, shift=series.shift)


async def go_on(uow: UnitOfWork, actor: Actor, now: datetime, former: Task) -> Task | None:
    """After a turn is over: set the next one, a copy of it with all that was changed at it.

    None where it repeats no more, or a turn is open all the same.
    """
    series = await uow.task_series.hold(former.series_id) if former.series_id is not None else None
    if series is None or series.stopped_at is not None or await uow.task_series.open_turn(series.id):
        return None
    at = await upcoming(uow, series, former.assignee_id, max(now, former.turn_at or former.due_at))
    if at is None:
        await uow.task_series.stop(series.id, now)
        return None
    copied = ("text", "assignee_id", "author_id", "deal_id", "lead_id", "contact_id", "company_id")
    marks = ("high", "personal", "ahead", "checks", "series_id")
    values = {name: getattr(former, name) for name in (*copied, *marks)}
    task_id = await uow.tasks.insert(**values, due_at=at, turn_at=at, created_at=now)
    await uow.task_items.copy(former.id, task_id, now)
    await uow.task_watchers.copy(former.id, task_id)
    if former.author_id is not None:
        await uow.notes.copy_files(former.id, former.author_id, task_id, now)
    await reminders.arm(uow, task_id, 1, at, now, ahead=former.ahead)
    turn = await uow.task_series.open_turn(series.id)
    if turn is not None:
        await wait_for_next(uow, now, series, turn)
    told: history.Changes = {"due_at": (None, at.isoformat()), "series_id": (None, series.id)}
    await history.consequences(uow, actor, now, Action.TASK_CREATE, "task", {task_id: told})
    return turn


async def take_back(uow: UnitOfWork, actor: Actor, now: datetime, former: Task) -> None:
    """Before a turn is opened again: drop the next one. Raises `task.next_open` if it was touched."""
    turn = await uow.task_series.open_turn(former.series_id) if former.series_id is not None else None
    if turn is None or turn.id == former.id:
        return
    if turn.version > 1 or not await uow.tasks.change(turn.id, turn.version, dropped=True, done_at=now):
        raise StaleError("task.next_open")
    await reminders.disarm(uow, turn.id, now)
    told: history.Changes = {"due_at": (turn.due_at.isoformat(), None)}
    await history.consequences(uow, actor, now, Action.TASK_DELETE, "task", {turn.id: told})


async def end(uow: UnitOfWork, now: datetime, series_id: int) -> None:
    """Let it come no more; what is open stays to be done."""
    await uow.task_series.stop(series_id, now)
    await forget(uow, now, series_id)


async def wake(uow: UnitOfWork, now: datetime, turn: Task, version: int | str | None = None) -> None:
    """Wait again for the turns after one that is open once more."""
    series = await uow.task_series.hold(turn.series_id) if turn.series_id is not None else None
    if series is not None and series.stopped_at is None:
        await wait_for_next(uow, now, series, turn, version)


async def working_days(uow: UnitOfWork, person: Person | None) -> Callable[[date], bool]:
    """Which days somebody works on: those of their department, else Monday to Friday without holidays."""
    if person is None:
        return is_weekday
    calendar = await own_calendar(uow, person.id, person.time_zone)
    return lambda day: _is_worked(calendar, day)


def _is_worked(calendar: WorkCalendar, day: date) -> bool:
    if any(calendar.hours.days) or day in calendar.exceptions:
        return bool(calendar.spans(day))
    off, moved = public_days(calendar.country, day.year) if calendar.country else ((), ())
    return (is_weekday(day) and day not in off) or day in moved
