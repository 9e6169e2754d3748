"""Whose the tasks of a stage are, and when they work."""

from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services.access import Role
from services.calendars import own_calendar
from services.pipelines.robot_terms import Doer, Robot
from services.work_calendar import WorkCalendar

COMPANY_WIDE = (Role.OWNER, Role.FINANCE)
"""Roles that belong to no department."""


class Doers:
    """Each person, department and calendar is looked up once, however many deals there are."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._people: dict[int, Person | None] = {}
        self._heads: dict[int, Sequence[Person]] = {}
        self._roles: dict[tuple[int, str], Sequence[Person]] = {}
        self._calendars: dict[int, WorkCalendar] = {}

    async def of(self, deal: Deal, stage: Stage, doer: Doer) -> Person | None:
        """Whose a task of a stage is: where there is nobody of the one kind, of another, else nobody's."""
        owners = await self._active([deal.owner_id] if deal.owner_id is not None else [])
        heads = await self._heads_of(deal.department_id)
        wanted = [*heads, *owners] if doer is Doer.HEAD else [*owners, *heads]
        if doer is Doer.ROLE and stage.role is not None:
            wanted = [*await self._responsible(deal, stage.role), *wanted]
        return next(iter(wanted), None)

    async def due(self, robot: Robot, person: Person, now: datetime) -> datetime:
        """When somebody has to be done with it."""
        if person.id not in self._calendars:
            self._calendars[person.id] = await own_calendar(self._uow, person.id, person.time_zone)
        return robot.due(self._calendars[person.id], now)

    async def _responsible(self, deal: Deal, role: str) -> list[Person]:
        """Who is of a role: those who work on the deal, then those of its department."""
        crew = [deal.owner_id, *deal.crew] if deal.owner_id is not None else deal.crew
        working = [person for person in await self._active(crew) if person.role == role]
        return working or [*await self._of_role(deal.department_id, role)]

    async def _of_role(self, department_id: int, role: str) -> Sequence[Person]:
        if (department_id, role) not in self._roles:
            people = self._uow.people
            found = await people.members(department_id, roles=(role,))
            if role == Role.HEAD:
                found = list(await self._heads_of(department_id))
            if not found and role in COMPANY_WIDE:
                found = await people.with_role(role)
            self._roles[department_id, role] = found
        return self._roles[department_id, role]

    async def _heads_of(self, department_id: int) -> Sequence[Person]:
        if department_id not in self._heads:
            self._heads[department_id] = await self._uow.people.heads(department_id)
        return self._heads[department_id]

    async def _active(self, ids: Sequence[int]) -> list[Person]:
        for one in ids:
            if one not in self._people:
                self._people[one] = await self._uow.people.get(one)
        found = [self._people[one] for one in ids]
        return [person for person in found if person is not None and person.status == "active"]
