"""Who gets a department's leads: its people with their weights, shifts and what they have in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select, update

from db.leases import take_turns
from db.models import Lead, Membership, Person
from db.repositories.base import Repository

TURNS = 7_335_400_000_000
"""The department's number is added, so that each gives out its leads by itself."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody of a department who could get its leads."""

    id: int
    name: str
    role: str
    weight: int
    credit: int
    shift: str
    shift_until: datetime | None
    lunch_until: datetime | None
    substitute_id: int | None
    quiet: dict[str, Any] | None
    time_zone: str | None
    load: int


_IN_HAND = (
    select(func.count())
    .select_from(Lead)
    .where(Lead.owner_id == Person.id, Lead.status == "in_work")
    .correlate(Person)
    .scalar_subquery()
)
_OFFERED = (
    select(func.count())
    .select_from(Lead)
    .where(Lead.offered_to == Person.id, Lead.status == "new")
    .correlate(Person)
    .scalar_subquery()
)
_TAKERS = (
    select(
        Person.id,
        Person.name,
        Person.role,
        func.coalesce(Membership.weight, case((Person.role == "manager", 1), else_=0)),
        Membership.credit,
        Person.shift,
        Person.shift_until,
        Person.lunch_until,
        Person.substitute_id,
        Person.quiet,
        Person.time_zone,
        _IN_HAND + _OFFERED,
    )
    .join(Membership, Membership.person_id == Person.id)
    .where(
        Membership.department_id == bindparam("department"),
        Person.role.in_(("manager", "head")),
        Person.status == "active",
    )
    .order_by(Person.name_folded, Person.id)
)
_HELD = (
    select(Person.id)
    .join(Membership, Membership.person_id == Person.id)
    .where(Membership.department_id == bindparam("department"))
    .order_by(Person.id)
    .with_for_update(read=True, of=Person)
)
_WAITING = (
    Lead.status == "new",
    Lead.owner_id.is_(None),
    Lead.offered_to.is_(None),
    Lead.department_id == bindparam("department"),
)
_QUEUE = select(Lead.id).where(*_WAITING).order_by(Lead.id).limit(bindparam("limit"))
_COUNT = select(func.count()).select_from(Lead).where(*_WAITING)


class ShiftRepository(Repository):
    """Read before a lead is given, and changed by it."""

    async def give_in_turn(self, department_id: int) -> None:
        """Let only one transaction at a time give out a department's leads, until it ends.

        Called before anything else is locked that two of them could want.
        """
        await take_turns(self.session, TURNS + department_id)

    async def hold(self, department_id: int) -> None:
        """Nobody of a department changes their shift or leaves before this transaction is over."""
        await self.session.execute(_HELD, {"department": department_id})

    async def takers(self, department_id: int) -> list[Taker]:
        """The sellers of a department by name, with what they have in hand or were offered."""
        rows = await self.session.execute(_TAKERS, {"department": department_id})
        return [Taker(*row) for row in rows]

    async def remember(self, department_id: int, credit: Mapping[int, int]) -> None:
        """Keep whose turn it is."""
        change = (
            update(Membership)
            .where(
                Membership.department_id == department_id,
                Membership.person_id == bindparam("person"),
            )
            .values(credit=bindparam("now"))
            .execution_options(synchronize_session=False)
        )
        connection = await self.session.connection()
        await connection.execute(
            change, [{"person": person, "now": left} for person, left in sorted(credit.items())]
        )

    async def weigh(self, department_id: int, person_id: int, weight: int) -> bool:
        """Set somebody's weight; False if they are not of this department."""
        change = update(Membership).where(
            Membership.department_id == department_id, Membership.person_id == person_id
        )
        return bool(await self.affect(change.values(weight=weight, credit=0)))

    async def queue(self, department_id: int, limit: int) -> list[int]:
        """The free leads of a department that nobody is offered, the oldest first."""
        rows = await self.session.scalars(_QUEUE, {"department": department_id, "limit": limit})
        return list(rows)

    async def waiting(self, department_id: int) -> int:
        """How many they are."""
        return await self.session.scalar(_COUNT, {"department": department_id}) or 0
