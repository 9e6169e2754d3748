"""Reports by what a field of the company's own says: how many deals, and how much."""

from collections.abc import Sequence

from db.repositories.field_sums import FieldSum
from db.uow import Database
from services.access import CLOSED_KINDS, Action, Actor, require, scope
from services.clock import Clock
from services.dto.common import Ref
from services.dto.fields import CHOSEN, Field, FieldKind, FieldSubject
from services.dto.reports import ByField, FieldFigures, FieldTotals
from services.errors import NotFoundError
from services.fields.shape import field_of
from services.report_periods import Period
from services.sales import Ground, ground_of

COUNTED = (*CHOSEN, FieldKind.FLAG)
"""Kinds by whose values deals are counted."""
ADDED = (FieldKind.NUMBER, FieldKind.MONEY)
"""Kinds whose values are added up."""


class FieldReports:
    """The service of these reports; the owner sees all, a head the departments that they head."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fields(self, actor: Actor) -> tuple[Ref, ...]:
        """The fields of deals by which may be counted, or that may be added up. Raises `not_allowed`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            rows = await uow.fields.used(FieldSubject.DEAL)
            return tuple(Ref(row.id, row.name) for row in rows if row.kind in (*COUNTED, *ADDED))

    async def by_field(self, actor: Actor, period: Period, field_id: int) -> ByField | FieldTotals:
        """What was closed in a period, and what is in work now, by each value; of a number or a sum how much
        it comes to in each stage.

        A deal of which a field says several things counts with each. Of sums those in the company's own
        currency are added up. Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            row = await uow.fields.get(field_id)
            if row is None or row.subject != FieldSubject.DEAL or row.kind not in (*COUNTED, *ADDED):
                raise NotFoundError("field")
            ground, reach = await ground_of(uow), scope(actor, Action.REPORT_VIEW)
            span = (period.first, period.last) if period.first and period.last else None
            named, still_open = Ref(row.id, row.name), ground.split.open
            if row.kind in ADDED:
                currency = ground.currency if row.kind == FieldKind.MONEY else None
                totals = await uow.field_sums.totals(reach, field_id, span, still_open, currency)
                return FieldTotals(period, currency, named, ground.funnels_of(totals))
            sums = await uow.field_sums.sums(reach, field_id, span, still_open)
            return ByField(period, ground.currency, named, _lines(field_of(row), ground, sums))


def _lines(field: Field, ground: Ground, sums: Sequence[FieldSum]) -> tuple[FieldFigures, ...]:
    parts: dict[int, list[FieldSum]] = {}
    for row in sums:
        parts.setdefault(row.value, []).append(row)
    names: dict[int, str | bool] = {one.id: one.name for one in field.options}
    if field.kind is FieldKind.FLAG:
        names = {1: True, 0: False}
    lines = [
        FieldFigures(
            value=names.get(value),
            figures=ground.figures(one.stage_sum for one in rows),
            open=sum(one.count for one in rows if ground.kinds[one.stage_id] not in CLOSED_KINDS),
            open_sum=sum(one.total for one in rows if ground.kinds[one.stage_id] not in CLOSED_KINDS),
        )
        for value, rows in parts.items()
    ]
    return tuple(sorted(lines, key=lambda one: (-one.figures.won_sum, -one.figures.won, -one.open_sum)))
