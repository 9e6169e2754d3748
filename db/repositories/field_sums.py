"""Sums of deals by what a field of the company's own says of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from db.models import Deal, FieldValue
from db.repositories.base import Repository, within
from db.repositories.reports import StageSum
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class FieldSum:
    """Deals in one stage of which a field says one thing, by its number."""

    value: int
    stage_id: int
    count: int
    total: int

    @property
    def stage_sum(self) -> StageSum:
        """The same whatever the field says."""
        return StageSum(self.stage_id, self.count, self.total)


class FieldSumRepository(Repository):
    """One stretch of the index of a field's values leads to its deals."""

    async def totals(
        self,
        scope: Scope,
        field_id: int,
        span: tuple[date, date] | None,
        still_open: Collection[int],
        currency: str | None,
    ) -> list[StageSum]:
        """What the field says of these deals, added up by stage; `currency`: of sums those in this one."""
        query = (
            select(Deal.stage_id, func.count(), func.coalesce(func.sum(FieldValue.number), 0))
            .select_from(FieldValue)
            .join(Deal, Deal.id == FieldValue.subject_id)
            .where(*_counted(scope, field_id, span, still_open))
            .group_by(Deal.stage_id)
        )
        if currency is not None:
            query = query.where(FieldValue.text == currency)
        rows = await self.session.execute(query)
        return [StageSum(stage, count, int(total or 0)) for stage, count, total in rows]

    async def sums(
        self, scope: Scope, field_id: int, span: tuple[date, date] | None, still_open: Collection[int]
    ) -> list[FieldSum]:
        """Deals that stand open now, and those closed in a span of days (none: ever)."""
        query = (
            select(FieldValue.number, Deal.stage_id, func.count(), func.coalesce(func.sum(Deal.amount), 0))
            .join(Deal, Deal.id == FieldValue.subject_id)
            .where(*_counted(scope, field_id, span, still_open))
            .group_by(FieldValue.number, Deal.stage_id)
        )
        rows = await self.session.execute(query)
        return [FieldSum(value or 0, stage, count, int(total or 0)) for value, stage, count, total in rows]


def _counted(
    scope: Scope, field_id: int, span: tuple[date, date] | None, still_open: Collection[int]
) -> tuple[ColumnElement[bool], ...]:
    """The deals that a report is of, as far as the field says something of them."""
    closed = Deal.closed_on.between(*span) if span is not None else Deal.closed_on.is_not(None)
    return (
        FieldValue.field_id == field_id,
        within(scope, Deal.owner_id, Deal.department_id),
        or_(closed, Deal.stage_id.in_(still_open)),
    )
