"""Figures over many deals, computed by the database from covering indexes alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, case, func, null, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Deal, Person, Pipeline, Stage
from db.repositories.base import Repository, within
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class StageSum:
    """Deals in one stage. `days` is the time from opening to closing of the `timed` ones.

    By owner: those of one owner in one department; an owner may come several times.
    """

    stage_id: int
    count: int
    total: int
    owner_id: int | None = None
    days: int = 0
    timed: int = 0


@dataclass(frozen=True, slots=True)
class DaySum:
    """Deals that were closed on one day in one stage."""

    day: date
    stage_id: int
    count: int
    total: int


class ReportRepository(Repository):
    """Sums are made of integers; PostgreSQL hands them out as decimals, hence `int`."""

    async def pipelines(self) -> list[tuple[Pipeline, Stage]]:
        """All stages with their pipelines, in order."""
        query = (
            select(Pipeline, Stage)
            .join(Stage, Stage.pipeline_id == Pipeline.id)
            .order_by(Pipeline.position, Pipeline.id, Stage.position, Stage.id)
        )
        return [(pipeline, stage) for pipeline, stage in await self.session.execute(query)]

    async def standing(
        self, scope: Scope, stages: Collection[int], owner_id: int | None, *, by_owner: bool = False
    ) -> list[StageSum]:
        """Deals in these stages now."""
        query = _grouped(scope, owner_id, by_owner, _COUNT, _TOTAL).where(Deal.stage_id.in_(stages))
        rows = await self.session.execute(query)
        return [StageSum(stage, count, int(total), owner) for stage, owner, count, total in rows]

    async def closed(
        self,
        scope: Scope,
        stages: Collection[int],
        won: Collection[int],
        owner_id: int | None,
        first: date | None,
        last: date | None,
        *,
        by_owner: bool = False,
    ) -> list[StageSum]:
        """Closed deals; of the won ones also how long they took."""
        is_won = Deal.stage_id.in_(won)
        days = func.coalesce(func.sum(case((is_won, self._days()))), 0)
        timed = func.count(case((is_won, Deal.opened_on)))
        query = _grouped(scope, owner_id, by_owner, _COUNT, _TOTAL, days, timed)
        # A day of closing is had by closed deals only. Named beside it, the stages would lead SQLite, which
        # keeps no statistics, to the index that reads all of them; without days it is the right one.
        if first is not None and last is not None:
            query = query.where(Deal.closed_on.between(first, last))
        else:
            query = query.where(Deal.stage_id.in_(stages))
        rows = await self.session.execute(query)
        return [
            StageSum(stage, count, int(total), owner, round(days), timed)
            for stage, owner, count, total, days, timed in rows
        ]

    async def closed_by_day(
        self, scope: Scope, owner_id: int | None, first: date, last: date
    ) -> list[DaySum]:
        """Closed deals by day and stage; both databases can group by days, only one of them by months."""
        query = (
            select(Deal.closed_on, Deal.stage_id, _COUNT, _TOTAL)
            .where(Deal.closed_on.between(first, last), _seen(scope, owner_id))
            .group_by(Deal.closed_on, Deal.stage_id)
        )
        rows = await self.session.execute(query)
        return [DaySum(day, stage, count, int(total or 0)) for day, stage, count, total in rows if day]

    async def has_deals(self, scope: Scope, owner_id: int) -> bool:
        """Whether somebody owns any deal within the scope."""
        query = select(Deal.id).where(_seen(scope, owner_id)).limit(1)
        return await self.session.scalar(query) is not None

    async def name(self, person_id: int) -> str | None:
        """What somebody is called, whoever they are."""
        name: str | None = await self.session.scalar(select(Person.name).where(Person.id == person_id))
        return name

    def _days(self) -> ColumnElement[Any]:
        """Whole days from opening to closing."""
        if self.session.get_bind().dialect.name == "sqlite":
            return func.julianday(Deal.closed_on) - func.julianday(Deal.opened_on)
        return Deal.closed_on - Deal.opened_on


_COUNT = func.count()
_TOTAL = func.coalesce(func.sum(Deal.amount), 0)


def _grouped(scope: Scope, owner_id: int | None, by_owner: bool, *figures: ColumnElement[Any]) -> Select[Any]:
    """By stage or by stage, department and owner: the order of the index, so that nothing is sorted."""
    stage, department, owner = Deal.stage_id, Deal.department_id, Deal.owner_id
    if by_owner:
        query = select(stage, owner, *figures).group_by(stage, department, owner)
    else:
        query = select(stage, null(), *figures).group_by(stage)
    return query.where(_seen(scope, owner_id))


def _seen(scope: Scope, owner_id: int | None) -> ColumnElement[bool]:
    """The condition of the scope, and of one owner.

    The sum keeps SQLite, which has no statistics, from the department's index, as it would then look up each
    deal of a department; the figures' own indexes hold the department, too.
    """
    department = cast("InstrumentedAttribute[int]", Deal.department_id + 0)
    seen = within(scope, Deal.owner_id, department)
    return seen if owner_id is None else seen & (Deal.owner_id == owner_id)
