"""The tasks of one deal, with who does them."""

from sqlalchemy import bindparam, select

from db.models import Person, Task
from db.repositories.base import Repository

_OF_DEAL = (
    select(Task, Person.name)
    .join(Person, Person.id == Task.assignee_id)
    .where(Task.deal_id == bindparam("of_deal"))
)
_TO_DO = (
    _OF_DEAL.where(Task.done_at.is_(None))
    .order_by(Task.due_at, Task.id)
    .offset(bindparam("skip"))
    .limit(bindparam("at_most"))
)
_DONE = (
    _OF_DEAL.where(Task.done_at.is_not(None), Task.dropped.is_(False))
    .order_by(Task.done_at.desc(), Task.id.desc())
    .limit(bindparam("at_most"))
)


class DealTaskRepository(Repository):
    """Reads only; dropped ones are found by nothing here."""

    async def to_do(self, deal_id: int, skip: int, limit: int) -> list[tuple[Task, str]]:
        """What is open, first what is due first."""
        given = {"of_deal": deal_id, "skip": skip, "at_most": limit}
        return [(task, name) for task, name in (await self.session.execute(_TO_DO, given)).all()]

    async def last_done(self, deal_id: int, limit: int) -> list[tuple[Task, str]]:
        """What was done last, the latest first."""
        given = {"of_deal": deal_id, "at_most": limit}
        return [(task, name) for task, name in (await self.session.execute(_DONE, given)).all()]
