"""From when on a deal is to have a next step, as its pipeline says."""

from datetime import datetime, timedelta

from db.repositories.adrift import StepLimits
from db.uow import UnitOfWork
from services.followup.rules import Rule, Rules


async def step_limits(uow: UnitOfWork, now: datetime) -> StepLimits:
    """By days of the calendar, so that a deal is on the lists of its owner and of the head at once."""
    by_days: dict[int, list[int]] = {}
    for pipeline in await uow.pipelines.all():
        days = Rules.of(pipeline.rules).days.get(Rule.STEP)
        if days is not None:
            by_days.setdefault(days, []).append(pipeline.id)
    return StepLimits(
        at_once=tuple(by_days.pop(0, ())),
        later=tuple((tuple(ids), now - timedelta(days=days)) for days, ids in sorted(by_days.items())),
    )
