"""From when on a deal is to have a next step, as its pipeline says."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from db.repositories.adrift import StepLimits
from db.repositories.pipelines import WatchedStage
from db.uow import UnitOfWork
from services.access import StageKind
from services.followup.rules import Rule, Rules


async def step_limits(uow: UnitOfWork, now: datetime) -> StepLimits:
    """By days of the calendar, so that a deal is on the lists of its owner and of the head at once."""
    return steps_of(await uow.pipelines.watched(), now)


def steps_of(stages: Iterable[WatchedStage], now: datetime) -> StepLimits:
    """The same of what was read already."""
    by_days: dict[int, list[int]] = {}
    for stage in stages:
        days = Rules.of(stage.rules).days.get(Rule.STEP)
        if days is not None and stage.kind == StageKind.OPEN:
            by_days.setdefault(days, []).append(stage.id)
    return StepLimits(
        at_once=tuple(by_days.pop(0, ())),
        later=tuple((tuple(ids), now - timedelta(days=days)) for days, ids in sorted(by_days.items())),
    )
