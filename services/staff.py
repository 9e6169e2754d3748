"""From an outside id to a person, a department or an invitation: the only way, and it asks for the right."""

from collections.abc import Collection, Iterable

from db.models import Department, Invite, Person
from db.uow import UnitOfWork
from services.access import STAFF, Action, Actor, Reach, Role, Standing, granted
from services.dto.common import Ref
from services.dto.people import DepartmentLine, PersonLine, Presence
from services.errors import ForbiddenError, NotFoundError
from services.places import department_of

IMPORTED = "imported"
"""The status of somebody whom only a file has named: nobody has joined as them."""
HERE = ("active", IMPORTED)
"""Statuses of the company's people: those who have joined, and those known by name only."""
SELLING = (Role.MANAGER, Role.HEAD)
"""Roles that work within departments."""
HEADING = (Role.HEAD, Role.OWNER)
"""Roles that head the departments they belong to."""


async def access_person(
    uow: UnitOfWork, actor: Actor, person_id: int, action: Action
) -> tuple[Person, list[Department]]:
    """Somebody of the company with their departments. Raises `employee.not_found` or `not_allowed`."""
    person = await uow.people.get(person_id)
    if person is None or person.status not in HERE:
        raise NotFoundError("employee")
    departments = await uow.people.memberships(person_id)
    _check(actor, action, [row.id for row in departments] or [None], "employee")
    return person, departments


async def access_department(
    uow: UnitOfWork, actor: Actor, department_id: int, action: Action = Action.TEAM_VIEW
) -> Department:
    """A department. Raises `department.not_found` or `not_allowed`."""
    department = await department_of(uow, department_id)
    _check(actor, action, [department_id], "department")
    return department


async def access_invite(uow: UnitOfWork, actor: Actor, invite_id: int) -> Invite:
    """An invitation of a department that the actor may invite to. Raises `invite.not_found`."""
    invite = await uow.invites.get(invite_id)
    if invite is None or not _any(actor, Action.PEOPLE_INVITE, [invite.department_id]):
        raise NotFoundError("invite")
    return invite


async def selling_person(uow: UnitOfWork, person_id: int) -> Person:
    """Somebody who sells and is here to take over what others had. Raises `colleague.not_found`."""
    person = await uow.people.get(person_id)
    if person is None or person.role not in SELLING or person.status != "active":
        raise NotFoundError("colleague")
    return person


async def sellers_in(uow: UnitOfWork, departments: Collection[int], *, but: int | None = None) -> list[Ref]:
    """Whoever sells in these departments, by name."""
    found = {
        person.id: Ref(person.id, person.name)
        for department in sorted(departments)
        for person in await uow.people.members(department, roles=SELLING)
        if person.id != but
    }
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def reached(actor: Actor, action: Action) -> frozenset[int] | None:
    """The departments for which an action is granted; None for all."""
    reach = actor.reach(action)
    if Reach.ALL in reach:
        return None
    return actor.headed if Reach.HEADED in reach else frozenset()


def to_role(name: str) -> Role:
    """A role by its name. Raises `role.not_found` for a name that nobody gave out."""
    if name not in {role.value for role in STAFF}:
        raise NotFoundError("role")
    return Role(name)


def person_line(person: Person) -> PersonLine:
    """A person in one line."""
    return PersonLine(person.id, person.name, Role(person.role), presence(person))


def department_line(department: Department, people: int, heads: list[str]) -> DepartmentLine:
    """A department in one line, with how many people it has and who heads it."""
    return DepartmentLine(
        department.id,
        department.name,
        people,
        tuple(heads),
        has_chat=department.chat_id is not None,
        branch=department.branch,
        city=department.city,
    )


def presence(person: Person) -> Presence:
    """Whether the bot can reach a person."""
    if person.telegram_id is None:
        return Presence.ABSENT
    return Presence.REACHABLE if person.reachable else Presence.SILENT


def _check(actor: Actor, action: Action, departments: Iterable[int | None], subject: str) -> None:
    places = list(departments)
    if not _any(actor, Action.TEAM_VIEW, places):
        raise NotFoundError(subject)
    if not _any(actor, action, places):
        raise ForbiddenError


def _any(actor: Actor, action: Action, departments: Iterable[int | None]) -> bool:
    """Whether the action is granted in one of the departments; None stands for "in none of them"."""
    return any(granted(actor, action, Standing(frozenset(), department)) for department in departments)
