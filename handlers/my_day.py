"""My day: what is to be done now."""

from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.task_items import ask_left
from handlers.turn import Turn
from handlers.views import my_day as views
from keyboards.my_day import DayAdriftCb, DayAllCb, DayDoneCb, DayOthersCb, DayPageCb, DayTeamCb
from keyboards.tasks import MyDayCb
from services.access import Action
from services.choices import choice
from services.dto.task_lists import Which
from services.tasks import OpenItemsError


async def today(turn: Turn, page: int = 0) -> Screen:
    """The day of whoever asks."""
    return views.day(await turn.services.day.day(turn.actor, page), turn.t)


@registry.card("day")
async def day_card(viewer: Viewer, page: int) -> Screen | None:
    """The day, where a press in it came too late."""
    if viewer.actor is None:
        return None
    return views.day(await viewer.services.day.day(viewer.actor, page), viewer.t)


@registry.command("day", Action.MY_DAY)
async def cmd_day(turn: Turn, _args: str) -> None:
    """My day."""
    await turn.show(await today(turn))


@registry.press(MyDayCb, Action.MY_DAY)
async def on_my_day(turn: Turn, _data: MyDayCb) -> None:
    """My day; an open form is given up."""
    await turn.form.close()
    await turn.show(await today(turn))


@registry.press(DayPageCb, Action.MY_DAY)
async def on_day_page(turn: Turn, data: DayPageCb) -> None:
    """Further tasks."""
    await turn.show(await today(turn, data.page))


@registry.press(DayAllCb, Action.MY_DAY)
async def on_day_all(turn: Turn, data: DayAllCb) -> None:
    """All that one has to do, on whatever day."""
    await turn.show(views.mine(await turn.services.day.mine(turn.actor, data.page), turn.t))


@registry.press(DayOthersCb, Action.MY_DAY)
async def on_day_others(turn: Turn, data: DayOthersCb) -> None:
    """What one watches, has set, or has to accept."""
    shown = await turn.services.day.mine(turn.actor, data.page, choice(Which, data.which))
    await turn.show(views.mine(shown, turn.t))


@registry.press(DayDoneCb, Action.TASK_DO)
async def on_day_done(turn: Turn, data: DayDoneCb) -> None:
    """Done by one tap in the list."""
    try:
        done = await turn.services.tasks.done(turn.actor, data.task_id, listed=True)
    except OpenItemsError as lack:
        await ask_left(turn, data.task_id, lack.left)
        return
    await turn.show(views.day(await turn.services.day.day(turn.actor, data.page), turn.t, done))


@registry.press(DayAdriftCb, Action.DEAL_VIEW)
async def on_day_adrift(turn: Turn, data: DayAdriftCb) -> None:
    """Deals without a next step."""
    found = await turn.services.day.adrift(turn.actor, data.after or None)
    await show_page(turn, views.adrift(found, turn.t), data)


@registry.press(DayTeamCb, Action.TASK_ASSIGN)
async def on_day_team(turn: Turn, data: DayTeamCb) -> None:
    """Who is late?"""
    await turn.show(views.team_late(await turn.services.day.team_late(turn.actor, data.page), turn.t))
