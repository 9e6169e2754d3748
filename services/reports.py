"""Reports: what was sold, by whom and when, and what stands where now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.models import Stage
from db.repositories.reports import DaySum, Stages, StageSum
from db.uow import Database, UnitOfWork
from services.access import CLOSED_KINDS, Action, Actor, StageKind, require, scope
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.common import Ref
from services.dto.reports import (
    ByPerson,
    ByTime,
    Figures,
    Funnel,
    FunnelLine,
    PersonFigures,
    Report,
    Span,
)
from services.errors import NotFoundError
from services.report_periods import Period, period_of

PAGE = 10
MOST_SPANS = 18
"""So many lines of months, quarters or years fit a screen."""
_FAR = (date(1900, 1, 1), date(2199, 12, 31))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every report needs to know before the figures."""

    funnels: tuple[tuple[str, tuple[Stage, ...]], ...]
    kinds: dict[int, StageKind]
    currency: str
    person: Ref | None

    def stages(self, *kinds: StageKind) -> list[int]:
        """The stages of some kinds."""
        return [stage for stage, kind in self.kinds.items() if kind in kinds]


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
            ground = await self._ground(uow, actor, person_id)
            sums = await self._sums(uow, actor, ground, period, person_id)
            counts = _by_stage(sums)
            return Report(
                period=period,
                person=ground.person,
                currency=ground.currency,
                figures=_figures(ground, sums),
                funnels=tuple(
                    Funnel(
                        name,
                        tuple(
                            FunnelLine(stage_ref(stage), *counts.get(stage.id, (0, 0))) for stage in stages
                        ),
                    )
                    for name, stages in ground.funnels
                ),
            )

    async def by_person(self, actor: Actor, period: Period, page: int = 0) -> ByPerson:
        """Who sold how much, the best first. Raises `not_allowed`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            ground = await self._ground(uow, actor, None)
            sellers = _ranked(ground, await self._sums(uow, actor, ground, period, by_owner=True))
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
                page=start // PAGE,
                before=start,
                more=len(sellers) > start + PAGE,
            )

    async def by_time(self, actor: Actor, period: Period, person_id: int | None = None) -> ByTime:
        """Month after month, or coarser. Raises `not_allowed`, `person.not_found`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            ground = await self._ground(uow, actor, person_id)
            first, last = (period.first or _FAR[0], period.last or _FAR[1])
            days = await uow.reports.closed_by_day(scope(actor, Action.REPORT_VIEW), person_id, first, last)
            lines = _by_span(ground, days)
            total = sum((figures for _, figures in lines), Figures())
            return ByTime(period, ground.person, ground.currency, lines, total)

    async def _ground(self, uow: UnitOfWork, actor: Actor, person_id: int | None) -> _Ground:
        rows = await uow.reports.ground()
        funnels: dict[int, tuple[str, list[Stage]]] = {}
        for pipeline, stage, _ in rows:
            funnels.setdefault(pipeline.id, (pipeline.name, []))[1].append(stage)
        return _Ground(
            funnels=tuple((name, tuple(stages)) for name, stages in funnels.values()),
            kinds={stage.id: StageKind(stage.kind) for _, stage, _ in rows},
            currency=rows[0][2] if rows else "",
            person=await self._person(uow, actor, person_id) if person_id is not None else None,
        )

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
        ground: _Ground,
        period: Period,
        person_id: int | None = None,
        *,
        by_owner: bool = False,
    ) -> list[StageSum]:
        """What stands open now, and what was closed in the period."""
        reach = scope(actor, Action.REPORT_VIEW)
        stages = Stages(
            all=list(ground.kinds),
            open=ground.stages(StageKind.OPEN, StageKind.PAYMENT),
            won=ground.stages(StageKind.WON),
        )
        span = (period.first, period.last) if period.first and period.last else None
        return await uow.reports.sums(reach, span, stages, person_id, by_owner=by_owner)


def _by_stage(sums: Iterable[StageSum]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for row in sums:
        count, total = found.get(row.stage_id, (0, 0))
        found[row.stage_id] = (count + row.count, total + row.total)
    return found


def _figures(ground: _Ground, sums: Iterable[StageSum | DaySum]) -> Figures:
    """What the closed ones among these add up to."""
    won = won_sum = lost = days = timed = 0
    for row in sums:
        kind = ground.kinds[row.stage_id]
        if kind == StageKind.WON:
            won, won_sum = won + row.count, won_sum + row.total
            if isinstance(row, StageSum):
                days, timed = days + row.days, timed + row.timed
        elif kind == StageKind.LOST:
            lost += row.count
    return Figures(won, won_sum, lost, days, timed)


def _ranked(ground: _Ground, sums: Iterable[StageSum]) -> list[tuple[int | None, Figures, int]]:
    """Owners with their figures and open deals, by what they have won."""
    parts: dict[int | None, list[StageSum]] = {}
    for row in sums:
        parts.setdefault(row.owner_id, []).append(row)
    sellers = [(owner, _figures(ground, rows), _open(ground, rows)) for owner, rows in parts.items()]
    return sorted(sellers, key=lambda row: (-row[1].won_sum, -row[1].won, row[0] or 0))


def _open(ground: _Ground, sums: Iterable[StageSum]) -> int:
    return sum(row.count for row in sums if ground.kinds[row.stage_id] not in CLOSED_KINDS)


def _by_span(ground: _Ground, days: Sequence[DaySum]) -> tuple[tuple[Span, Figures], ...]:
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
    return tuple((span, _figures(ground, parts[span])) for span in sorted(parts, key=lambda span: span.first))
