"""Robots where many deals come to a stage at once: the same tasks, counted for each doer."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Stage
from db.uow import UnitOfWork
from services import history, reminders
from services.access import Action, Actor
from services.pipelines.robot_doers import Doers
from services.pipelines.robot_terms import robots_of


async def set_for_all(
    uow: UnitOfWork, actor: Actor, now: datetime, deals: Sequence[Deal], stage: Stage
) -> tuple[dict[int, list[int]], Counter[int]]:
    """Set what a stage asks of these deals; returns the tasks by deal, and how many each person got.

    What is still to do for a deal in the same words is not set twice.
    """
    robots = robots_of(stage)
    if not robots or not deals:
        return {}, Counter()
    known = {(task.deal_id, task.text) for task in await uow.bulk.open_tasks([deal.id for deal in deals])}
    doers = Doers(uow)
    rows: list[dict[str, object]] = []
    for deal in deals:
        for robot in robots:
            person = await doers.of(deal, stage, robot.doer) if (deal.id, robot.text) not in known else None
            if person is not None:
                due_at = await doers.due(robot, person, now)
                rows.append(
                    {
                        "text": robot.text,
                        "due_at": due_at,
                        "assignee_id": person.id,
                        "author_id": None,
                        "deal_id": deal.id,
                        "created_at": now,
                    }
                )
    return await _insert(uow, actor, now, rows)


async def _insert(
    uow: UnitOfWork, actor: Actor, now: datetime, rows: list[dict[str, object]]
) -> tuple[dict[int, list[int]], Counter[int]]:
    made: dict[int, list[int]] = {}
    given: Counter[int] = Counter()
    told: dict[int, history.Changes] = {}
    dues: dict[int, datetime] = {}
    for task, deal, person, due_at in await uow.tasks.insert_many(rows):
        made.setdefault(deal or 0, []).append(task)
        given[person] += 1
        dues[task] = due_at
        told[task] = {"due_at": (None, due_at.isoformat())}
    await reminders.arm_new(uow, dues, now)
    await history.consequences(uow, actor, now, Action.TASK_CREATE, "task", told)
    return made, given
