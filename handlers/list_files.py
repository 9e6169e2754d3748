"""Lists that leave as files."""

import asyncio

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import list_files as views
from keyboards.list_data import ListFileCb
from services.access import Action


@registry.press(ListFileCb, Action.EXPORT_RUN)
async def on_list_file(turn: Turn, data: ListFileCb) -> None:
    """All that it lets through, for Excel."""
    sheet = await turn.services.exports.listed(turn.actor, data.listing_id)
    content = await asyncio.to_thread(turn.services.outside.tables.book, views.sheets(sheet, turn.t))
    await turn.show(views.sent(sheet, content, turn.t))
