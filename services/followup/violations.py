"""What is not as it should be: leads that nobody answers, deals that stand still, silent clients."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from db.repositories.pipelines import WatchedStage
from db.repositories.violations import Limits
from db.uow import UnitOfWork
from services.access import StageKind
from services.calendars import Calendars
from services.dto.control import Violations
from services.followup.rules import Rule, Rules
from services.followup.times import days_ago

_ONE_DAY = timedelta(days=1)


async def limits_of(
    uow: UnitOfWork, departments: Iterable[int], by_department: Calendars, now: datetime
) -> Limits:
    """From when on deals are too old: in a stage by days of the calendar, of silence by working days."""
    return limits_in(await uow.pipelines.watched(), departments, by_department, now)


def limits_in(
    stages: Sequence[WatchedStage], departments: Iterable[int], by_department: Calendars, now: datetime
) -> Limits:
    """The same of what was read already."""
    here = tuple(departments)
    silent: dict[int, list[int]] = {}
    for stage in stages:
        days = Rules.of(stage.rules).days.get(Rule.SILENT)
        if days and stage.kind == StageKind.OPEN:
            silent.setdefault(days, []).append(stage.id)
    return Limits(
        departments=here,
        stages=stage_limits(stages, now),
        silence=tuple(
            (place, tuple(ids), days_ago(calendar, now.astimezone(calendar.zone).date(), days))
            for place in here
            for calendar in [by_department[place]]
            for days, ids in silent.items()
        ),
        now=now,
    )


def stage_limits(stages: Iterable[WatchedStage], now: datetime) -> tuple[tuple[int, datetime], ...]:
    """By stage: when a deal should have come to it at the earliest."""
    return tuple((stage.id, now - _ONE_DAY * stage.norm_days) for stage in stages if stage.norm_days)


async def count(uow: UnitOfWork, limits: Limits, person_id: int | None = None) -> Violations:
    """How many there are, of all or of one person."""
    found = await uow.violations.counts(limits, person_id)
    return Violations(found.unanswered, found.rotting, found.silent)
