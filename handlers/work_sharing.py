"""A colleague's work divided among several others."""

from handlers.farewells import show_gone
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import leaving as views
from keyboards.people_data import WorkShareCb, WorkShareDoneCb, WorkShareOneCb
from services.access import Action
from services.errors import AppError

CHOSEN = "work.share"
"""No step waits for this state: it only keeps who was chosen."""


@registry.press(WorkShareCb, Action.PEOPLE_REMOVE)
async def on_share(turn: Turn, data: WorkShareCb) -> None:
    """Among whom?"""
    await _show(turn, data.person_id, data.leave, data.page, await _chosen(turn, data.person_id))


@registry.press(WorkShareOneCb, Action.PEOPLE_REMOVE)
async def on_share_one(turn: Turn, data: WorkShareOneCb) -> None:
    """This one, too, or not after all."""
    chosen = await _chosen(turn, data.person_id)
    if data.heir_id in chosen:
        chosen.remove(data.heir_id)
    else:
        chosen.append(data.heir_id)
    await _show(turn, data.person_id, data.leave, data.page, chosen)


@registry.press(WorkShareDoneCb, Action.PEOPLE_REMOVE)
async def on_share_done(turn: Turn, data: WorkShareDoneCb) -> None:
    """It is done, in one go."""
    first, *others = await _chosen(turn, data.person_id) or [0]
    if not others:
        raise AppError("person.few_heirs")
    leaving = turn.services.leaving
    if data.leave:
        farewell = await leaving.remove(turn.actor, data.person_id, first, *others)
        await turn.form.close()
        await show_gone(turn, farewell)
    else:
        farewell = await leaving.hand_over(turn.actor, data.person_id, first, *others)
        await turn.form.close()
        await turn.show(views.gone(farewell, turn.t, leave=0))


async def _chosen(turn: Turn, person_id: int) -> list[int]:
    """Who was chosen so far to take over from this person."""
    kept = await turn.form.data() if await turn.form.state() == CHOSEN else {}
    return list(kept["heirs"]) if kept.get("person") == person_id else []


async def _show(turn: Turn, person_id: int, leave: int, page: int, chosen: list[int]) -> None:
    plan = await turn.services.leaving.plan(turn.actor, person_id, page)
    await turn.form.close()
    await turn.form.wait(CHOSEN, person=person_id, heirs=chosen)
    await turn.show(views.several(plan, chosen, turn.t, leave=leave))
