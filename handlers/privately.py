"""Answers over a group that concern one person: whispered there, else in their private chat with the bot."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram.exceptions import TelegramForbiddenError

from handlers.bound import Binding
from handlers.redraw import redrawn
from handlers.screen import Screen
from handlers.sending import send_screen
from handlers.views.team_talk import where
from keyboards.tongue import Tongue

if TYPE_CHECKING:
    from handlers.turn import Turn

NEAR = timedelta(days=1)
"""A card that came so long ago at most is found without a search: it is not sent once more."""


async def show_to_one(turn: "Turn", screen: Screen, *, anew: bool = False) -> None:
    """In the group where nobody else sees it, else in private, where questions are answered by typing."""
    if await _whisper(turn, screen, anew=anew):
        # Whoever changes a thing is left to draw their own card of it anew; it stands in private.
        await _redraw_in_private(turn, screen)
    else:
        await _show_in_private(turn, screen)


async def _whisper(turn: "Turn", screen: Screen, *, anew: bool) -> bool:
    if turn.query is None or turn.form.open:
        return False
    return await turn.whispers.answer(turn.bot, turn.query, turn.thread, screen, anew=anew)


async def _show_in_private(turn: "Turn", screen: Screen) -> None:
    """In place of the card that stands near there already, else as a new message."""
    chat_id = turn.actor.telegram_id
    if chat_id is None:
        return
    # What stands there may be edited also for somebody who has blocked us, and will not look.
    near = not screen.protect and await turn.services.people.hears(turn.actor)
    if near and await _redraw_in_private(turn, screen, within=NEAR):
        await point(turn, lambda t: t("Its card is in our private chat."))
        return
    try:
        turn.bind(await send_screen(turn.bot, chat_id, None, screen), screen)
    except TelegramForbiddenError:
        await unheard(turn)
    else:
        await turn.tell_where()


async def unheard(turn: "Turn") -> None:
    """Say over a group that nothing can be said in private; no question waits there, either."""
    if turn.form.asks:
        await turn.form.close()
        await turn.form.settle()
    if not turn.private and not turn.told:
        t = await turn.over_chat()
        await turn.toast(t("I cannot write to you: unblock me in our private chat."), alert=True)


async def _redraw_in_private(turn: "Turn", screen: Screen, within: timedelta | None = None) -> bool:
    """Whether a card of this subject stands there, and shows the screen now."""
    chat_id = turn.actor.telegram_id
    if chat_id is None or screen.subject is None:
        return False
    place = await turn.services.talk.card_in(chat_id, *screen.subject, within=within)
    try:
        if place is None or not await redrawn(turn.bot, chat_id, place, screen):
            return False
    except TelegramForbiddenError:  # They have blocked us there.
        return False
    turn.bindings.append(Binding(chat_id, place, *screen.subject, turn.actor.person_id))
    return True


async def point(turn: "Turn", said: Callable[[Tongue], str]) -> None:
    """Say over a group where the answer is; to what was typed whispered, else for two minutes to all."""
    if turn.private or turn.told:
        return
    if turn.query is not None:
        await turn.toast(said(turn.t))
        return
    bot = (await turn.bot.me()).username or ""
    if not await turn.whisper(where(bot, said(turn.t), turn.t)):
        t = await turn.aloud()
        sent = await send_screen(turn.bot, turn.chat_id, turn.thread, where(bot, said(t), t))
        await turn.services.passing.take_away(turn.chat_id, sent.message_id)
