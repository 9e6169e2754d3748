"""Inline mode: `@bot Ivan` in any chat offers what the person may see, and nothing that others may not."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
)

from handlers.views import inline as views
from keyboards.tongue import Tongue
from services.access import Action
from services.allowance import Allowance
from services.bundle import Services
from services.clock import Clock
from services.errors import Cause
from services.people import LANGUAGES

MOST = 40
MINUTE = timedelta(minutes=1)
"""So many questions of one person are answered in it: more than anybody types."""


class InlineDesk:
    """Answers inline queries; nothing of an answer is kept by Telegram, nor shown to anybody else."""

    def __init__(self, services: Services, tongue: Callable[[str, ZoneInfo], Tongue], clock: Clock) -> None:
        self._services = services
        self._tongue = tongue
        self._asks = Allowance(clock, MOST, MINUTE)

    async def on_query(self, query: InlineQuery, bot: Bot, cause: Cause) -> None:
        """Somebody types the bot's name in a chat, and what they look for."""
        user = query.from_user
        actor = None if user.is_bot else await self._services.people.identify(user.id, cause=cause)
        if actor is None or not actor.may(Action.SEARCH):
            language = (user.language_code or "")[:2]
            t = self._tongue(language if language in LANGUAGES else "en", ZoneInfo("UTC"))
            await _answer(bot, query, [], views.strangers(t))
            return
        t = self._tongue(actor.language, actor.zone)
        if not self._asks.spend(user.id):
            await _answer(bot, query, [], views.wait(t))
            return
        offers = await self._services.inline.offers(actor, query.query)
        name = (await bot.me()).username or ""
        await _answer(
            bot, query, [views.article(one, name, t) for one in offers], views.ours(t, found=bool(offers))
        )


async def _answer(
    bot: Bot,
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    button: InlineQueryResultsButton,
) -> None:
    """Answer for this person and this moment alone; a question that is too old by now is not missed."""
    offered: list[InlineQueryResultUnion] = [*results]
    with suppress(TelegramBadRequest):
        await bot.answer_inline_query(
            query.id, results=offered, cache_time=0, is_personal=True, button=button
        )
