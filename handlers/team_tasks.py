"""Others' tasks: who has how much to do, and what."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import team_tasks as views
from keyboards.team_tasks import TasksOfCb, TeamTasksCb
from services.access import Action


@registry.press(TeamTasksCb, Action.TASK_ASSIGN)
async def on_team_tasks(turn: Turn, data: TeamTasksCb) -> None:
    """Who has how much to do?"""
    await turn.show(views.people(await turn.services.team_tasks.people(turn.actor, data.page), turn.t))


@registry.press(TasksOfCb, Action.TASK_ASSIGN)
async def on_tasks_of(turn: Turn, data: TasksOfCb) -> None:
    """What somebody has to do."""
    shown = await turn.services.team_tasks.of_person(turn.actor, data.person_id, data.page)
    await turn.show(views.of_person(shown, turn.t))
