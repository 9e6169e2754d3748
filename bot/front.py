"""Hands each update to aiogram's dispatcher, and knows which messages show which cards afterwards."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.forms import StoredForm
from db.repositories.cards import CardBinding
from db.uow import Cause, Database
from handlers.asides import Asides
from handlers.bound import Binding
from handlers.desk import Desk
from handlers.guests import Guests
from handlers.inline import InlineDesk
from handlers.registry import Registry
from handlers.whispers import Whispers
from keyboards.tongue import Tongue
from services.bundle import Services
from services.clock import Clock


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
        whispers: Whispers,
    ) -> None:
        def form(
            bot_id: int, chat_id: int, user_id: int, thread: int | None, cause: Cause | None
        ) -> StoredForm:
            return StoredForm(db, clock, bot_id, chat_id, user_id, thread, cause)

        self._bot = bot
        self._services = services
        self._tongue = tongue
        inline = InlineDesk(services, tongue, clock)
        desk = Desk(registry, services, tongue, form, guests, inline, whispers, Asides(registry, clock))
        # Forms are ours: aiogram reads its state at every update, a form is read only when asked for.
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_router(desk.router())

    async def handle(self, update: Update, cause: Cause) -> Sequence[CardBinding]:
        """Handle one update and return the cards that now stand in chats."""
        bindings: list[Binding] = []
        await self.dispatcher.feed_update(self._bot, update, cause=cause, bindings=bindings)
        return bindings

    async def apologise(self, update: Update, number: int) -> None:
        """Tell whoever sent an update that it could not be handled, with a number that the log knows."""
        event = update.event
        user = getattr(event, "from_user", None)
        actor = await self._services.people.identify(user.id) if user else None
        if actor is None or actor.telegram_id is None:
            return
        t = self._tongue(actor.language, actor.zone)
        text = t(
            "Something went wrong on our side. Number {number}: tell it to whoever runs the bot.",
            number=number,
        )
        await self._bot.send_message(actor.telegram_id, text, parse_mode=None)
