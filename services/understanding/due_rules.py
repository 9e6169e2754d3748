"""From all the words of a line that say how often to one rule, and to what its first turn may be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.understanding import moments
from services.understanding.due_pieces import Days, Moment, NextWeek, Piece, Repeats, Starts, Unreadable
from services.understanding.recurrence import Recurrence, Unit, is_weekday, next_turn

Found = tuple[Recurrence, date]
"""A rule, and the day from which on it holds."""


def rule_of(pieces: Sequence[Piece], today: date) -> Found | None:
    """The one rule that the words come to; None where they disagree or say more than a rule can."""
    if any(
        isinstance(piece, NextWeek | Moment | Unreadable) and not isinstance(piece, Repeats)
        for piece in pieces
    ):
        return None
    said = [piece for piece in pieces if isinstance(piece, Repeats)]
    rule: Recurrence | None = said[0].rule
    start = max((piece.start for piece in said if piece.start), default=today)
    for piece in said[1:]:
        rule = _both(rule, piece.rule) if rule is not None and piece.rule is not None else None
    starts = any(isinstance(piece, Starts) for piece in pieces)
    for days in (piece for piece in pieces if isinstance(piece, Days)):
        found = _with_days(rule, days, start, today, starts=starts) if rule is not None else None
        if found is None:
            return None
        rule, start = found
    return _whole(rule, start, today) if rule is not None else None


def first_turns(found: Found, minutes: Iterable[int], now: datetime) -> tuple[datetime, ...]:
    """When it may come first, at each of these times of day."""
    rule, start = found
    # What is counted is counted from the first turn on, so that this one is simply the next.
    plain = replace(rule, every=1) if rule.unit in (Unit.DAY, Unit.WEEK) else rule
    turns = (next_turn(plain, start, each, now, is_weekday) for each in minutes)
    return tuple(sorted({at for at in turns if at is not None}))


def _both(one: Recurrence, other: Recurrence) -> Recurrence | None:
    """ "Раз в две недели по средам": the words complete each other, or they name days of the same kind."""
    if one.unit is not other.unit or Unit.WORKDAY in (one.unit, other.unit):
        return None
    if one.every > 1 and other.every > 1 and one.every != other.every:
        return None
    if one.unit is Unit.MONTH and _says_day(one) and _says_day(other) and not (one.days and other.days):
        return None
    more = other if _says_day(other) else one
    return replace(
        more,
        every=max(one.every, other.every),
        weekdays=tuple(sorted({*one.weekdays, *other.weekdays})),
        days=tuple(sorted({*one.days, *other.days})),
    )


def _says_day(rule: Recurrence) -> bool:
    return bool(rule.days or rule.weekdays or rule.nth or rule.working)


def _with_days(rule: Recurrence, days: Days, start: date, today: date, *, starts: bool) -> Found | None:
    """ "Каждую неделю в пятницу", "ежемесячно 5 числа", "каждый день, начиная с 1 декабря"."""
    day = days.options[0].date
    if len(days.options) > 1 or day < today:
        return None
    if starts:
        return rule, day
    if days.weekday is not None and rule.unit is Unit.WEEK:
        return replace(rule, weekdays=tuple(sorted({*rule.weekdays, days.weekday}))), start
    if days.weekday is None and rule.unit is Unit.MONTH and not _says_day(rule):
        return replace(rule, days=(day.day,)), day
    return None


def _whole(rule: Recurrence, start: date, today: date) -> Found:
    """With a day where none was said: a week's Monday, a month's day of today."""
    if rule.unit is Unit.WEEK and not rule.weekdays:
        return replace(rule, weekdays=(0,)), today + timedelta(days=7 - today.weekday())
    if rule.unit is Unit.MONTH and not _says_day(rule):
        return replace(rule, days=(today.day,)), moments.add_months(today, rule.every) or today
    return rule, start
