"""What becomes of groups: the bot is added to one, may do more there, or it has topics or another id now."""

from collections.abc import Callable
from contextlib import suppress
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message

from handlers.views import guests as guest_views
from handlers.views import team_chats as views
from keyboards.tongue import Tongue
from services.access import Action, Actor
from services.bundle import Services
from services.dto.topics import Refusal
from services.errors import AlreadyAppliedError, Cause

REFUSED = (TelegramBadRequest, TelegramForbiddenError)
"""Telegram's answers where the bot may not write, or is not any more."""


async def on_added(
    event: ChatMemberUpdated, bot: Bot, services: Services, tongue: Callable[[str, ZoneInfo], Tongue]
) -> None:
    """Ask whoever added the bot whose team chat it is, unless they have just chosen it; or say goodbye."""
    actor = None if event.from_user.is_bot else await services.people.identify(event.from_user.id)
    asked = actor is not None and await services.team_chats.is_expected(actor, bot.id, event.chat.id)
    asked = asked or await services.news_channel.is_ours(event.chat.id)
    if not asked and actor is not None and actor.may(Action.CHAT_BIND) and event.chat.type != "channel":
        asked = await _offer(event, bot, services, actor, tongue(actor.language, actor.zone))
    if not asked:
        await _leave(event, bot, tongue(*await services.people.company_voice()))


async def read_group(message: Message, services: Services, cause: Cause) -> bool:
    """Take what a message tells of its group; True if it says nothing else.

    The group has topics now, or has become a supergroup: told once more, it is as good.
    """
    if message.chat.is_forum:
        await services.topics.try_again(message.chat.id, Refusal.FORUM, cause)
    if message.migrate_to_chat_id is None:
        return False
    with suppress(AlreadyAppliedError):
        await services.team_chats.move(message.chat.id, message.migrate_to_chat_id, cause)
    return True


async def on_rights(event: ChatMemberUpdated, bot: Bot, services: Services, cause: Cause) -> None:
    """The bot may do something else in a group: perhaps it manages topics there now, or hears no more."""
    before, now = event.old_chat_member, event.new_chat_member
    if isinstance(before, ChatMemberAdministrator) and not isinstance(now, ChatMemberAdministrator):
        if not (await bot.me()).can_read_all_group_messages:
            await services.team_chats.deafen(event.chat.id, cause)
        return
    if isinstance(now, ChatMemberAdministrator) and now.can_manage_topics:
        await services.topics.try_again(event.chat.id, Refusal.RIGHTS, cause)


async def _offer(event: ChatMemberUpdated, bot: Bot, services: Services, actor: Actor, t: Tongue) -> bool:
    """Ask in private; False if they cannot be asked."""
    lines = await services.departments.within(actor, Action.CHAT_BIND)
    screen = views.offer(event.chat.title or "", event.chat.id, lines, t)
    try:
        await bot.send_message(
            event.from_user.id, screen.text, reply_markup=screen.keyboard, parse_mode="HTML"
        )
    except REFUSED:
        return False
    return True


async def _leave(event: ChatMemberUpdated, bot: Bot, t: Tongue) -> None:
    with suppress(*REFUSED):  # Where it may not write it need not say goodbye; it may be out already.
        if event.chat.type != "channel":
            await bot.send_message(event.chat.id, guest_views.unknown_chat(t), parse_mode="HTML")
    with suppress(*REFUSED):
        await bot.leave_chat(event.chat.id)
