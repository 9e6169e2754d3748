"""The company, its people, departments and invitations."""

from sqlalchemy import func, select

from db.models import Department, Membership, Person, Workspace
from db.repositories.base import Repository


class PeopleRepository(Repository):
    """People and where they belong."""

    async def workspace(self) -> Workspace | None:
        """The company's settings; none before the first start."""
        return await self.session.get(Workspace, 1)

    async def by_telegram(self, telegram_id: int) -> list[tuple[Person, int | None, bool | None]]:
        """The person behind a Telegram account, one row per department with whether they head it."""
        query = (
            select(Person, Membership.department_id, Membership.head)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.telegram_id == telegram_id)
        )
        return [(person, department, head) for person, department, head in await self.session.execute(query)]

    async def by_id(self, person_id: int) -> list[tuple[Person, int | None, bool | None]]:
        """The same rows for a person's own id."""
        query = (
            select(Person, Membership.department_id, Membership.head)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.id == person_id)
        )
        return [(person, department, head) for person, department, head in await self.session.execute(query)]

    async def get(self, person_id: int) -> Person | None:
        """One person."""
        return await self.session.get(Person, person_id)

    async def department(self, department_id: int) -> Department | None:
        """One department."""
        return await self.session.get(Department, department_id)

    async def departments(self) -> list[Department]:
        """All departments by name."""
        return list((await self.session.scalars(select(Department).order_by(Department.name_folded))).all())

    async def members(self, department_id: int, *, roles: tuple[str, ...] | None = None) -> list[Person]:
        """Active people of a department, by name."""
        query = (
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.department_id == department_id, Person.status == "active")
            .order_by(Person.name_folded, Person.id)
        )
        if roles is not None:
            query = query.where(Person.role.in_(roles))
        return list((await self.session.scalars(query)).all())

    async def is_member(self, person_id: int, department_id: int) -> bool:
        """Whether an active person belongs to a department."""
        query = (
            select(func.count())
            .select_from(Membership)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.person_id == person_id,
                Membership.department_id == department_id,
                Person.status == "active",
            )
        )
        return bool(await self.session.scalar(query))
