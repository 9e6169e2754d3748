"""Which tasks a won deal has left open: those that somebody may close in one go."""

from db.models import Deal, Stage, Task
from db.repositories.history import Past
from db.uow import UnitOfWork
from services.access import Action, Actor, StageKind, Standing, granted
from services.pipelines.robot_terms import robots_of


async def leftovers(
    uow: UnitOfWork, actor: Actor, deal: Deal, stage: Stage, *, held: bool = False
) -> list[Task]:
    """The open tasks from before a deal was won, as far as the actor may do them there.

    Not those that were set since, nor what its stage sets itself, if it was won before; and none that waits
    to be accepted: that one is done. `held`: nobody does any of them before this transaction ends.
    """
    if stage.kind != StageKind.WON or deal.archived_at is not None:
        return []
    upkeep = {robot.text for robot in robots_of(stage)}
    return [
        task
        for task in await uow.tasks.open_for("deal", deal.id, held=held)
        if task.created_at < deal.stage_since
        and task.handed_in_at is None
        and task.text not in upkeep
        and granted(
            actor,
            Action.TASK_DO,
            Standing(frozenset({task.assignee_id, task.author_id}), deal.department_id),
        )
    ]


def is_closing(event: Past, actor: Actor, deal: Deal) -> bool:
    """Whether an event is that the actor has closed the deal's leftovers."""
    return (
        (event.subject, event.subject_id, event.action) == ("deal", deal.id, Action.TASK_DELETE)
        and event.actor_id == actor.person_id
        and bool(event.changes.get("tasks", [[]])[0])
    )
