"""What counted requests come to: how many were answered, how soon, and where they came from."""

from collections import Counter
from collections.abc import Iterable, Mapping

from db.repositories.digests import Requests
from services.dto.digests import Answers, SourceLine
from services.dto.leads import LeadStatus


def answers(rows: Iterable[Requests], limits: Mapping[int, int | None]) -> Answers:
    """How requests were answered; `limits`: in how many minutes each department has to, none for no limit."""
    came = in_time = 0
    minutes: Counter[int] = Counter()
    for row in rows:
        came += row.count
        if row.minutes is None:
            continue
        minutes[row.minutes] += row.count
        limit = limits.get(row.department_id)
        if limit is None or row.minutes <= limit:
            in_time += row.count
    return Answers(came, minutes.total(), in_time, median(minutes))


def median(counts: Mapping[int, int]) -> int | None:
    """The lower middle one of so many numbers each; None of none."""
    left = (sum(counts.values()) + 1) // 2
    for number in sorted(counts):
        left -= counts[number]
        if left <= 0:
            return number
    return None


def by_source(rows: Iterable[Requests]) -> tuple[SourceLine, ...]:
    """Where requests came from, the busiest source first."""
    came: Counter[str] = Counter()
    qualified: Counter[str] = Counter()
    for row in rows:
        came[row.source] += row.count
        if row.status == LeadStatus.QUALIFIED:
            qualified[row.source] += row.count
    return tuple(
        SourceLine(source, n, qualified[source])
        for source, n in sorted(came.items(), key=lambda pair: (-pair[1], pair[0]))
    )
