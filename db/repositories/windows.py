"""What lists by filter have in common: how much is looked through, and what bounds it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Deal, Lead
from db.repositories.base import Repository
from db.repositories.field_conditions import FieldCondition, matching

RARE = 2_000
"""What so few rows say is looked up; what more say is found among those that are looked through."""
SLACK = 1_000
"""Ids are given out in the order of creation, but for transactions that overlap: by so many at most."""

Listed = type[Deal] | type[Lead]


class WindowRepository(Repository):
    """Each page looks through so many rows at most, see decision 14."""

    async def is_rare(self, conditions: Sequence[FieldCondition]) -> bool:
        """Whether one of these values is rare enough to be looked up."""
        for condition in conditions:
            few = select(matching(condition).limit(RARE + 1).subquery())
            if len((await self.session.execute(few)).all()) <= RARE:
                return True
        return False

    async def ids_of(self, table: Listed, period: tuple[datetime, datetime]) -> tuple[int | None, int | None]:
        """Between which ids the rows lie that were made in a period."""
        bounds = []
        for moment in period:
            first = select(table.id).where(table.created_at >= moment).order_by(table.created_at).limit(1)
            bounds.append(await self.session.scalar(first))
        return bounds[0], bounds[1]

    async def values_of(self, column: InstrumentedAttribute[str], most: int) -> list[str]:
        """What a column says anywhere; each value costs one look into an index."""
        found: list[str] = []
        last: str | None = None
        for _ in range(most):
            query = select(func.min(column))
            last = await self.session.scalar(query.where(column > last) if last is not None else query)
            if last is None:
                break
            found.append(last)
        return found


def made_between(table: Listed, first: int | None, beyond: int | None) -> list[ColumnElement[bool]]:
    """Where such rows can lie at all; none were made since the period began: nowhere."""
    if first is None:
        return [table.id < 0]
    return [table.id > first - SLACK, *([table.id < beyond + SLACK] if beyond is not None else [])]
