"""What is said without regard to an open form: Cancel in words, and a number to be opened."""

import re
from dataclasses import replace

from handlers import menu
from handlers.registry import Route, registry
from handlers.turn import Turn
from handlers.views import menu as menu_views
from handlers.views import search as search_views
from keyboards.tongue import Html, join
from services.access import Action
from services.search import Kind
from services.understanding.cancelling import is_cancel

_NUMBER = re.compile(r"\s*#[0-9]{1,13}\s*")


async def interjected(turn: Turn, text: str, step: Route | None) -> bool:
    """Whether the message was for no form, whatever `step` it may wait in, and is dealt with."""
    if is_cancel(text):
        if step is not None and step.cancels:
            return False
        await _cancel(turn, waits=step is not None)
        return True
    if step is None or step.numbers or not _NUMBER.fullmatch(text) or not turn.actor.may(Action.SEARCH):
        return False
    await _open(turn, text)
    return True


async def _cancel(turn: Turn, *, waits: bool) -> None:
    """Give up the form; where none is open it says so. No keyboard stays below the input line."""
    await turn.say(menu_views.cancelled(turn.t) if waits else menu_views.nothing_open(turn.t))
    if waits:
        await menu.give_up(turn)


async def _open(turn: Turn, text: str) -> None:
    """Show the deal or lead of this number, or say that there is none; the open form waits on."""
    found = await turn.services.search.find(turn.actor, text, (Kind.LEAD, Kind.DEAL))
    if found.nothing:
        await turn.refuse(
            turn.t("There is no deal or lead {number}, or it is not yours.", number=text.strip())
        )
        return
    screen = None
    if found.only is not None:
        screen = await registry.cards[found.only[0]](turn.viewer, found.only[1])
    shown = screen or search_views.found(found, turn.key, turn.t, may_create=False)
    await turn.show(replace(shown, text=join([shown.text, Html(""), search_views.waits_on(turn.t)])))
