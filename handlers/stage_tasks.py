"""The tasks that a stage sets for each deal that comes to it."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import stages as views
from keyboards.pipeline_data import StageTaskCb, StageTaskDropCb, StageTasksCb, StageTaskTurnCb
from services.access import Action
from services.choices import choice
from services.dto.pipelines import StageCard
from services.errors import StaleError
from services.pipelines.robot_terms import Doer

describe(
    {
        "robot.no_term": (
            "When is it to be done? Add the term: Call the client, 2 days; or: in 30 minutes, today, "
            "tomorrow, in a week, in a month."
        ),
        "robot.no_doer": (
            "A stage cannot give tasks to “{said}”. Write “head” at the end for the head of the department, "
            "or “responsible” for whoever is responsible for the stage; without it the deal's manager gets "
            "the task. Like this: Approve the discount, 4 hours, head."
        ),
        "robot.no_role": "Nobody is responsible for this stage yet. Choose a role at 👔 Responsible first.",
        "robot.too_long": "That is too long: a year at most.",
        "stage.lost": "A stage where deals are lost sets no tasks.",
        "robot.many": "A stage sets at most {most} tasks.",
    }
)


@registry.press(StageTasksCb, Action.PIPELINE_EDIT)
async def on_stage_tasks(turn: Turn, data: StageTasksCb) -> None:
    """Which are there, and which else?"""
    await _show(turn, await turn.services.stages.card(turn.actor, data.stage_id))


@registry.step("stage.task", Action.PIPELINE_EDIT)
async def got_stage_task(turn: Turn, message: Message) -> None:
    """One more."""
    here = int((await turn.form.data())["stage_id"])
    await _show(turn, await turn.services.stage_tasks.add(turn.actor, here, message.text or ""))


@registry.press(StageTaskCb, Action.PIPELINE_EDIT)
async def on_stage_task(turn: Turn, data: StageTaskCb) -> None:
    """One of them."""
    await _show_one(turn, await turn.services.stages.card(turn.actor, data.stage_id), data.robot_id)


@registry.step("stage.task.anew", Action.PIPELINE_EDIT)
async def got_stage_task_anew(turn: Turn, message: Message) -> None:
    """In other words, or with another term."""
    form, tasks = await turn.form.data(), turn.services.stage_tasks
    robot_id = int(form["robot_id"])
    card = await tasks.say(turn.actor, int(form["stage_id"]), robot_id, message.text or "")
    await _show_one(turn, card, robot_id)


@registry.press(StageTaskTurnCb, Action.PIPELINE_EDIT)
async def on_stage_task_turn(turn: Turn, data: StageTaskTurnCb) -> None:
    """For somebody else."""
    doer, tasks = choice(Doer, data.doer), turn.services.stage_tasks
    card = await tasks.turn(turn.actor, data.stage_id, data.robot_id, doer)
    await _show_one(turn, card, data.robot_id)


@registry.press(StageTaskDropCb, Action.PIPELINE_EDIT)
async def on_stage_task_drop(turn: Turn, data: StageTaskDropCb) -> None:
    """Not this one."""
    await _show(turn, await turn.services.stage_tasks.drop(turn.actor, data.stage_id, data.robot_id))


async def _show(turn: Turn, card: StageCard) -> None:
    await turn.form.wait("stage.task", stage_id=card.id, back=["stage", card.id])
    await turn.show(views.robots(card, turn.t))


async def _show_one(turn: Turn, card: StageCard, robot_id: int) -> None:
    robot = next((one for one in card.robots if one.id == robot_id), None)
    if robot is None:
        raise StaleError
    back = ["stage", card.id]
    await turn.form.wait("stage.task.anew", stage_id=card.id, robot_id=robot_id, back=back)
    await turn.show(views.robot(card, robot, turn.t))
