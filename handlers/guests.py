"""Those whom the company does not know: one may join by a link, others hear one short word."""

from aiogram import Bot
from aiogram.types import ChatMemberUpdated, Message

from services.errors import Cause


class Guests:
    """Answers people without an account here."""

    async def on_start(self, message: Message, bot: Bot, payload: str, cause: Cause) -> None:
        """/start of a stranger, perhaps with an invitation."""

    async def on_other(self, message: Message, bot: Bot) -> None:
        """Anything else from a stranger."""

    async def on_membership(self, event: ChatMemberUpdated, bot: Bot, cause: Cause) -> None:
        """Somebody blocked or unblocked the bot, or it was added to a chat."""
