"""Timers that look after silent clients: set when a deal comes to a stage that has a rule for it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from db.models import Deal, Stage
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS
from services.calendars import company_calendar, own_calendar
from services.pipelines.auto_rules import Autos, Happening
from services.pipelines.robot_terms import end_of_day
from services.timers import TimerKind
from services.work_calendar import WorkCalendar
from services.workspace import the_workspace

FRESH = timedelta(days=1)


async def arm(
    uow: UnitOfWork, now: datetime, stage: Stage, deals: Iterable[Deal], *, again: bool = False
) -> None:
    """Look after these deals of a stage, if it has the rule. What a timer is for is checked when it fires.

    Of closed ones only after those that were closed just now, or are looked after already (`again`): years
    of sales shall not begin anew in one day.
    """
    rule = Autos.of(stage.auto)
    if Happening.SILENT not in rule.to:
        return
    if stage.kind in CLOSED_KINDS and not again:
        since = _fresh(now)
        deals = [deal for deal in deals if deal.closed_on is not None and deal.closed_on >= since]
    calendars: dict[int | None, WorkCalendar] = {}
    for deal in deals:
        if deal.owner_id not in calendars:
            calendars[deal.owner_id] = await _calendar(uow, deal.owner_id)
        due_at = due(calendars[deal.owner_id], deal, rule.days)
        await uow.timers.set_once(
            kind=TimerKind.DEAL_SILENT,
            subject="deal",
            subject_id=deal.id,
            dedupe=f"{TimerKind.DEAL_SILENT}:{deal.id}:{stage.id}:{due_at.isoformat()}",
            params={"stage": stage.id},
            due_at=max(due_at, now),
            created_at=now,
        )


async def arm_all(uow: UnitOfWork, now: datetime, stage: Stage) -> None:
    """The same of all deals that stand there."""
    if Happening.SILENT in Autos.of(stage.auto).to:
        since = _fresh(now) if stage.kind in CLOSED_KINDS else None
        await arm(uow, now, stage, await uow.pipelines.deals_in(stage.id, since))


async def wake(uow: UnitOfWork, stage: Stage, since: datetime) -> None:
    """What has fired for its deals since a moment, while it had no such rule, is looked after once more."""
    if Happening.SILENT in Autos.of(stage.auto).to:
        await uow.timers.again(TimerKind.DEAL_SILENT, [stage.id], since)


def _fresh(now: datetime) -> date:
    return (now - FRESH).date()


async def due_of(uow: UnitOfWork, deal: Deal, days: int) -> datetime:
    """When a deal will have been silent for so many working days of its owner."""
    return due(await _calendar(uow, deal.owner_id), deal, days)


def due(calendar: WorkCalendar, deal: Deal, days: int) -> datetime:
    """The same by this calendar, as that working day ends; it counts from its coming there at least."""
    heard = max(deal.touched_at or deal.stage_since, deal.stage_since)
    return end_of_day(calendar, heard, days)


async def _calendar(uow: UnitOfWork, owner_id: int | None) -> WorkCalendar:
    owner = await uow.people.get(owner_id) if owner_id is not None else None
    if owner is None:
        return company_calendar(await the_workspace(uow))
    return await own_calendar(uow, owner.id, owner.time_zone)
