"""From what the words say to moments: which day, which clock, and what stands in where one is not named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import MINUTES_OF_DAY, Clock, Day, Days, Moment, NextWeek, Part, Piece

DEFAULT_HOUR = 10
_END_OF_WORK_HOUR = 18


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment that one reading of the line means; it may be over."""

    at: datetime
    explicit: bool


def candidates(pieces: Sequence[Piece], now: datetime) -> list[Candidate]:
    """All moments that the pieces name; several where they disagree or can be read in several ways."""
    named = [piece.at.astimezone(now.tzinfo) for piece in pieces if isinstance(piece, Moment)]
    found = [Candidate(at, explicit=True) for at in named]
    if len(named) == len(pieces):
        return found
    clocks = _clocks(pieces)
    parts = [piece.name for piece in pieces if isinstance(piece, Part)]
    for day in _days(pieces, now.date()):
        if clocks:
            found += [_at(day, minutes, now) for minutes in clocks]
        elif parts:
            found += [candidate for part in parts for candidate in _in_part(day, part, now)]
        else:
            found.append(_without_time(day, now))
    return found


def _days(pieces: Sequence[Piece], today: date) -> list[Day]:
    """The days that the pieces agree on, else all that they name; today or tomorrow where they name none."""
    named = [set(piece.options) for piece in pieces if isinstance(piece, Days) and piece.weekday is None]
    weekdays = [piece for piece in pieces if isinstance(piece, Days) and piece.weekday is not None]
    weeks = [piece.monday for piece in pieces if isinstance(piece, NextWeek)]
    days = (set.intersection(*named) or set.union(*named)) if named else set()
    if weeks:
        numbers = [piece.weekday or 0 for piece in weekdays] or [0]
        return list(days | {Day(monday + timedelta(days=number)) for monday in weeks for number in numbers})
    for weekday in weekdays:
        agreeing = {day for day in days if day.date.weekday() == weekday.weekday}
        days = agreeing or days | set(weekday.options)
    return list(days) or [Day(today, roll=1)]


def _clocks(pieces: Sequence[Piece]) -> list[int]:
    """The minutes of the day that the clocks name, read by the light of "утром" or "вечером"."""
    clocks = [set(piece.minutes) for piece in pieces if isinstance(piece, Clock)]
    if not clocks:
        return []
    minutes = set.intersection(*clocks) or set.union(*clocks)
    for part in (piece.name for piece in pieces if isinstance(piece, Part)):
        in_part = {shifted for each in minutes if (shifted := _shifted(each, part)) is not None}
        # "утром в 15" says two things, so both are offered.
        minutes = in_part or minutes | {_part_hours(part)[0] * 60}
    return sorted(minutes)


def _shifted(minutes: int, part: str) -> int | None:
    hour = words.hour_in_part(minutes // 60, part)
    return None if hour is None else hour * 60 + minutes % 60


def _part_hours(part: str) -> tuple[int, int]:
    return words.PART_HOURS.get(part, words.NIGHT_HOURS)


def _at(day: Day, minutes: int, now: datetime) -> Candidate:
    named = day.date + timedelta(days=minutes // MINUTES_OF_DAY)
    at = moments.at_local(named, minutes % MINUTES_OF_DAY, now)
    if day.roll and not moments.is_ahead(at, now):
        at = moments.at_local(named + timedelta(days=day.roll), minutes % MINUTES_OF_DAY, now)
    return Candidate(at, explicit=True)


def _in_part(day: Day, part: str, now: datetime) -> list[Candidate]:
    """The usual hour of the part; in an hour where the part has begun and lasts so long."""
    if part == "night":
        return [_at(day, hour * 60, now) for hour in words.NIGHT_HOURS]
    hour, over = _part_hours(part)
    in_an_hour = moments.after(now, 60)
    if day.date == now.date() == in_an_hour.date() and hour <= now.hour and in_an_hour.hour < over:
        return [Candidate(in_an_hour, explicit=True)]
    return [_at(day, hour * 60, now)]


def _without_time(day: Day, now: datetime) -> Candidate:
    at = _at(day, DEFAULT_HOUR * 60, now).at
    if day.date == now.date() and not moments.is_ahead(at, now):
        at = _later_today(now) or at
    return Candidate(at, explicit=False)


def _later_today(now: datetime) -> datetime | None:
    if now.hour < _END_OF_WORK_HOUR - 1:
        return moments.at_local(now.date(), _END_OF_WORK_HOUR * 60, now)
    in_an_hour = moments.after(now, 60)
    return in_an_hour if in_an_hour.date() == now.date() else None
