"""A task in one line, as lists and other cards show it."""

from datetime import datetime

from db.models import Task
from services.dto.common import TaskLine


def task_line(task: Task, now: datetime) -> TaskLine:
    """A task in one line."""
    return TaskLine(
        id=task.id,
        text=task.text,
        due_at=task.due_at,
        overdue=task.due_at < now and task.handed_in_at is None,
        high=task.high,
        items=task.items,
        items_done=task.items_done,
        waits=task.handed_in_at is not None,
        repeats=task.series_id is not None,
    )
