"""What is not as it should be: leads that nobody answers, deals that stand still, silent clients."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from db.repositories.violations import Limits
from db.uow import UnitOfWork
from services.calendars import Calendars
from services.dto.control import Violations
from services.followup.rules import Rule, Rules
from services.followup.times import days_ago

_ONE_DAY = timedelta(days=1)


async def limits_of(
    uow: UnitOfWork, departments: Iterable[int], by_department: Calendars, now: datetime
) -> Limits:
    """From when on deals are too old: in a stage by days of the calendar, of silence by working days."""
    here, pipelines = [*departments], await uow.pipelines.all()
    silent = {one.id: Rules.of(one.rules).days.get(Rule.SILENT) for one in pipelines}
    return Limits(
        departments=tuple(here),
        stages=tuple(
            (stage.id, now - _ONE_DAY * stage.norm_days)
            for stage in await uow.pipelines.timed_stages()
            if stage.norm_days
        ),
        silence=tuple(
            (place, pipeline, days_ago(calendar, now.astimezone(calendar.zone).date(), days))
            for place in here
            for calendar in [by_department[place]]
            for pipeline, days in silent.items()
            if days
        ),
        now=now,
    )


async def count(
    uow: UnitOfWork,
    departments: Iterable[int],
    by_department: Calendars,
    now: datetime,
    person_id: int | None = None,
) -> Violations:
    """How many there are in some departments, of all or of one person."""
    found = await uow.violations.counts(await limits_of(uow, departments, by_department, now), person_id)
    return Violations(found.unanswered, found.rotting, found.silent)
