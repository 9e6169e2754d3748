"""Whom a task or a client could be given to: the people of some departments."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, and_, bindparam, or_, select

from db.models import Membership, Person
from db.repositories.base import Repository

_SELLERS = (
    select(Membership.department_id, Person.id, Person.name, Membership.head)
    .join(Person, Person.id == Membership.person_id)
    .where(
        Membership.department_id.in_(bindparam("departments", expanding=True)),
        Person.status == "active",
        Person.role.in_(bindparam("roles", expanding=True)),
    )
)
_LEFT = select(Person.id).where(Person.id.in_(bindparam("ids", expanding=True)), Person.status == "left")


class ColleagueRepository(Repository):
    """Whoever has left is nobody's colleague."""

    async def page(
        self,
        departments: Collection[int] | None,
        but: int,
        first: int | None,
        offset: int,
        limit: int,
        below: Collection[int] = (),
    ) -> Sequence[Person]:
        """Active people of some departments (None: of all) but one, by name; `first` leads the list.

        `below`: departments of which only those are meant who do not head them.
        """
        order = (Person.id == (first or 0)).desc(), Person.name_folded, Person.id
        query = _colleagues(departments, but, below).order_by(*order).offset(offset).limit(limit)
        return (await self.session.scalars(query)).all()

    async def one(
        self,
        departments: Collection[int] | None,
        but: int,
        person_id: int,
        below: Collection[int] = (),
    ) -> Person | None:
        """One of them."""
        return await self.session.scalar(_colleagues(departments, but, below).where(Person.id == person_id))

    async def sellers(
        self, departments: Collection[int], roles: Collection[str]
    ) -> Sequence[tuple[int, int, str, bool]]:
        """Active people of these roles: their department, id and name, and whether they head it."""
        rows = await self.session.execute(_SELLERS, {"departments": sorted(departments), "roles": [*roles]})
        return [(department, person, name, head) for department, person, name, head in rows]

    async def left(self, ids: Collection[int]) -> frozenset[int]:
        """Those of them who have left the company."""
        return frozenset(await self.session.scalars(_LEFT, {"ids": sorted(ids)})) if ids else frozenset()


def _colleagues(departments: Collection[int] | None, but: int, below: Collection[int] = ()) -> Select[Person]:
    query = select(Person).where(Person.status == "active", Person.id != but)
    if departments is None:
        return query
    beside = and_(Membership.department_id.in_(sorted(below)), Membership.head.is_(False))
    here = or_(Membership.department_id.in_(sorted(departments)), beside)
    return query.where(Person.id.in_(select(Membership.person_id).where(here)))
