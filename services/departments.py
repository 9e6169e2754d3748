"""Departments: their names, and where they are."""

from db.models import Department
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.people import DepartmentLine
from services.errors import AppError, NotFoundError
from services.lines import whole_line
from services.staff import access_department, department_line, reached
from services.understanding.fold import fold

NAME_LIMIT = 60


class Departments:
    """The service of departments."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def add(self, actor: Actor, name: str, branch: str | None = None, city: str | None = None) -> Ref:
        """A new department; the owner's right. Raises `department.name_empty` or `department.name_taken`."""
        require(actor, Action.DEPARTMENT_MANAGE)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            name = await _free_name(uow, name)
            department = Department(
                name=name, name_folded=fold(name), branch=branch, city=city, created_at=now
            )
            uow.people.add(department)
            await uow.people.flush()
            changes: history.Changes = {"name": (None, name), "branch": (None, branch), "city": (None, city)}
            await history.record(uow, actor, now, "department.add", "department", department.id, changes)
            return Ref(department.id, name)

    async def rename(self, actor: Actor, department_id: int, name: str) -> Ref:
        """Another name for a department; the owner's right. Raises as `add`, and `department.not_found`."""
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_MANAGE)
            old, name = department.name, await _free_name(uow, name, department_id)
            department.name, department.name_folded = name, fold(name)
            await history.record(
                uow,
                actor,
                self._clock.now(),
                "department.rename",
                "department",
                department.id,
                {"name": (old, name)},
            )
            return Ref(department.id, name)

    async def locate(self, actor: Actor, department_id: int, branch: str | None, city: str | None) -> Ref:
        """Say where a department is; the owner's right. Raises `department.not_found`."""
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_MANAGE)
            changes: history.Changes = {
                "branch": (department.branch, branch),
                "city": (department.city, city),
            }
            department.branch, department.city = branch, city
            now = self._clock.now()
            await history.record(uow, actor, now, "department.locate", "department", department.id, changes)
            return Ref(department.id, department.name)

    async def within(self, actor: Actor, action: Action) -> tuple[DepartmentLine, ...]:
        """The departments for which the actor may invite (`people.invite`) or bind a chat (`chat.bind`)."""
        require(actor, action)
        async with self._db.read() as uow:
            rows = await uow.people.team(reached(actor, action))
            return tuple(department_line(*row) for row in rows)

    async def line(self, actor: Actor, department_id: int) -> DepartmentLine:
        """A department to which the actor may bind a chat. Raises `department.not_found`."""
        lines = await self.within(actor, Action.CHAT_BIND)
        found = next((line for line in lines if line.id == department_id), None)
        if found is None:
            raise NotFoundError("department")
        return found


async def _free_name(uow: UnitOfWork, typed: str, but: int | None = None) -> str:
    name = whole_line(typed, NAME_LIMIT)
    if not fold(name):
        raise AppError("department.name_empty")
    holder = await uow.people.by_folded_name(fold(name))
    if holder is not None and holder.id != but:
        raise AppError("department.name_taken", name=holder.name)
    return name
