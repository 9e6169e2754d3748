"""Tasks of a colleague given to others together: which, to whom, sure, and back."""

from typing import Any

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_handover as views
from keyboards.task_handover import (
    TaskChooseCb,
    TasksBackCb,
    TasksChooseAllCb,
    TasksChooseCb,
    TasksGiveCb,
    TasksHeirCb,
    TasksHeirsCb,
    TasksPlanCb,
)
from services.access import Action

CHOSEN = "tasks.give"
"""No step waits for this state: it only keeps what was chosen."""

describe(
    {
        "tasks.nothing": "Please choose some tasks, and who shall do them.",
        "tasks.gone": "There is nothing left to take back.",
    }
)


@registry.press(TasksChooseCb, Action.TASK_ASSIGN)
async def on_choose(turn: Turn, data: TasksChooseCb) -> None:
    """Which of their tasks?"""
    await _choosing(turn, data.person_id, data.page)


@registry.press(TaskChooseCb, Action.TASK_ASSIGN)
async def on_choose_one(turn: Turn, data: TaskChooseCb) -> None:
    """This one, or not after all."""
    kept = await _kept(turn, data.person_id)
    await _keep(turn, data.person_id, tasks=_turned(kept["tasks"], data.task_id))
    await _choosing(turn, data.person_id, data.page)


@registry.press(TasksChooseAllCb, Action.TASK_ASSIGN)
async def on_choose_all(turn: Turn, data: TasksChooseAllCb) -> None:
    """All of them, the overdue ones, or none."""
    found: list[int] = []
    if data.which != "none":
        late = data.which == "late"
        found = await turn.services.task_handover.ids(turn.actor, data.person_id, late=late)
    await _keep(turn, data.person_id, tasks=found)
    await _choosing(turn, data.person_id, 0)


@registry.press(TasksHeirsCb, Action.TASK_ASSIGN)
async def on_heirs(turn: Turn, data: TasksHeirsCb) -> None:
    """To whom?"""
    await _heirs(turn, data.person_id, data.page)


@registry.press(TasksHeirCb, Action.TASK_ASSIGN)
async def on_heir(turn: Turn, data: TasksHeirCb) -> None:
    """To this one, too, or not after all."""
    kept = await _kept(turn, data.person_id)
    await _keep(turn, data.person_id, heirs=_turned(kept["heirs"], data.heir_id))
    await _heirs(turn, data.person_id, data.page)


@registry.press(TasksPlanCb, Action.TASK_ASSIGN)
async def on_plan(turn: Turn, data: TasksPlanCb) -> None:
    """What would go to whom?"""
    kept = await _kept(turn, data.person_id)
    plan = await turn.services.task_handover.plan(turn.actor, data.person_id, kept["tasks"], kept["heirs"])
    await turn.show(views.plan(plan, turn.t))


@registry.press(TasksGiveCb, Action.TASK_ASSIGN)
async def on_give(turn: Turn, data: TasksGiveCb) -> None:
    """Do it."""
    kept = await _kept(turn, data.person_id)
    done = await turn.services.task_handover.hand_over(
        turn.actor, data.person_id, kept["tasks"], kept["heirs"], data.mark
    )
    await turn.form.close()
    await turn.show(views.done(done, turn.t))


@registry.press(TasksBackCb, Action.TASK_ASSIGN)
async def on_back(turn: Turn, data: TasksBackCb) -> None:
    """Take it back."""
    back = await turn.services.task_handover.take_back(turn.actor, data.person_id, data.event_id)
    await turn.show(views.back(back, turn.t))


async def _kept(turn: Turn, person_id: int) -> dict[str, Any]:
    """What was chosen so far of this person's tasks."""
    kept = await turn.form.data() if await turn.form.state() == CHOSEN else {}
    if kept.get("person") != person_id:
        return {"tasks": [], "heirs": []}
    return kept


async def _keep(turn: Turn, person_id: int, **chosen: list[int]) -> None:
    kept = await _kept(turn, person_id)
    await turn.form.close()
    await turn.form.wait(
        CHOSEN, person=person_id, **{"tasks": kept["tasks"], "heirs": kept["heirs"], **chosen}
    )


def _turned(chosen: list[int], one: int) -> list[int]:
    return [other for other in chosen if other != one] if one in chosen else [*chosen, one]


async def _choosing(turn: Turn, person_id: int, page: int) -> None:
    kept = await _kept(turn, person_id)
    shown = await turn.services.task_handover.choosing(turn.actor, person_id, kept["tasks"], page)
    await turn.show(views.choosing(shown, turn.t))


async def _heirs(turn: Turn, person_id: int, page: int) -> None:
    kept = await _kept(turn, person_id)
    shown = await turn.services.task_handover.heirs(turn.actor, person_id, kept["tasks"], kept["heirs"], page)
    await turn.show(views.heirs(shown, turn.t))
