"""Tasks: one in hand, the next one of a deal, and what is due for whom."""

from sqlalchemy import select

from db.models import Task
from db.repositories.base import Repository


class TaskRepository(Repository):
    """Open tasks are those without `done_at`."""

    async def next_of_deal(self, deal_id: int) -> Task | None:
        """The open task of a deal that is due first."""
        query = (
            select(Task)
            .where(Task.deal_id == deal_id, Task.done_at.is_(None))
            .order_by(Task.due_at, Task.id)
            .limit(1)
        )
        return await self.session.scalar(query)
