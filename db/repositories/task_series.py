"""The series of tasks that repeat: their rules, and which task is the open turn of each."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from db.models import Task, TaskSeries
from db.repositories.base import Repository

_OPEN = select(Task).where(Task.series_id == bindparam("series"), Task.done_at.is_(None))


class TaskSeriesRepository(Repository):
    """A series that was stopped is kept: its tasks still tell by which rule they came."""

    async def begin(self, **values: object) -> int:
        """Begin a series and return its id."""
        return (
            await self.session.execute(insert(TaskSeries).values(**values).returning(TaskSeries.id))
        ).scalar_one()

    async def hold(self, series_id: int) -> TaskSeries | None:
        """A series, which nobody else changes until this transaction ends."""
        query = select(TaskSeries).where(TaskSeries.id == series_id).with_for_update()
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def open_turn(self, series_id: int) -> Task | None:
        """The task that is its open turn."""
        return await self.session.scalar(_OPEN, {"series": series_id})

    async def change(self, series_id: int, **values: object) -> None:
        """Another rule, or an end."""
        await self.session.execute(
            update(TaskSeries)
            .where(TaskSeries.id == series_id)
            .values(**values)
            .execution_options(synchronize_session="fetch")
        )

    async def miss(self, task_id: int) -> bool:
        """Count at a task that a further turn has come while it is open; False if it no longer is."""
        return bool(
            await self.affect(
                update(Task)
                .where(Task.id == task_id, Task.done_at.is_(None))
                .values(missed=Task.missed + 1)
                .execution_options(synchronize_session="fetch")
            )
        )

    async def stop(self, series_id: int, at: datetime) -> None:
        """Let it come no more."""
        await self.change(series_id, stopped_at=at)
