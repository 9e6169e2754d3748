"""The team: who works where and as what, and the changes that the owner makes to it."""

from datetime import datetime

from db.models import Department, Person
from db.repositories.workload import Workload
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Role, Standing, allowed, require
from services.clock import Clock
from services.deal_crew import leave_crews
from services.dto.common import Ref
from services.dto.people import (
    DepartmentCard,
    DepartmentChoice,
    Load,
    PersonCard,
    PersonDepartments,
    PersonLine,
    Team,
)
from services.errors import AppError, NotFoundError
from services.notices import NoticeKind
from services.staff import (
    HEADING,
    SELLING,
    access_department,
    access_person,
    department_line,
    person_line,
    presence,
    reached,
)

PAGE = 8


class Teams:
    """The service of the team."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def overview(self, actor: Actor) -> Team:
        """The departments that the actor heads, for the owner all of them."""
        require(actor, Action.TEAM_VIEW)
        places = reached(actor, Action.TEAM_VIEW)
        async with self._db.read() as uow:
            return Team(
                departments=tuple(department_line(*row) for row in await uow.people.team(places)),
                loose=await uow.people.loose() if places is None else 0,
                invites=await uow.invites.count(reached(actor, Action.PEOPLE_INVITE), self._clock.now()),
                can=allowed(actor, Standing(frozenset(), next(iter(actor.headed), None))),
            )

    async def department(self, actor: Actor, department_id: int | None, page: int = 0) -> DepartmentCard:
        """A department's people, or those of none (the owner's right). Raises `department.not_found`."""
        async with self._db.read() as uow:
            line = None
            if department_id is not None:
                await access_department(uow, actor, department_id)
                line = department_line(*(await uow.people.team([department_id]))[0])
            elif reached(actor, Action.TEAM_VIEW) is not None:
                raise NotFoundError("department")
            people = await uow.people.page_of(department_id, page * PAGE, PAGE + 1)
            return DepartmentCard(
                department=line,
                people=tuple(person_line(row) for row in people[:PAGE]),
                page=page,
                more=len(people) > PAGE,
                can=allowed(actor, Standing(frozenset(), department_id)),
            )

    async def person(self, actor: Actor, person_id: int) -> PersonCard:
        """Somebody of the company, with how much they have in hand. Raises `employee.not_found`."""
        async with self._db.read() as uow:
            person, departments = await access_person(uow, actor, person_id, Action.TEAM_VIEW)
            return await _card(uow, actor, person, departments)

    async def line(self, actor: Actor, person_id: int) -> PersonLine:
        """Somebody in one line. Raises `employee.not_found`."""
        async with self._db.read() as uow:
            person, _ = await access_person(uow, actor, person_id, Action.TEAM_VIEW)
            return person_line(person)

    async def choices(self, actor: Actor, person_id: int) -> PersonDepartments:
        """All departments, to choose those of a person; the owner's right. Raises `employee.not_found`."""
        async with self._db.read() as uow:
            person, chosen = await access_person(uow, actor, person_id, Action.PEOPLE_MANAGE)
            return await _choices(uow, person, {row.id for row in chosen})

    async def change_role(
        self, actor: Actor, person_id: int, role: Role, department_id: int | None = None
    ) -> PersonCard:
        """Make somebody something else; the owner's right.

        Heads head all departments that they belong to; who sells no more helps on no deal.
        Raises `employee.not_found`, `person.last_owner`, `person.needs_department` for a role that sells when
        they have none and none is named, and `person.has_work` for one that does not sell while they have
        something in hand.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            person, departments = await access_person(uow, actor, person_id, Action.PEOPLE_MANAGE)
            old = Role(person.role)
            if old is Role.OWNER and role is not Role.OWNER:
                await require_other_owner(uow, person)
            places = [row.id for row in departments]
            if department_id is not None:
                await access_department(uow, actor, department_id, Action.PEOPLE_MANAGE)
                places.append(department_id)
            if role in SELLING and not places:
                raise AppError("person.needs_department")
            if role in (Role.FINANCE, Role.MARKETING):
                if await load_of(uow, person.id):
                    raise AppError("person.has_work")
                places = []
            person.role = role
            event = await self._settle(uow, actor, person, places, now, {"role": (str(old), str(role))})
            if role in (Role.FINANCE, Role.MARKETING):
                await leave_crews(uow, actor, now, person, event)
            return await _card(uow, actor, person, await uow.people.memberships(person.id))

    async def change_department(
        self, actor: Actor, person_id: int, department_id: int, *, belongs: bool
    ) -> PersonDepartments:
        """Put somebody into a department, or take them out; the owner's right.

        Raises `employee.not_found`, `department.not_found`, `person.needs_department`.
        """
        async with self._db.write(actor.cause) as uow:
            person, departments = await access_person(uow, actor, person_id, Action.PEOPLE_MANAGE)
            await access_department(uow, actor, department_id, Action.PEOPLE_MANAGE)
            before = {row.id for row in departments}
            after = before | {department_id} if belongs else before - {department_id}
            if Role(person.role) in SELLING and not after:
                raise AppError("person.needs_department")
            changes: history.Changes = {"departments": (sorted(before), sorted(after))}
            await self._settle(uow, actor, person, sorted(after), self._clock.now(), changes)
            return await _choices(uow, person, after)

    async def _settle(
        self,
        uow: UnitOfWork,
        actor: Actor,
        person: Person,
        departments: list[int],
        now: datetime,
        changes: history.Changes,
    ) -> int:
        """Invitations made under other rights are void; the person is told unless they did it themselves.

        Returns the event's id.
        """
        await uow.people.place(person.id, departments, head=person.role in HEADING)
        await uow.invites.revoke_all_of(person.id, now)
        event = await history.record(uow, actor, now, Action.PEOPLE_MANAGE, "person", person.id, changes)
        if person.id != actor.person_id:
            await notices.send(
                uow,
                now,
                [notices.private(person)],
                NoticeKind.ROLE_CHANGED,
                f"role:{event}",
                {},
                coalesce=f"role:{person.id}",
            )
        return event


async def require_other_owner(uow: UnitOfWork, person: Person) -> None:
    """Raise `person.last_owner` if nobody else could put things right afterwards."""
    owners = await uow.people.with_role(Role.OWNER)
    if not any(row.id != person.id and row.telegram_id is not None for row in owners):
        raise AppError("person.last_owner")


async def load_of(uow: UnitOfWork, person_id: int) -> Load:
    """How much somebody has in hand."""
    work = await uow.workload.of(person_id)
    return to_load(work)


def to_load(work: Workload) -> Load:
    """The same of work that has been read already; contacts and companies count alike."""
    clients = len(work.contacts) + len(work.firms)
    return Load(len(work.leads), len(work.deals), len(work.tasks), clients)


async def _choices(uow: UnitOfWork, person: Person, chosen: set[int]) -> PersonDepartments:
    return PersonDepartments(
        Ref(person.id, person.name),
        Role(person.role),
        tuple(DepartmentChoice(row.id, row.name, row.id in chosen) for row in await uow.people.departments()),
    )


async def _card(uow: UnitOfWork, actor: Actor, person: Person, departments: list[Department]) -> PersonCard:
    can: frozenset[Action] = frozenset()
    places: list[int | None] = [row.id for row in departments]
    for place in places or [None]:
        can |= allowed(actor, Standing(frozenset(), place))
    return PersonCard(
        id=person.id,
        name=person.name,
        username=person.username,
        role=Role(person.role),
        presence=presence(person),
        departments=tuple(Ref(row.id, row.name) for row in departments),
        load=await load_of(uow, person.id),
        can=can,
    )
