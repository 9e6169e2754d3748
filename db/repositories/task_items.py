"""The checklists of tasks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from db.models import Person, Task, TaskItem
from db.repositories.base import Repository

_OF_TASK = (
    select(TaskItem, Person.name)
    .outerjoin(Person, Person.id == TaskItem.assignee_id)
    .where(TaskItem.task_id == bindparam("of_task"))
    .order_by(TaskItem.id)
)
_ONE = select(TaskItem).where(TaskItem.id == bindparam("item"), TaskItem.task_id == bindparam("of_task"))
_ALL = select(func.count()).where(TaskItem.task_id == bindparam("of_task")).scalar_subquery()
_DONE = (
    select(func.count())
    .where(TaskItem.task_id == bindparam("of_task"), TaskItem.done_at.is_not(None))
    .scalar_subquery()
)
_GIVEN = (
    select(TaskItem.task_id, TaskItem.text, Task.text)
    .join(Task, Task.id == TaskItem.task_id)
    .where(
        TaskItem.assignee_id == bindparam("person"),
        TaskItem.done_at.is_(None),
        Task.done_at.is_(None),
        Task.assignee_id != bindparam("person"),
        Task.personal.is_(False),
    )
    .order_by(Task.due_at, TaskItem.id)
    .limit(bindparam("at_most"))
)
_HOLD = select(Task.id).where(Task.id == bindparam("of_task")).with_for_update()
_COUNT = (
    update(Task)
    .where(Task.id == bindparam("of_task"))
    .values(items=_ALL, items_done=_DONE)
    .execution_options(synchronize_session="fetch")
)


class TaskItemRepository(Repository):
    """Items in the order in which they were added; each change counts them anew at their task."""

    async def of(self, task_id: int) -> Sequence[tuple[TaskItem, str | None]]:
        """All items of a task, with the names of those who do them where that is not the task's assignee."""
        return [(item, name) for item, name in await self.session.execute(_OF_TASK, {"of_task": task_id})]

    async def get(self, task_id: int, item_id: int) -> TaskItem | None:
        """One of them."""
        return await self.session.scalar(_ONE, {"of_task": task_id, "item": item_id})

    async def given_to(self, person_id: int, limit: int) -> list[tuple[int, str, str]]:
        """Open items of others' open tasks that somebody has to do: the task, and what both say."""
        rows = await self.session.execute(_GIVEN, {"person": person_id, "at_most": limit})
        return [(task, text, of) for task, text, of in rows]

    async def add_all(self, task_id: int, texts: Sequence[str], now: datetime) -> None:
        """Add items that nobody has done."""
        rows = [{"task_id": task_id, "text": text, "created_at": now} for text in texts]
        await self.session.execute(insert(TaskItem), rows)
        await self._count(task_id)

    async def copy(self, task_id: int, to_id: int, now: datetime) -> None:
        """The same items once more for another task, all still to be done."""
        rows = [
            {"task_id": to_id, "text": item.text, "assignee_id": item.assignee_id, "created_at": now}
            for item, _ in await self.of(task_id)
        ]
        if rows:
            await self.session.execute(insert(TaskItem), rows)
            await self._count(to_id)

    async def tick(self, item: TaskItem, at: datetime | None, by: int | None) -> bool:
        """Mark an item as done at a moment by somebody, or as not done; False if it is so already."""
        is_open = TaskItem.done_at.is_(None) if at is not None else TaskItem.done_at.is_not(None)
        ticked = await self.affect(
            update(TaskItem)
            .where(TaskItem.id == item.id, is_open)
            .values(done_at=at, done_by=by)
            .execution_options(synchronize_session="fetch")
        )
        await self._count(item.task_id)
        return bool(ticked)

    async def change(self, item: TaskItem, **values: object) -> None:
        """Other words, or somebody else to do it."""
        await self.session.execute(
            update(TaskItem)
            .where(TaskItem.id == item.id)
            .values(**values)
            .execution_options(synchronize_session="fetch")
        )

    async def remove(self, item: TaskItem) -> None:
        """Take an item off its list."""
        await self.session.execute(delete(TaskItem).where(TaskItem.id == item.id))
        await self._count(item.task_id)

    async def _count(self, task_id: int) -> None:
        # Of two who tick at once the second counts what the first has written.
        await self.session.execute(_HOLD, {"of_task": task_id})
        await self.session.execute(_COUNT, {"of_task": task_id})
