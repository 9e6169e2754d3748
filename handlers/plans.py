"""Plans: the month of each department and manager, set by typing a sum."""

from aiogram.types import Message

from handlers.inputs import typed_amount
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import plans as views
from keyboards.plan_data import PlanAskCb, PlanCb, PlanClearCb
from services.access import Action


@registry.card("plan")
async def plan_card(viewer: Viewer, department_id: int) -> Screen | None:
    """This month of a department."""
    if viewer.actor is None:
        return None
    return views.board(await viewer.services.plans.board(viewer.actor, 0, department_id), viewer.t)


@registry.command("plan", Action.PLAN_VIEW)
async def cmd_plan(turn: Turn, _args: str) -> None:
    """This month."""
    await turn.show(views.board(await turn.services.plans.board(turn.actor), turn.t))


@registry.press(PlanCb, Action.PLAN_VIEW)
async def on_plan(turn: Turn, data: PlanCb) -> None:
    """A month; an open question is given up."""
    await turn.form.close()
    shown = await turn.services.plans.board(turn.actor, data.month, data.department_id)
    await turn.show(views.board(shown, turn.t))


@registry.press(PlanAskCb, Action.PLAN_SET)
async def on_plan_ask(turn: Turn, data: PlanAskCb) -> None:
    """How much is it to be?"""
    whose = (data.month, data.department_id, data.person_id)
    question = await turn.services.plans.question(turn.actor, *whose)
    await turn.form.wait("plan.sum", whose=list(whose), back=["plan", data.department_id])
    await turn.show(views.ask(question, turn.t))


@registry.step("plan.sum", Action.PLAN_SET)
async def got_plan_sum(turn: Turn, message: Message) -> None:
    """So much."""
    month, department_id, person_id = (await turn.form.data())["whose"]
    amount = typed_amount(message)
    shown = await turn.services.plans.put(turn.actor, month, department_id, person_id, amount)
    await turn.form.close()
    await turn.show(views.board(shown, turn.t))


@registry.press(PlanClearCb, Action.PLAN_SET)
async def on_plan_clear(turn: Turn, data: PlanClearCb) -> None:
    """None."""
    await turn.form.close()
    shown = await turn.services.plans.put(turn.actor, data.month, data.department_id, data.person_id, 0)
    await turn.show(views.board(shown, turn.t))
