"""A task in one line, as lists and other cards show it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from db.models import Task
from db.repositories.task_places import TaskPlace
from db.uow import UnitOfWork
from services.access import Action, Actor, StageKind, Standing, granted
from services.dto.common import TaskLine

_VIEWS = {"deal": Action.DEAL_VIEW, "lead": Action.LEAD_VIEW, "client": Action.CLIENT_VIEW}


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


def placed_line(actor: Actor, task: Task, place: TaskPlace | None, now: datetime) -> TaskLine:
    """The same with what it is for, as far as the actor may see that."""
    name = place.title if place is not None and sees(actor, place) else None
    return replace(task_line(task, now), place=name)


async def placed_lines(
    uow: UnitOfWork, actor: Actor, tasks: Sequence[Task], now: datetime
) -> tuple[TaskLine, ...]:
    """Several tasks, each with what it is for: equal ones are told apart by that."""
    places = await uow.task_places.of_tasks([task.id for task in tasks])
    return tuple(placed_line(actor, task, places.get(task.id), now) for task in tasks)


def sees(actor: Actor, place: TaskPlace) -> bool:
    """Whether the actor may see what a task is for itself; clients by another's deal are left out."""
    stage = StageKind(place.stage) if place.stage is not None else None
    return granted(actor, _VIEWS[place.kind], Standing(place.owners, place.department_id, stage))
