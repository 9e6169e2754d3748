"""Quiet hours as people write them: "22-8", "с 23:30 до 7", "пн-пт 20-9", "weekends 0-24"."""

import re

from services.quiet_hours import WEEK, Quiet
from services.understanding.fold import fold
from services.understanding.work_hours import DAY, LONGEST, SPAN, HoursError, clock_minutes
from services.understanding.work_hours import parse as parse_hours

_FILL = re.compile(r"(?:[\s,;.]|(?<!\w)(?:с|со|from|в|at)(?!\w))*")


def parse(typed: str) -> Quiet:
    """From one time to another, perhaps past midnight; days are those on which it begins, else every day.

    Raises HoursError: `quiet.unread`, or `quiet.always` for a time that never ends.
    """
    text = re.sub("[–—−]", "-", fold(typed))
    match = SPAN.search(text)
    if match is None or len(typed) > LONGEST:
        raise HoursError("quiet.unread", typed)
    start, end = clock_minutes(match[1], match[2], match[3]), clock_minutes(match[4], match[5], match[6])
    if start is None or end is None or start in (end, DAY):
        raise HoursError("quiet.unread", match[0])
    days = _days(text[: match.start()], text[match.end() :])
    if end - start == DAY and len(days) == len(WEEK):
        raise HoursError("quiet.always", match[0])
    return Quiet(start, end, days)


def _days(before: str, after: str) -> tuple[int, ...]:
    named = [text for text in (before, after) if not _FILL.fullmatch(text)]
    if not named:
        return WEEK
    try:
        hours = parse_hours(f"{' '.join(named)} 0-24")
    except HoursError as error:
        raise HoursError("quiet.unread", error.piece) from error
    return tuple(day for day, spans in enumerate(hours.days) if spans)
