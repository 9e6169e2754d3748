"""Hands each update to aiogram's dispatcher, and knows which messages show which cards afterwards."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.forms import StoredForm
from db.repositories.cards import CardBinding
from db.uow import Cause, Database
from handlers.desk import Desk
from handlers.guests import Guests
from handlers.registry import Registry
from handlers.turn import Binding
from keyboards.tongue import Tongue
from services.bundle import Services
from services.clock import Clock

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]


class Front:
    """The program's face to Telegram."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        registry: Registry,
        services: Services,
        tongue: Callable[[str, ZoneInfo], Tongue],
        guests: Guests,
    ) -> None:
        def form(bot_id: int, chat_id: int, user_id: int, thread: int | None) -> StoredForm:
            return StoredForm(db, clock, bot_id, chat_id, user_id, thread)

        self._bot = bot
        # Forms are ours: aiogram's own state would be read at every update, a form only when one is asked for.
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_router(Desk(registry, services, tongue, form, guests).router())

    async def handle(self, update: Update, cause: Cause) -> Sequence[CardBinding]:
        """Handle one update and return the cards that now stand in chats."""
        bindings: list[Binding] = []
        await self.dispatcher.feed_update(self._bot, update, cause=cause, bindings=bindings)
        return bindings
