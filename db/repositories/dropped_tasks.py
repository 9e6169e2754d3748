"""Tasks that somebody has deleted by hand, for those who may bring them back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, true

from db.models import Task
from db.repositories.base import Repository
from db.repositories.reach import tasks_placed
from db.scope import Scope


class DroppedTaskRepository(Repository):
    """Reads only."""

    async def page(
        self, person_id: int, scope: Scope, since: datetime, skip: int, limit: int
    ) -> Sequence[Task]:
        """What was deleted since a moment and is the person's or lies in the scope, the newest first.

        As `services.rows.task_deeds` has it for deleting: by its author, and personal ones by nobody else.
        """
        mine = Task.author_id == person_id
        reached = true() if scope.everything else or_(mine, tasks_placed(scope.departments))
        personal = and_(Task.personal, mine, Task.assignee_id == person_id)
        query = (
            select(Task)
            .where(Task.dropped_at >= since, Task.dropped, or_(personal, and_(~Task.personal, reached)))
            .order_by(Task.dropped_at.desc(), Task.id.desc())
            .offset(skip)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()
