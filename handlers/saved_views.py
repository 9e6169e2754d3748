"""Views: lists that are kept, shared and pinned in the menu."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import lists as list_views
from handlers.views import saved_views as views
from keyboards.list_data import (
    ViewCareCb,
    ViewCb,
    ViewDropCb,
    ViewDropSureCb,
    ViewNameCb,
    ViewPinCb,
    ViewReplaceCb,
    ViewSaveCb,
    ViewsCb,
    ViewShareCb,
)
from services.access import Action

NEW, NAME = "view.new", "view.name"

describe(
    {
        "view.not_found": "There is no such view any more, or it is not shared with you.",
        "view.unnamed": "A view needs a name.",
        "view.too_long": "A name may have {most} characters at most.",
        "view.same_name": "You have a view of this name already.",
        "view.many": "You keep {most} views already. Delete one first.",
        "view.menu_full": "{most} views stand in your menu already. Take one out first.",
    }
)


@registry.card("view")
async def view_card(viewer: Viewer, view_id: int) -> Screen | None:
    """A view; it is no card for a team chat."""
    if viewer.actor is None:
        return None
    return views.view(await viewer.services.views.card(viewer.actor, view_id), viewer.t)


@registry.command("views", Action.VIEW_KEEP)
async def cmd_views(turn: Turn, _args: str) -> None:
    """All that one keeps or shares in."""
    await turn.show(views.views(await turn.services.views.all(turn.actor), turn.t))


@registry.press(ViewsCb, Action.VIEW_KEEP)
async def on_views(turn: Turn, _data: ViewsCb) -> None:
    """The same by button."""
    await turn.form.close()
    await turn.show(views.views(await turn.services.views.all(turn.actor), turn.t))


@registry.press(ViewCb, Action.VIEW_KEEP)
async def on_view(turn: Turn, data: ViewCb) -> None:
    """The deals of a view."""
    shown = await turn.services.lists.open_view(turn.actor, data.view_id)
    await turn.show(list_views.listed(shown, turn.t))


@registry.press(ViewCareCb, Action.VIEW_KEEP)
async def on_view_care(turn: Turn, data: ViewCareCb) -> None:
    """The view itself."""
    await turn.form.close()
    await turn.show(views.view(await turn.services.views.card(turn.actor, data.view_id), turn.t))


@registry.press(ViewSaveCb, Action.VIEW_KEEP)
async def on_view_save(turn: Turn, data: ViewSaveCb) -> None:
    """Under which name?"""
    kept = await turn.services.views.replaceable(turn.actor, data.listing_id)
    await turn.form.close()
    await turn.form.wait(NEW, listing=data.listing_id)
    await turn.show(views.ask_name(turn.t, listing_id=data.listing_id, kept=kept))


@registry.press(ViewReplaceCb, Action.VIEW_KEEP)
async def on_view_replace(turn: Turn, data: ViewReplaceCb) -> None:
    """Under the name that it has."""
    card = await turn.services.views.replace(turn.actor, data.view_id, data.listing_id)
    await turn.form.close()
    await turn.show(views.view(card, turn.t))


@registry.step(NEW, Action.VIEW_KEEP)
async def got_view(turn: Turn, message: Message) -> None:
    """Under this one."""
    listing = int((await turn.form.data())["listing"])
    card = await turn.services.views.save(turn.actor, listing, message.text or "")
    await turn.form.close()
    await turn.show(views.view(card, turn.t))


@registry.press(ViewNameCb, Action.VIEW_KEEP)
async def on_view_name(turn: Turn, data: ViewNameCb) -> None:
    """Another name?"""
    await turn.services.views.editing(turn.actor, data.view_id)
    await turn.form.close()
    await turn.form.wait(NAME, back=["view", data.view_id])
    await turn.show(views.ask_name(turn.t, view_id=data.view_id))


@registry.step(NAME, Action.VIEW_KEEP)
async def got_view_name(turn: Turn, message: Message) -> None:
    """This one."""
    view_id = int((await turn.form.data())["back"][1])
    card = await turn.services.views.rename(turn.actor, view_id, message.text or "")
    await turn.form.close()
    await turn.show(views.view(card, turn.t))


@registry.press(ViewPinCb, Action.VIEW_KEEP)
async def on_view_pin(turn: Turn, data: ViewPinCb) -> None:
    """Into the menu, or out of it."""
    card = await turn.services.views.pin(turn.actor, data.view_id, on=bool(data.on))
    await turn.show(views.view(card, turn.t))


@registry.press(ViewShareCb, Action.VIEW_KEEP)
async def on_view_share(turn: Turn, data: ViewShareCb) -> None:
    """With this department; who may share at all, the service asks."""
    card = await turn.services.views.share(turn.actor, data.view_id, data.department_id)
    await turn.show(views.view(card, turn.t))


@registry.press(ViewDropCb, Action.VIEW_KEEP)
async def on_view_drop(turn: Turn, data: ViewDropCb) -> None:
    """Shall it be deleted?"""
    await turn.show(views.sure(await turn.services.views.editing(turn.actor, data.view_id), turn.t))


@registry.press(ViewDropSureCb, Action.VIEW_KEEP)
async def on_view_drop_sure(turn: Turn, data: ViewDropSureCb) -> None:
    """Yes."""
    await turn.show(views.views(await turn.services.views.drop(turn.actor, data.view_id), turn.t))
