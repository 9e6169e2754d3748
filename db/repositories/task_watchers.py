"""Who watches which task."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from db.models import Person, TaskWatcher
from db.repositories.base import Repository

_OF_TASK = (
    select(Person)
    .join(TaskWatcher, TaskWatcher.person_id == Person.id)
    .where(TaskWatcher.task_id == bindparam("of_task"))
    .order_by(Person.name_folded, Person.id)
)


class TaskWatcherRepository(Repository):
    """A person watches a task once."""

    async def of(self, task_id: int) -> Sequence[Person]:
        """Who watches a task, by name."""
        return (await self.session.scalars(_OF_TASK, {"of_task": task_id})).all()

    async def begin(self, task_id: int, person_id: int) -> bool:
        """From now on they watch it; False if they did."""
        row = self.inserting(TaskWatcher).values(task_id=task_id, person_id=person_id)
        made = row.on_conflict_do_nothing().returning(TaskWatcher.person_id)
        return await self.session.scalar(made) is not None

    async def remove(self, task_id: int, person_id: int) -> bool:
        """They watch it no more; False if they did not."""
        watched = TaskWatcher.task_id == task_id, TaskWatcher.person_id == person_id
        return bool(await self.affect(delete(TaskWatcher).where(*watched)))

    async def copy(self, task_id: int, to_id: int) -> None:
        """The same people watch another task, too."""
        for person in await self.of(task_id):
            await self.begin(to_id, person.id)
