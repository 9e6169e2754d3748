"""Reports: what was sold, by whom and when, and what stands where now."""

from collections.abc import Sequence
from datetime import date

from db.repositories.reports import DaySum, StageSum
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require, scope
from services.clock import Clock
from services.dto.common import Ref
from services.dto.reports import (
    ByPerson,
    ByTime,
    Figures,
    PersonFigures,
    Report,
    Span,
)
from services.errors import NotFoundError
from services.report_periods import Period, period_of
from services.sales import Ground, ground_of

PAGE = 10
MOST_SPANS = 18
"""So many lines of months, quarters or years fit a screen."""


class Reports:
    """The service of reports. The owner sees all, a head the departments that they head."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def period(self, actor: Actor, code: int) -> Period:
        """The period that a button names, by the reader's calendar."""
        return period_of(code, self._clock.now().astimezone(actor.zone).date())

    async def overview(self, actor: Actor, period: Period, person_id: int | None = None) -> Report:
        """The funnel and the figures, of all or of one person. Raises `not_allowed`, `person.not_found`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            ground = await ground_of(uow)
            person = await self._person(uow, actor, person_id) if person_id is not None else None
            sums = await self._sums(uow, actor, ground, period, person_id)
            return Report(
                period=period,
                person=person,
                currency=ground.currency,
                figures=ground.figures(sums),
                funnels=ground.funnels_of(sums),
                within=await _within(uow, actor),
            )

    async def by_person(self, actor: Actor, period: Period, page: int = 0) -> ByPerson:
        """Who sold how much, the best first. Raises `not_allowed`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            ground = await ground_of(uow)
            sellers = ground.ranked(await self._sums(uow, actor, ground, period, by_owner=True))
            start = min(page, max(0, len(sellers) - 1) // PAGE) * PAGE
            shown = sellers[start : start + PAGE]
            names = await uow.people.names({owner for owner, _, _ in shown if owner is not None})
            return ByPerson(
                period=period,
                currency=ground.currency,
                lines=tuple(
                    PersonFigures(
                        Ref(owner, names.get(owner, "")) if owner is not None else None, figures, count
                    )
                    for owner, figures, count in shown
                ),
                within=await _within(uow, actor),
                page=start // PAGE,
                before=start,
                more=len(sellers) > start + PAGE,
            )

    async def by_time(self, actor: Actor, period: Period, person_id: int | None = None) -> ByTime:
        """Month after month, or coarser. Raises `not_allowed`, `person.not_found`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            ground = await ground_of(uow)
            person = await self._person(uow, actor, person_id) if person_id is not None else None
            reach = scope(actor, Action.REPORT_VIEW)
            days = await uow.reports.closed_by_day(reach, person_id, *period.days)
            lines = _by_span(ground, days)
            total = sum((figures for _, figures in lines), Figures())
            return ByTime(period, person, ground.currency, lines, total, await _within(uow, actor))

    async def _person(self, uow: UnitOfWork, actor: Actor, person_id: int) -> Ref:
        """Somebody whose deals lie within the reader's reach; nobody else has a name here."""
        name = await uow.reports.name(person_id)
        if name is None or not await uow.reports.has_deals(scope(actor, Action.REPORT_VIEW), person_id):
            raise NotFoundError("person")
        return Ref(person_id, name)

    async def _sums(
        self,
        uow: UnitOfWork,
        actor: Actor,
        ground: Ground,
        period: Period,
        person_id: int | None = None,
        *,
        by_owner: bool = False,
    ) -> list[StageSum]:
        """What stands open now, and what was closed in the period."""
        reach = scope(actor, Action.REPORT_VIEW)
        span = (period.first, period.last) if period.first and period.last else None
        return await uow.reports.sums(reach, span, ground.split, person_id, by_owner=by_owner)


async def _within(uow: UnitOfWork, actor: Actor) -> tuple[str, ...] | None:
    """The departments, by name, whose deals alone the actor's reports count; none: the whole company's."""
    reach = scope(actor, Action.REPORT_VIEW)
    if reach.everything:
        return None
    return tuple(row.name for row in await uow.people.departments() if row.id in reach.departments)


def _by_span(ground: Ground, days: Sequence[DaySum]) -> tuple[tuple[Span, Figures], ...]:
    """Months; quarters or years where months would be too many."""
    if not days:
        return ()
    first, last = min(row.day for row in days), max(row.day for row in days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    size = next((size for size in (1, 3) if months <= size * MOST_SPANS), 12)
    parts: dict[Span, list[DaySum]] = {}
    for row in days:
        start = date(row.day.year, row.day.month - (row.day.month - 1) % size, 1)
        parts.setdefault(Span(start, size), []).append(row)
    return tuple((span, ground.figures(parts[span])) for span in sorted(parts, key=lambda span: span.first))
