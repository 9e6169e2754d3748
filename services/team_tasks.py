"""The tasks of others for whoever watches over them: who has how much to do, and what."""

from datetime import datetime, timedelta

from db.uow import Database
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.task_lists import TaskLoad, TasksOf, TeamTasksPage
from services.errors import NotFoundError
from services.staff import reached
from services.task_lines import placed_lines
from services.understanding.moments import at_local

PAGE = 8


class TeamTasks:
    """The service of others' tasks, for those who may give them to somebody else; never of personal ones."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def people(self, actor: Actor, page: int = 0) -> TeamTasksPage:
        """Who has open tasks, those with the most overdue ones first, in the actor's time zone."""
        require(actor, Action.TASK_ASSIGN)
        now = self._clock.now()
        places = reached(actor, Action.TASK_ASSIGN)
        async with self._db.read() as uow:
            rows = await uow.team_tasks.people(
                places, actor.person_id, now, _midnight(now, actor), page * PAGE, PAGE + 1
            )
            loads = tuple(
                TaskLoad(row.id, row.name, row.overdue, row.today, row.later) for row in rows[:PAGE]
            )
            return TeamTasksPage(loads, page, more=len(rows) > PAGE)

    async def of_person(self, actor: Actor, person_id: int, page: int = 0) -> TasksOf:
        """Somebody's open tasks: overdue, today's, later ones. Raises `employee.not_found`."""
        require(actor, Action.TASK_ASSIGN)
        now = self._clock.now()
        midnight = _midnight(now, actor)
        places = reached(actor, Action.TASK_ASSIGN)
        async with self._db.read() as uow:
            row = await uow.team_tasks.of_one(places, person_id, now, midnight)
            if row is not None:
                load = TaskLoad(row.id, row.name, row.overdue, row.today, row.later)
            else:
                person = await uow.colleagues.one(places, 0, person_id)
                if person is None:
                    raise NotFoundError("employee")
                load = TaskLoad(person.id, person.name, 0, 0, 0)
            tasks = await uow.team_tasks.page(places, person_id, now, midnight, page * PAGE, PAGE + 1)
            return TasksOf(
                load=load,
                tasks=await placed_lines(uow, actor, tasks[:PAGE], now),
                midnight=midnight,
                page=page,
                more=len(tasks) > PAGE,
            )


def _midnight(now: datetime, actor: Actor) -> datetime:
    """The first moment of tomorrow in the actor's zone."""
    local = now.astimezone(actor.zone)
    return at_local(local.date() + timedelta(days=1), 0, local)
