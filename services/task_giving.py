"""Who may give tasks to whom: the owner's rule, asked by every door; what stages and rules set is exempt."""

from dataclasses import dataclass
from enum import StrEnum

from db.models import Person
from db.uow import UnitOfWork
from services.access import Action, Actor, Reach
from services.errors import ForbiddenError, NotFoundError
from services.staff import reached
from services.workspace import the_workspace


class Assigning(StrEnum):
    """The rules that an owner may choose."""

    HEADS = "heads"
    """Heads, to the people of the departments that they head."""
    DEPARTMENT = "department"
    """Everybody, to those of their own departments who do not head them; heads as before."""
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Receivers:
    """To whom somebody may give tasks: the people of `departments` (None: all), and those `below`."""

    departments: frozenset[int] | None
    below: frozenset[int] = frozenset()


async def receivers(uow: UnitOfWork, actor: Actor) -> Receivers:
    """To whom the actor may give tasks by the rule of now."""
    rule = Assigning((await the_workspace(uow)).assigning)
    if Reach.ALL in actor.reach(Action.TASK_ASSIGN) or rule is Assigning.ANYONE:
        return Receivers(None)
    headed = reached(actor, Action.TASK_ASSIGN) or frozenset()
    return Receivers(headed, actor.departments if rule is Assigning.DEPARTMENT else frozenset())


async def receiver(uow: UnitOfWork, actor: Actor, but: int, person_id: int) -> Person:
    """One of them who stays, to be given a task of somebody else.

    Raises `employee.not_found`, and `task.give_below` where the rule is in the way.
    """
    found = await receivers(uow, actor)
    heir = await uow.colleagues.one(found.departments, but, person_id, found.below)
    if heir is not None and await uow.people.stays(heir.id):
        return heir
    if found.below and heir is None and await uow.colleagues.one(None, but, person_id) is not None:
        raise ForbiddenError("task.give_below")
    raise NotFoundError("employee")
