"""Moments for tasks: read from a line, chosen by one tap, or picked in a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.tasks import Hours, Month, Reading
from services.errors import AppError
from services.understanding import moments
from services.understanding.due import (
    Ambiguous,
    Due,
    NoSuchDay,
    PastMoment,
    Repeating,
    Understood,
    parse_due,
)
from services.understanding.due_missing import unreal_day
from services.understanding.recurrence import Recurrence, Unit, is_weekday, next_turn
from services.understanding.task_label import without_label

TEXT_LIMIT = 1000
EVENING_HOUR = 18
MORNING_HOUR = 10
FIRST_HOUR, LAST_HOUR = 8, 20
MONTHS_AHEAD = 24
EVERY_OTHER_DAY = Recurrence(Unit.DAY, 2)
_HORIZON = datetime(moments.LAST_YEAR, 1, 1, tzinfo=UTC)


class Quick(StrEnum):
    """Moments for one tap."""

    SOON = "m15"
    """In a quarter of an hour."""
    HOUR = "h1"
    EVENING = "eve"
    TOMORROW = "tom"
    DAYS = "d3"
    """In three days, in the morning."""


class Often(StrEnum):
    """Rules for one tap, by the day and the time at which a task is due."""

    DAY = "day"
    OTHER_DAY = "other"
    WORKDAY = "work"
    WEEK = "week"
    MONTH = "month"


class TaskTimes:
    """The service of moments for tasks, all in the actor's time zone; touches no table."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def understand(self, actor: Actor, line: str, day: int | None = None, *, asked: bool = False) -> Reading:
        """What a line says: the deed and when. `day` (as `date.toordinal`) is meant where only a time stands.

        `asked`: it tells a task or a moment and nothing else, so that "31.02" is a day and no sum.

        Raises `task.too_long`.
        """
        require(actor, Action.TASK_CREATE)
        if len(line) > TEXT_LIMIT:
            raise AppError("task.too_long", limit=TEXT_LIMIT)
        now = self._now(actor)
        if day is not None:
            found = parse_due(f"{_day(day):%d.%m.%Y} {line}", now)
            if isinstance(found, Due) and not found.rest:
                return Reading("", found.at)
        reading = _reading(line, parse_due(line, now))
        text = without_label(reading.text)
        missing = unreal_day(text) if not reading.timed and (asked or text != reading.text) else None
        if missing is not None:
            return Reading(missing[1], missing=missing[0])
        return replace(reading, text=text)

    def offered(self, actor: Actor) -> tuple[Quick, ...]:
        """The moments for one tap that lie ahead, the nearest first."""
        require(actor, Action.TASK_CREATE)
        evening = _evening(self._now(actor))
        return tuple(
            quick
            for quick in (Quick.HOUR, Quick.EVENING, Quick.TOMORROW, Quick.DAYS)
            if quick is not Quick.EVENING or moments.is_ahead(evening, self._now(actor))
        )

    def snoozes(self, actor: Actor, due_at: datetime) -> tuple[Quick, ...]:
        """At which moments for one tap to remind again: while a task is ahead only before it is due."""
        require(actor, Action.TASK_DO)
        usual = (Quick.SOON, Quick.HOUR, Quick.TOMORROW)
        if due_at <= self._clock.now():
            return usual
        return tuple(quick for quick in usual if self.moment(actor, quick) < due_at)

    def moment(self, actor: Actor, quick: Quick) -> datetime:
        """The moment of one tap, counted from now."""
        require(actor, Action.TASK_CREATE)
        now = self._now(actor)
        match quick:
            case Quick.SOON:
                return moments.after(now, 15)
            case Quick.HOUR:
                return moments.after(now, 60)
            case Quick.EVENING:
                return _evening(now)
            case Quick.TOMORROW:
                return _morning(now, 1)
            case Quick.DAYS:
                return _morning(now, 3)

    def often(self, actor: Actor, often: Often, due_at: datetime) -> tuple[Recurrence, datetime]:
        """The rule of one tap, and its first turn that lies ahead. Raises `task.bad_time`."""
        require(actor, Action.TASK_CREATE)
        local = due_at.astimezone(actor.zone)
        rule = {
            Often.DAY: Recurrence(Unit.DAY),
            Often.OTHER_DAY: EVERY_OTHER_DAY,
            Often.WORKDAY: Recurrence(Unit.WORKDAY),
            Often.WEEK: Recurrence(Unit.WEEK, weekdays=(local.weekday(),)),
            Often.MONTH: Recurrence(Unit.MONTH, days=(local.day,)),
        }[often]
        minutes = local.hour * 60 + local.minute
        before = max(self._now(actor), local - timedelta(minutes=1), key=lambda at: at.timestamp())
        at = next_turn(rule, local.date(), minutes, before, is_weekday)
        if at is None:
            raise AppError("task.bad_time")
        return rule, at

    def month(self, actor: Actor, number: int) -> Month:
        """A month of the calendar, this one instead of one that is over; two years ahead at most."""
        require(actor, Action.TASK_CREATE)
        today = self._now(actor).date()
        this = today.year * 12 + today.month - 1
        last = min(this + MONTHS_AHEAD, moments.LAST_YEAR * 12 - 1)
        number = min(max(number, this), last)
        first = date(number // 12, number % 12 + 1, 1)
        return Month(number, first, today, has_earlier=number > this, has_later=number < last)

    def hours(self, actor: Actor, day: int) -> Hours:
        """The hours of a day, given as `date.toordinal`. Raises `task.past`, `task.bad_time`."""
        require(actor, Action.TASK_CREATE)
        now, chosen = self._now(actor), _day(day)
        if chosen < now.date():
            raise AppError("task.past")
        times = [moments.at_local(chosen, hour * 60, now) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]
        return Hours(chosen, tuple(at if moments.is_ahead(at, now) else None for at in times))

    def _now(self, actor: Actor) -> datetime:
        return self._clock.now().astimezone(actor.zone)


def _reading(line: str, found: Understood) -> Reading:
    match found:
        case Due():
            return Reading(found.rest, found.at, or_every_other=found.or_every_other)
        case Ambiguous():
            either, several = found.or_every_other, found.several
            return Reading(found.rest, options=found.options, or_every_other=either, several=several)
        case PastMoment():
            return Reading(found.rest, past=found.at)
        case NoSuchDay():
            return Reading(found.rest, missing=found.said)
        case Repeating(rule=None):
            return Reading(found.rest, repeats=True)
        case Repeating(first=()):
            return Reading(found.rest, rule=found.rule, unclear=True)
        case Repeating(first=(at,)):
            return Reading(found.rest, at, rule=found.rule)
        case Repeating():
            return Reading(found.rest, options=found.first, rule=found.rule, several=found.several)
    return Reading(line.strip())


def to_minutes(at: datetime) -> int:
    """A moment as minutes since 1970, small enough for a button."""
    return int(at.timestamp()) // 60


def from_minutes(minutes: int) -> datetime:
    """The same back. Raises `task.bad_time` for what nobody plans."""
    if minutes > to_minutes(_HORIZON):
        raise AppError("task.bad_time")
    return datetime.fromtimestamp(minutes * 60, UTC)


def check_ahead(at: datetime, now: datetime) -> None:
    """Raise `task.past` for a moment that is over, `task.bad_time` for one that nobody plans."""
    if at <= now:
        raise AppError("task.past")
    if at > _HORIZON:
        raise AppError("task.bad_time")


def _day(ordinal: int) -> date:
    if not 0 < ordinal < _HORIZON.toordinal():
        raise AppError("task.bad_time")
    return date.fromordinal(ordinal)


def _evening(now: datetime) -> datetime:
    return moments.at_local(now.date(), EVENING_HOUR * 60, now)


def _morning(now: datetime, days: int) -> datetime:
    return moments.at_local(now.date() + timedelta(days=days), MORNING_HOUR * 60, now)
