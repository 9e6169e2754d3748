"""When digests are due: as work begins and ends, by the clock on the reader's wall."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.access import Role
from services.work_calendar import WorkCalendar


class DigestKind(StrEnum):
    """What is told."""

    MORNING = "morning"
    """To whoever sells: their tasks and requests of today."""
    EVENING = "evening"
    """To a head: the day."""
    WEEK = "week"
    """To a head and to a team chat: the week before."""
    WEEK_FILE = "week_file"
    """To a head: its figures for a spreadsheet."""
    WEEK_MAIL = "week_mail"
    """To a head who has given an address: the same week by e-mail."""


WEEKLY = frozenset({DigestKind.WEEK, DigestKind.WEEK_FILE, DigestKind.WEEK_MAIL})

READERS = {
    DigestKind.MORNING: (Role.MANAGER, Role.HEAD),
    DigestKind.EVENING: (Role.HEAD, Role.OWNER),
    DigestKind.WEEK: (Role.HEAD, Role.OWNER),
    DigestKind.WEEK_FILE: (Role.HEAD, Role.OWNER),
    DigestKind.WEEK_MAIL: (Role.HEAD, Role.OWNER),
}
"""To whom each comes; what it may tell them is asked when it is drawn."""
ROLES = frozenset(role for roles in READERS.values() for role in roles)
LATEST = {
    DigestKind.MORNING: timedelta(hours=4),
    DigestKind.EVENING: timedelta(hours=4),
    DigestKind.WEEK: timedelta(days=2),
    DigestKind.WEEK_FILE: timedelta(days=2),
    DigestKind.WEEK_MAIL: timedelta(days=2),
}
"""So late it is still of use, where the program was away at its hour."""


def kinds_for(role: str, *, addressed: bool) -> list[DigestKind]:
    """The digests that there are for a role; by e-mail for whoever has given an address."""
    kinds = [kind for kind, roles in READERS.items() if role in roles]
    return kinds if addressed else [kind for kind in kinds if kind is not DigestKind.WEEK_MAIL]


def due(
    kind: DigestKind, calendar: WorkCalendar, since: datetime, until: datetime
) -> Iterator[tuple[date, datetime]]:
    """The digests that come due after `since` and up to `until`: the day on which, and the moment.

    On working days alone: the week's on the first one of a week.
    """
    first, last = (moment.astimezone(calendar.zone).date() for moment in (since, until))
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        hours = calendar.bounds(day)
        if hours is None or (kind in WEEKLY and not _is_first_of_week(day, calendar)):
            continue
        at = hours.end if kind is DigestKind.EVENING else hours.start
        if since < at <= until:
            yield day, at


def days_of(kind: DigestKind, day: date) -> tuple[date, date]:
    """The days that a digest of this day tells of, the first and the last."""
    if kind not in WEEKLY:
        return day, day
    monday = day - timedelta(days=day.weekday())
    return monday - timedelta(days=7), monday - timedelta(days=1)


def span_of(params: Mapping[str, Any]) -> tuple[date, date]:
    """The days that a queued digest tells of."""
    return date.fromisoformat(params["first"]), date.fromisoformat(params["last"])


def _is_first_of_week(day: date, calendar: WorkCalendar) -> bool:
    return not any(calendar.spans(day - timedelta(days=back)) for back in range(1, day.weekday() + 1))
