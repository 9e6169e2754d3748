"""What the rules of pipelines find: deals whose clients are to be called, and clients who have birthdays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    and_,
    bindparam,
    case,
    exists,
    false,
    or_,
    select,
    update,
)

from db.models import Contact, Deal, Department, Membership, Person, Stage, Task
from db.repositories.base import Repository

DEAL = cast("Table", Deal.__table__)
_OPEN_STAGES = select(Stage.id).where(Stage.kind == "open")
_PLANNED = exists().where(Task.deal_id == DEAL.c.id, Task.done_at.is_(None)).correlate(DEAL)
_AT = bindparam("at", type_=DEAL.c.touched_at.type)
# A closed deal waits for nobody; its touch is kept all the same, it may come back.
_TOUCH = update(DEAL).values(touched_at=_AT, silent_from=case((DEAL.c.closed_on.is_(None), _AT), else_=None))
_OF: BindParameter[int] = bindparam("of_id")
_TOUCHES = {
    "deal": _TOUCH.where(DEAL.c.id == _OF),
    "task": _TOUCH.where(DEAL.c.id == select(Task.deal_id).where(Task.id == _OF).scalar_subquery()),
    "contact": _TOUCH.where(DEAL.c.contact_id == _OF, DEAL.c.closed_on.is_(None)),
    "firm": _TOUCH.where(DEAL.c.company_id == _OF, DEAL.c.closed_on.is_(None)),
}


@dataclass(frozen=True, slots=True)
class DueDeal:
    """A deal whose owner is to call its client."""

    id: int
    title: str
    client: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A task to call that a rule has set, with its deal."""

    task: Task
    deal: Deal
    client: str | None
    phone: str | None


class FollowUpRepository(Repository):
    """`column` is the one by which a rule finds its deals; `limits` are by pipeline, older ones are due."""

    async def touch(self, subject: str, subject_id: int, at: datetime) -> None:
        """Something happened with the client of a deal, of a task's deal, or of all deals of a client."""
        await self.session.execute(_TOUCHES[subject], {"of_id": subject_id, "at": at})

    async def workers(self) -> list[tuple[Person, list[int]]]:
        """Whoever works here, with their departments by name."""
        query = (
            select(Person, Department.id)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .outerjoin(Department, Department.id == Membership.department_id)
            .where(Person.status == "active")
            .order_by(Person.id, Department.name_folded)
        )
        found: dict[Person, list[int]] = {}
        for person, department_id in await self.session.execute(query):
            found.setdefault(person, []).extend([department_id] if department_id is not None else [])
        return list(found.items())

    async def pass_over(self, column: str, owner_id: int, limits: Mapping[int, datetime]) -> None:
        """Nobody has to be told of deals for which something is planned already."""
        due = _due(column, owner_id, limits)
        await self.session.execute(update(DEAL).where(due, _PLANNED).values({column: None}))

    async def due(
        self, column: str, owner_id: int, limits: Mapping[int, datetime], most: int
    ) -> Sequence[DueDeal]:
        """Somebody's deals in open stages that are due, the longest waiting first."""
        since = DEAL.c[column]
        query = (
            select(DEAL.c.id, DEAL.c.title, Contact.name, since)
            .outerjoin(Contact, Contact.id == DEAL.c.contact_id)
            .where(_due(column, owner_id, limits))
            .order_by(since, DEAL.c.id)
            .limit(most)
        )
        return [DueDeal(*row) for row in await self.session.execute(query)]

    async def settle(self, column: str, deal_id: int, since: datetime) -> bool:
        """The owner is told of it; False if it was touched in this very moment."""
        told = update(DEAL).where(DEAL.c.id == deal_id, DEAL.c[column] == since).values({column: None})
        return bool(await self.affect(told))

    async def birthdays(
        self, owner_id: int, days: Collection[str], pipelines: Collection[int], most: int, *, strangers: bool
    ) -> Sequence[int]:
        """Somebody's contacts who have a birthday and a deal in one of some pipelines.

        `strangers`: also those who have no deal at all.
        """
        dealt = exists().where(Deal.contact_id == Contact.id).correlate(Contact)
        here = exists().where(Deal.contact_id == Contact.id, Deal.pipeline_id.in_(sorted(pipelines)))
        query = (
            select(Contact.id)
            .where(
                Contact.owner_id == owner_id,
                Contact.birthday.in_(sorted(days)),
                or_(here.correlate(Contact), ~dealt if strangers else false()),
            )
            .order_by(Contact.id)
            .limit(most)
        )
        return (await self.session.scalars(query)).all()

    async def calls(self, person_id: int, ids: Collection[int]) -> list[CallFacts]:
        """Those of these tasks that somebody still has to do, in the order in which they were set."""
        query = (
            select(Task, Deal, Contact)
            .join(Deal, Deal.id == Task.deal_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .where(Task.id.in_(sorted(ids)), Task.assignee_id == person_id, Task.done_at.is_(None))
            .order_by(Task.id)
        )
        return [
            CallFacts(task, deal, contact.name if contact else None, contact.phone if contact else None)
            for task, deal, contact in await self.session.execute(query)
        ]

    async def contacts(self, owner_id: int, ids: Collection[int]) -> Sequence[Contact]:
        """Those of these contacts that somebody still keeps."""
        query = select(Contact).where(Contact.id.in_(sorted(ids)), Contact.owner_id == owner_id)
        return (await self.session.scalars(query.order_by(Contact.birthday, Contact.name))).all()


def _due(column: str, owner_id: int, limits: Mapping[int, datetime]) -> ColumnElement[bool]:
    since: Any = DEAL.c[column]
    here = [and_(DEAL.c.pipeline_id == one, since < limit) for one, limit in limits.items()]
    return and_(
        DEAL.c.owner_id == owner_id,
        since < max(limits.values()),
        or_(false(), *here),
        DEAL.c.stage_id.in_(_OPEN_STAGES),
        DEAL.c.archived_at.is_(None),
    )
