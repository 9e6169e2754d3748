"""What is read in place of a card that is out of reach by now, and of somebody who has left the company."""

from contextlib import suppress
from typing import Any

from aiogram.exceptions import TelegramAPIError

from handlers import commands
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import leaving as views
from keyboards.tongue import Tongue
from services.dto.people import Farewell
from services.notices import NoticeKind

MOST_GROUPS = 20
"""So many groups are asked and named at most."""


def withdrawn(t: Tongue) -> Screen:
    """What takes the place of a card whose subject has gone out of its reader's reach."""
    return Screen(t.html("🔒 You have no access to this any more."))


@registry.notice(NoticeKind.ACCESS_ENDED)
async def access_ended(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """You are no longer part of the company."""
    told = viewer.t.html("🚪 Your access to this company has ended. Thank you for working with us!")
    return Screen(told)


@registry.notice(NoticeKind.CARD_WITHDRAWN)
async def card_withdrawn(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """Here stood a card."""
    return withdrawn(viewer.t)


async def show_gone(turn: Turn, farewell: Farewell) -> None:
    """Their menu goes away, and whoever removed them hears which groups that did not end."""
    if farewell.telegram_id is not None:
        await commands.withdraw(turn.bot, farewell.telegram_id)
    named = farewell.groups[:MOST_GROUPS]
    groups = [await _title(turn, *group) for group in named if await _sits(turn, farewell, group[0])]
    more = ["…"] if len(farewell.groups) > MOST_GROUPS else []
    await turn.show(views.gone(farewell, turn.t, leave=1, groups=groups + more))


async def _sits(turn: Turn, farewell: Farewell, chat_id: int) -> bool:
    """Whether they are still in a group, for all that Telegram tells us."""
    if farewell.telegram_id is None:
        return False
    with suppress(TelegramAPIError):
        member = await turn.bot.get_chat_member(chat_id, farewell.telegram_id)
        return member.status not in ("left", "kicked")
    return True


async def _title(turn: Turn, chat_id: int, name: str) -> str:
    """What Telegram calls a group, else whose it is."""
    with suppress(TelegramAPIError):
        return (await turn.bot.get_chat(chat_id)).title or name
    return name
