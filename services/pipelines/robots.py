"""What robots do: set the tasks of a stage for a deal that comes there."""

from datetime import datetime

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services import history, notices, reminders
from services.access import Action, Actor
from services.pipelines.robot_doers import Doers
from services.pipelines.robot_terms import Robot, robots_of


async def set_tasks(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, stage: Stage) -> list[int]:
    """Set what a stage asks of whoever comes there; returns the tasks. To be called with the move itself.

    What is still to do for the deal in the same words is not set twice.
    """
    robots, doers = robots_of(stage), Doers(uow)
    known = {task.text for task in await uow.tasks.open_for("deal", deal.id)} if robots else set[str]()
    made: dict[int, history.Changes] = {}
    for robot in robots:
        person = await doers.of(deal, stage, robot.doer) if robot.text not in known else None
        if person is not None:
            due_at = await doers.due(robot, person, now)
            task = await _set(uow, actor, now, deal, stage, robot, person, due_at)
            made[task] = {"due_at": (None, due_at.isoformat())}
    if made:
        await history.consequences(uow, actor, now, Action.TASK_CREATE, "task", made)
    return list(made)


async def _set(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deal: Deal,
    stage: Stage,
    robot: Robot,
    person: Person,
    due_at: datetime,
) -> int:
    task = await uow.tasks.insert(
        text=robot.text,
        due_at=due_at,
        assignee_id=person.id,
        author_id=None,
        deal_id=deal.id,
        created_at=now,
    )
    await reminders.arm(uow, task, 1, due_at, now)
    if person.id != actor.person_id:
        key, params = f"task_given:{task}:0", {"id": task, "stage": stage.name}
        await notices.send(uow, now, [notices.private(person)], notices.NoticeKind.TASK_GIVEN, key, params)
    return task
