"""Lists that are read page by page, each by the key of the last one: on, and back to the start."""

from dataclasses import replace

from handlers.screen import Screen
from handlers.turn import Turn
from keyboards.data import Press
from keyboards.paging import with_first


async def show_page(turn: Turn, screen: Screen, data: Press) -> None:
    """A page that this button led to; from any but the first one a button leads there."""
    if screen.keyboard is not None:
        screen = replace(screen, keyboard=with_first(screen.keyboard, data, turn.t))
    await turn.show(screen)
