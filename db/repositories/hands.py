"""Who has how much work in hand in some departments."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from db.models import Deal, Lead, Person
from db.repositories.at_hand import AFTER, AT_MOST, LEAD_IN_WORK, MEMBERS, PERSON, unfinished
from db.repositories.base import Repository

SELLERS = ("manager", "head")


@dataclass(frozen=True, slots=True)
class InHand:
    """What somebody has in work; the sum in minor units."""

    id: int
    name: str
    leads: int
    deals: int
    total: int


_LEADS_HELD = select(Lead.owner_id, func.count().label("n")).where(LEAD_IN_WORK).group_by(Lead.owner_id).cte()
_DEALS_HELD = (
    select(Deal.owner_id, func.count().label("n"), func.sum(Deal.amount).label("total"))
    .where(unfinished())
    .group_by(Deal.owner_id)
    .cte()
)
_HOLDERS = (
    select(
        Person.id,
        Person.name,
        func.coalesce(_LEADS_HELD.c.n, 0),
        func.coalesce(_DEALS_HELD.c.n, 0),
        func.coalesce(_DEALS_HELD.c.total, 0),
    )
    .outerjoin(_LEADS_HELD, _LEADS_HELD.c.owner_id == Person.id)
    .outerjoin(_DEALS_HELD, _DEALS_HELD.c.owner_id == Person.id)
    .where(
        or_(
            and_(Person.status == "active", Person.role.in_(SELLERS), Person.id.in_(MEMBERS)),
            _LEADS_HELD.c.n > 0,
            _DEALS_HELD.c.n > 0,
        )
    )
    .order_by(Person.name_folded, Person.id)
    .limit(AT_MOST)
)
_LAST = select(Person.name_folded).where(Person.id == AFTER).scalar_subquery()
_HOLDERS_AFTER = _HOLDERS.where(
    or_(Person.name_folded > _LAST, and_(Person.name_folded == _LAST, Person.id > AFTER))
)
_HOLDER = _HOLDERS.where(Person.id == PERSON)


class HandRepository(Repository):
    """Reads only. `departments` are those that the reader may look at, all by their ids."""

    async def holders(self, departments: Collection[int], after: int, limit: int) -> list[InHand]:
        """Sellers of the departments, and whoever else has work there, by name; after one of them."""
        given = {"departments": [*departments], "at_most": limit}
        if after:
            rows = await self.session.execute(_HOLDERS_AFTER, {**given, "after": after})
        else:
            rows = await self.session.execute(_HOLDERS, given)
        return [_in_hand(row) for row in rows]

    async def holder(self, departments: Collection[int], person_id: int) -> InHand | None:
        """One of them."""
        given = {"departments": [*departments], "person": person_id, "at_most": 1}
        row = (await self.session.execute(_HOLDER, given)).one_or_none()
        return _in_hand(row) if row else None


def _in_hand(row: Any) -> InHand:
    person_id, name, leads, deals, total = row
    return InHand(person_id, name, leads, deals, int(total))
