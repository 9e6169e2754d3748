"""Days on which departments work at other hours than usual."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, delete, insert, select

from db.models import SpecialDay
from db.repositories.base import Repository

_THEIRS = (
    select(SpecialDay)
    .where(SpecialDay.department_id.in_(bindparam("departments", expanding=True)))
    .order_by(SpecialDay.day)
)


class SpecialDayRepository(Repository):
    """A department has at most one entry for a day."""

    async def of(self, departments: Iterable[int]) -> list[SpecialDay]:
        """Those of some departments, past ones too, by day."""
        return list((await self.session.scalars(_THEIRS, {"departments": sorted(departments)})).all())

    async def put(self, department_id: int, days: Iterable[date], spans: list[list[int]]) -> None:
        """Other hours for these days, in place of those they have."""
        chosen = list(days)
        await self.session.execute(
            delete(SpecialDay).where(SpecialDay.department_id == department_id, SpecialDay.day.in_(chosen))
        )
        rows = [{"department_id": department_id, "day": day, "spans": spans} for day in chosen]
        await self.session.execute(insert(SpecialDay), rows)

    async def drop(self, department_id: int, first: date, last: date) -> int:
        """Make these days usual ones again; how many were not."""
        return await self.affect(
            delete(SpecialDay).where(
                SpecialDay.department_id == department_id, SpecialDay.day.between(first, last)
            )
        )
