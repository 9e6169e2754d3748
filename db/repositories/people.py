"""The company, its people and departments."""

from collections.abc import Collection, Iterable, Sequence
from typing import cast

from sqlalchemy import Select, Table, bindparam, delete, exists, func, insert, or_, select, update

from db.models import Department, Membership, Person, Workspace
from db.repositories.base import Repository

ACTIVE = Person.status == "active"
PERSON = cast("Table", Person.__table__)


HERE = Person.status.in_(("active", "imported"))
"""Of the company, also if nobody has joined under the name yet."""

# What most lists ask is built once.
_NAMES = select(Person.id, Person.name).where(Person.id.in_(bindparam("ids", expanding=True)))
_NAMES_IN = (
    select(Person.id, Person.name)
    .join(Membership, Membership.person_id == Person.id)
    .where(
        Person.id.in_(bindparam("people", expanding=True)),
        ACTIVE,
        Person.role.in_(bindparam("roles", expanding=True)),
        Membership.department_id.in_(bindparam("departments", expanding=True)),
    )
    .distinct()
)
_DEPARTMENTS = select(Department).order_by(Department.name_folded)


class PeopleRepository(Repository):
    """People and where they belong."""

    async def workspace(self) -> Workspace | None:
        """The company's settings; none before the first start."""
        return await self.session.get(Workspace, 1)

    async def found(self, **values: object) -> bool:
        """Make the company; False if there is one already."""
        statement = self.inserting(Workspace).values(id=1, outbox_epoch=1, **values).on_conflict_do_nothing()
        return await self.session.scalar(statement.returning(Workspace.id)) is not None

    async def spend_owner_link(self, token_hash: str) -> bool:
        """Use up the owner's link; False if this is not it, or it was used already."""
        return bool(
            await self.affect(
                update(Workspace).where(Workspace.owner_link_hash == token_hash).values(owner_link_hash=None)
            )
        )

    async def by_telegram(self, telegram_id: int) -> list[tuple[Person, int | None, bool | None]]:
        """The person behind a Telegram account, one row per department with whether they head it."""
        query = (
            select(Person, Membership.department_id, Membership.head)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.telegram_id == telegram_id)
        )
        return [(person, department, head) for person, department, head in await self.session.execute(query)]

    async def get(self, person_id: int) -> Person | None:
        """One person."""
        return await self.session.get(Person, person_id)

    async def named(self, usernames: Collection[str], accounts: Collection[int]) -> list[Person]:
        """Active people by their @usernames in small letters, or by their accounts."""
        query = select(Person).where(
            Person.status == "active",
            or_(func.lower(Person.username).in_(usernames), Person.telegram_id.in_(accounts)),
        )
        return list((await self.session.scalars(query.order_by(Person.id))).all())

    async def call(self, person_id: int, username: str | None) -> None:
        """Note somebody's @username; nobody else bears it any more, for Telegram gives it to one alone."""
        if username is not None:
            same = func.lower(PERSON.c.username) == username.lower()
            await self.affect(update(Person).where(same, PERSON.c.id != person_id).values(username=None))
        await self.affect(update(Person).where(PERSON.c.id == person_id).values(username=username))

    async def stays(self, person_id: int) -> bool:
        """Whether somebody is active, and nobody can let them go before this transaction is over."""
        query = select(PERSON.c.status).where(PERSON.c.id == person_id).with_for_update(read=True)
        return bool(await self.session.scalar(query) == "active")

    async def hold(self, person_id: int) -> None:
        """Let nobody give this person anything before this transaction is over."""
        await self.session.execute(select(PERSON.c.id).where(PERSON.c.id == person_id).with_for_update())

    async def department(self, department_id: int) -> Department | None:
        """One department."""
        return await self.session.get(Department, department_id)

    async def held_department(self, department_id: int) -> Department | None:
        """The same, as it stands now; nobody else changes it until this is over, leads still come."""
        query = select(Department).where(Department.id == department_id).with_for_update(key_share=True)
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def departments(self) -> list[Department]:
        """All departments by name."""
        return list((await self.session.scalars(_DEPARTMENTS)).all())

    async def members(self, department_id: int, *, roles: tuple[str, ...] | None = None) -> list[Person]:
        """Active people of a department, by name."""
        query = (
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.department_id == department_id, ACTIVE)
            .order_by(Person.name_folded, Person.id)
        )
        if roles is not None:
            query = query.where(Person.role.in_(roles))
        return list((await self.session.scalars(query)).all())

    async def names_in(
        self, departments: Collection[int], ids: Collection[int], roles: Collection[str]
    ) -> dict[int, str]:
        """The names of those of these people who have one of the roles and work in one of the departments."""
        given = {"people": [*ids], "roles": [*roles], "departments": [*departments]}
        return dict((await self.session.execute(_NAMES_IN, given)).all()) if ids else {}

    async def with_role(self, role: str) -> list[Person]:
        """Active people of a role, the first to come first."""
        query = select(Person).where(ACTIVE, Person.role == role).order_by(Person.id)
        return list((await self.session.scalars(query)).all())

    async def team(self, departments: Iterable[int] | None) -> list[tuple[Department, int, list[str]]]:
        """Departments (None: all) by name, each with how many people it has and who heads it."""
        query = (
            select(Department, Person.name, Membership.head)
            .outerjoin(Membership, Membership.department_id == Department.id)
            .outerjoin(Person, (Person.id == Membership.person_id) & HERE)
            .order_by(Department.name_folded, Person.name_folded)
        )
        if departments is not None:
            query = query.where(Department.id.in_(sorted(departments)))
        found: dict[int, tuple[Department, list[tuple[str, bool]]]] = {}
        for department, name, head in await self.session.execute(query):
            people = found.setdefault(department.id, (department, []))[1]
            if name is not None:
                people.append((name, head))
        return [(row, len(people), [name for name, head in people if head]) for row, people in found.values()]

    async def page_of(self, department_id: int | None, offset: int, limit: int) -> list[Person]:
        """The people of a department (None: of none) by name."""
        return list((await self.session.scalars(_in(department_id).offset(offset).limit(limit))).all())

    async def loose(self) -> int:
        """How many people belong to no department."""
        query = select(func.count()).select_from(_in(None).order_by(None).subquery())
        return await self.session.scalar(query) or 0

    async def heirs(
        self, departments: Iterable[int], but: int, roles: Sequence[str], offset: int, limit: int
    ) -> list[Person]:
        """Who could take over: active people of these roles, those of the departments first."""
        near = exists().where(
            Membership.person_id == Person.id, Membership.department_id.in_(sorted(departments))
        )
        query = (
            select(Person)
            .where(ACTIVE, Person.id != but, Person.role.in_(roles))
            .order_by(near.desc(), Person.name_folded, Person.id)
            .offset(offset)
            .limit(limit)
        )
        return list((await self.session.scalars(query)).all())

    async def place(self, person_id: int, departments: Iterable[int], *, head: bool) -> None:
        """Let a person belong to exactly these departments; in those that stay their weight does, too."""
        wanted, of = set(departments), Membership.person_id == person_id
        await self.session.execute(delete(Membership).where(of, Membership.department_id.not_in(wanted)))
        kept = update(Membership).where(of).values(head=head).returning(Membership.department_id)
        stays = set(await self.session.scalars(kept))
        rows = [
            {"person_id": person_id, "department_id": department, "head": head}
            for department in sorted(wanted - stays)
        ]
        if rows:
            await self.session.execute(insert(Membership), rows)

    async def memberships(self, person_id: int) -> list[Department]:
        """The departments that a person belongs to, by name."""
        query = (
            select(Department)
            .join(Membership, Membership.department_id == Department.id)
            .where(Membership.person_id == person_id)
            .order_by(Department.name_folded)
        )
        return list((await self.session.scalars(query)).all())

    async def by_folded_name(self, name_folded: str) -> Department | None:
        """The department of this name."""
        return await self.session.scalar(select(Department).where(Department.name_folded == name_folded))

    async def heads(self, department_id: int) -> list[Person]:
        """The active heads of a department, by name."""
        query = (
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.department_id == department_id, Membership.head.is_(True), ACTIVE)
            .order_by(Person.name_folded, Person.id)
        )
        return list((await self.session.scalars(query)).all())

    async def names(self, ids: Collection[int]) -> dict[int, str]:
        """The names of people by their ids."""
        if not ids:
            return {}
        rows = await self.session.execute(_NAMES, {"ids": sorted(ids)})
        return dict(rows.all())

    async def is_member(self, person_id: int, department_id: int) -> bool:
        """Whether an active person belongs to a department."""
        query = (
            select(func.count())
            .select_from(Membership)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.person_id == person_id,
                Membership.department_id == department_id,
                ACTIVE,
            )
        )
        return bool(await self.session.scalar(query))


def _in(department_id: int | None) -> Select[Person]:
    member = exists().where(Membership.person_id == Person.id)
    if department_id is not None:
        member = member.where(Membership.department_id == department_id)
    return (
        select(Person)
        .where(HERE, member if department_id is not None else ~member)
        .order_by(Person.name_folded, Person.id)
    )
