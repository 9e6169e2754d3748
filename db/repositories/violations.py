"""What is not as it should be in some departments: counted, and page by page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, true

from db.models import Deal, Lead, Stage, Task
from db.repositories.base import Repository
from db.repositories.control import KEY, deal_page


@dataclass(frozen=True, slots=True)
class Limits:
    """Before which moments deals of some departments are too old."""

    departments: tuple[int, ...]
    stages: tuple[tuple[int, datetime], ...]
    """By stage: when a deal should have come to it at the earliest."""
    silence: tuple[tuple[int, tuple[int, ...], datetime], ...]
    """By department and some stages: when the client of a deal there should have been heard of last."""
    now: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each."""

    unanswered: int
    rotting: int
    silent: int


class ViolationRepository(Repository):
    """Reads only; each question looks through an index from its limit on, not through all deals in work."""

    async def counts(self, limits: Limits, person_id: int | None = None) -> Counts:
        """All of them, or somebody's."""
        rotting = (
            and_(_in_departments(Deal, limits), one, _owned(Deal, person_id)) for one in _late(Deal, limits)
        )
        silent = (and_(~_planned(Deal, limits), one, _owned(Deal, person_id)) for one in _quiet(Deal, limits))
        unanswered = _count(Lead).where(_unanswered(limits.departments), _owned(Lead, person_id))
        query = select(
            unanswered.scalar_subquery(),
            _deals(rotting).label("rotting"),
            _deals(silent).label("silent"),
        )
        return Counts(*(await self.session.execute(query)).one())

    async def unanswered(
        self, departments: Collection[int], person_id: int | None, after: int, limit: int
    ) -> Sequence[Lead]:
        """Leads of which a head was told that nobody answers, and nobody has since; after one of them."""
        wanted = and_(_unanswered(departments), _owned(Lead, person_id), Lead.id > after)
        query = select(Lead).where(wanted).order_by(Lead.id).limit(limit)
        return (await self.session.scalars(query)).all()

    async def rotting(
        self, limits: Limits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Deals that stand too long in their stage with client and owner, after one of them."""
        return await self._deals(_rotting(KEY, limits), person_id, after, limit)

    async def silent(
        self, limits: Limits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """The same of deals whose clients nobody has spoken to, and nobody is going to."""
        return await self._deals(_silent(KEY, limits), person_id, after, limit)

    async def _deals(
        self, condition: ColumnElement[bool], person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        given = {"after": after, "at_most": limit}
        rows = await self.session.execute(deal_page(condition, _owned(KEY, person_id)), given)
        return [(deal, stage, client, owner) for deal, stage, client, owner in rows]


def _owned(model: type[Deal | Lead], person_id: int | None) -> ColumnElement[bool]:
    """Somebody's, or whosever it is."""
    return model.owner_id == person_id if person_id is not None else true()


def _count(model: type[Deal | Lead]) -> Select[Any]:
    return select(func.count()).select_from(model)


def _unanswered(departments: Collection[int]) -> ColumnElement[bool]:
    return and_(
        Lead.department_id.in_(departments),
        Lead.status.in_(("new", "in_work")),
        Lead.answered_at.is_(None),
        Lead.alarmed_at.is_not(None),
    )


def _deals(parts: Iterable[ColumnElement[bool]]) -> ColumnElement[int]:
    """How many deals in work there are in parts that have none in common.

    Each is counted by itself, since for alternatives SQLite reads the deals behind its indexes.
    """
    counts = (_count(Deal).where(_in_work(Deal), part).scalar_subquery() for part in parts)
    return sum(counts, start=literal(0))


def _rotting(deal: type[Deal], limits: Limits) -> ColumnElement[bool]:
    return and_(_in_work(deal), _in_departments(deal, limits), or_(false(), *_late(deal, limits)))


def _silent(deal: type[Deal], limits: Limits) -> ColumnElement[bool]:
    return and_(_in_work(deal), or_(false(), *_quiet(deal, limits)), ~_planned(deal, limits))


def _in_departments(deal: type[Deal], limits: Limits) -> ColumnElement[bool]:
    return deal.department_id.in_(limits.departments)


def _late(deal: type[Deal], limits: Limits) -> list[ColumnElement[bool]]:
    return [and_(deal.stage_id == stage, deal.stage_since < before) for stage, before in limits.stages]


def _quiet(deal: type[Deal], limits: Limits) -> list[ColumnElement[bool]]:
    return [
        and_(
            deal.department_id == department,
            deal.stage_id.in_(stages),
            deal.touched_at < before,
        )
        for department, stages, before in limits.silence
    ]


def _planned(deal: type[Deal], limits: Limits) -> ColumnElement[bool]:
    """What is planned for later counts as spoken of."""
    planned = exists().where(Task.deal_id == deal.id, Task.done_at.is_(None), Task.due_at >= limits.now)
    return planned.correlate(deal)


def _in_work(deal: type[Deal]) -> ColumnElement[bool]:
    """As the indexes have it, that nothing else has to be read; only closed deals lie in the archive."""
    return deal.closed_on.is_(None)
