"""All tasks of a deal, those to do and those last done."""

from db.models import Task
from db.uow import Database
from services.access import Action, Actor
from services.clock import Clock
from services.deal_cards import actions_on
from services.dto.task_lists import DealTask, DealTasks
from services.rows import access_deal
from services.task_lines import task_line

PAGE = 8
DONE = 5


class TasksOfDeals:
    """The service of the tasks of a deal, for whoever sees the talk of it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(self, actor: Actor, deal_id: int, page: int = 0) -> DealTasks:
        """What is to be done for it, first what is due first, and what was done last.

        Raises `deal.not_found`, `not_allowed`.
        """
        now = self._clock.now()
        async with self._db.read() as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
            opened = await uow.deal_tasks.to_do(deal_id, page * PAGE, PAGE + 1)
            done = await uow.deal_tasks.last_done(deal_id, DONE) if not page else []

            def seen(one: tuple[Task, str]) -> DealTask:
                task, assignee = one
                return DealTask(task_line(task, now), assignee, task.done_at)

            return DealTasks(
                deal_id=deal_id,
                title=deal.title,
                tasks=tuple(map(seen, opened[:PAGE])),
                done=tuple(map(seen, done)),
                may_add=Action.TASK_CREATE in actions_on(actor, deal, stage),
                page=page,
                more=len(opened) > PAGE,
            )
