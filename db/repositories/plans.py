"""Plans of sales by month and department."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, select

from db.models import SalesPlan
from db.models.plans import OF_ALL
from db.repositories.base import Repository

_THEIRS = (
    select(SalesPlan)
    .where(
        SalesPlan.month.in_(bindparam("months", expanding=True)),
        SalesPlan.department_id.in_(bindparam("departments", expanding=True)),
    )
    .order_by(SalesPlan.id)
    .execution_options(populate_existing=True)
)


class PlanRepository(Repository):
    """A department has at most one plan of its own for a month, and one for each of its people."""

    async def of(self, months: Collection[date], departments: Collection[int]) -> list[SalesPlan]:
        """Those of some months and departments."""
        values = {"months": sorted(months), "departments": sorted(departments)}
        return list((await self.session.scalars(_THEIRS, values)).all())

    async def get(self, month: date, department_id: int, person_id: int | None) -> SalesPlan | None:
        """One of them; `person_id` none: that of the whole department."""
        query = select(SalesPlan).where(
            SalesPlan.month == month,
            SalesPlan.department_id == department_id,
            SalesPlan.person_id.is_(None) if person_id is None else SalesPlan.person_id == person_id,
        )
        plan: SalesPlan | None = await self.session.scalar(query)
        return plan

    async def put(self, month: date, department_id: int, person_id: int | None, amount: int) -> None:
        """Set it, in place of the one that there is, also if somebody else sets it at the same time."""
        keys = ["month", "department_id"]
        values = {"month": month, "department_id": department_id, "person_id": person_id, "amount": amount}
        adding = self.inserting(SalesPlan).values(values)
        if person_id is None:
            adding = adding.on_conflict_do_update(
                index_elements=keys, index_where=OF_ALL, set_={"amount": amount}
            )
        else:
            adding = adding.on_conflict_do_update(
                index_elements=[*keys, "person_id"], set_={"amount": amount}
            )
        await self.session.execute(adding)

    async def drop(self, plan: SalesPlan) -> None:
        """There is none any more."""
        await self.session.delete(plan)

    async def any(self) -> bool:
        """Whether there is any plan at all."""
        return await self.session.scalar(select(SalesPlan.id).limit(1)) is not None
