"""Those whom the company does not know: one may join by a link, others hear one short word."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import ChatMemberUpdated, Message, User

from handlers import commands, news_channel, team_chats
from handlers.errors import words
from handlers.views import company as company_views
from handlers.views import guests as views
from handlers.views import menu as menu_views
from keyboards.tongue import Html, Tongue
from services.allowance import Allowance
from services.bundle import Services
from services.clock import Clock
from services.errors import AlreadyAppliedError, AppError, Cause
from services.joining import Newcomer
from services.people import LANGUAGES

HOUR = timedelta(hours=1)
WRONG_LINKS = 5
"""After so many wrong links within an hour there is silence."""


class Guests:
    """Answers people without an account here."""

    def __init__(self, services: Services, tongue: Callable[[str, ZoneInfo], Tongue], clock: Clock) -> None:
        self._services = services
        self._tongue = tongue
        self._tries = Allowance(clock, WRONG_LINKS, HOUR)
        self._words = Allowance(clock, 1, HOUR)

    async def on_start(self, message: Message, bot: Bot, payload: str, cause: Cause) -> None:
        """/start of a stranger, perhaps with an invitation. Wrong links all get the same answer."""
        user = message.from_user
        if user is None or not self._tries.left(user.id):
            return
        newcomer = Newcomer(user.id, user.full_name, user.username, _language(user))
        try:
            await self._services.joining.join(newcomer, payload, cause)
        except AppError as error:
            if not payload:
                await self.on_other(message, bot)
            elif self._tries.spend(user.id):
                await self._say(bot, user, [Html(words(error, t)) for t in await self._voices(user)])
            return
        except AlreadyAppliedError:
            return  # Whoever joined by this very update is no guest any more.
        await self._welcome(bot, user)

    async def on_other(self, message: Message, bot: Bot) -> None:
        """Anything else from a stranger: one word an hour."""
        user = message.from_user
        if user is not None and self._words.spend(user.id):
            await self._say(bot, user, [views.stranger(t) for t in await self._voices(user)])

    async def on_membership(self, event: ChatMemberUpdated, bot: Bot, cause: Cause) -> None:
        """Somebody blocked or unblocked the bot, or it was added to a chat, or removed from one."""
        present = event.new_chat_member.status not in ("left", "kicked")
        try:
            if event.chat.type == "channel":
                await news_channel.on_standing(event, self._services, cause)
            if event.chat.type == "private":
                await self._services.people.mark_reachable(event.from_user.id, cause, reachable=present)
            elif not present:
                await self._services.team_chats.release(event.chat.id, cause)
            elif event.old_chat_member.status in ("left", "kicked"):
                await team_chats.on_added(event, bot, self._services, self._tongue)
            else:
                await team_chats.on_rights(event, bot, self._services, cause)
        except AlreadyAppliedError:
            return  # A change without an answer: there is nothing to repeat.

    async def _welcome(self, bot: Bot, user: User) -> None:
        actor = await self._services.people.identify(user.id)
        if actor is None:
            return
        t = self._tongue(actor.language, actor.zone)
        facts = await self._services.workspace.menu(actor)
        screen = (
            menu_views.menu(facts, actor, t, views.welcome(actor, t))
            if facts.set_up
            else company_views.hello(actor, t)
        )
        await bot.send_message(user.id, screen.text, reply_markup=screen.keyboard, parse_mode="HTML")
        await commands.publish(bot, actor, t)

    async def _voices(self, user: User) -> list[Tongue]:
        """Their language, or all of ours if we do not speak it."""
        language, (_, zone) = _language(user), await self._services.people.company_voice()
        return [self._tongue(one, zone) for one in ([language] if language else LANGUAGES)]

    async def _say(self, bot: Bot, user: User, texts: list[Html]) -> None:
        with suppress(*team_chats.REFUSED):  # They may have blocked the bot right away.
            await bot.send_message(user.id, "\n\n".join(texts), parse_mode="HTML")


def _language(user: User) -> str | None:
    code = (user.language_code or "").partition("-")[0].lower()
    return code if code in LANGUAGES else None
