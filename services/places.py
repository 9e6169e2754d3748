"""A department as rules need it, and who answers for it; whose right it is has been asked elsewhere."""

from db.models import Department, Person
from db.uow import UnitOfWork
from services.access import Role
from services.errors import NotFoundError


async def department_of(uow: UnitOfWork, department_id: int) -> Department:
    """The department of this id. Raises `department.not_found`."""
    department = await uow.people.department(department_id)
    if department is None:
        raise NotFoundError("department")
    return department


async def heads_of(uow: UnitOfWork, department_id: int | None) -> list[Person]:
    """Who answers for a department: its heads, else the owners of the company."""
    heads = await uow.people.heads(department_id) if department_id is not None else []
    return heads or await uow.people.with_role(Role.OWNER)
