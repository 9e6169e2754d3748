"""Telegram's ephemeral messages: what one member of a group alone sees there."""

from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.types import CallbackQuery, EphemeralMessageParameters, Message

from handlers.screen import Screen

log = structlog.get_logger()

REFUSALS = (TelegramBadRequest, TelegramNotFound, TelegramRetryAfter)
"""Not here, not to them, too late, or too much for this group: there is another way to answer."""


class Whispers:
    """Whether answers are whispered, and how.

    A Bot API server that does not know ephemeral messages takes no notice of their parameters and shows the
    text to the whole group. So they are on only where somebody vouches for the server, and the first answer
    that turns out to be public is taken back and ends them until the next start.
    """

    def __init__(self, *, on: bool = False) -> None:
        self.on = on

    async def answer(
        self, bot: Bot, query: CallbackQuery, thread: int | None, screen: Screen, *, anew: bool = False
    ) -> bool:
        """Whether Telegram took the answer, in place of the pressed whisper unless `anew`."""
        if not self.on or not _is_text(screen):
            return False
        try:
            if not anew and _fits(query.message, screen):
                return await _edit(bot, query, screen)
            return await self._send(bot, query, thread, screen)
        except REFUSALS as error:
            log.info("whisper_refused", error=error.message)
            return False

    async def tell(
        self, bot: Bot, chat_id: int, thread: int | None, telegram_id: int, screen: Screen
    ) -> bool:
        """Whether Telegram took a word to somebody who has pressed nothing; only an admin may say it."""
        if not self.on or not _is_text(screen):
            return False
        try:
            to = EphemeralMessageParameters(receiver_user_id=telegram_id)
            return await self._deliver(bot, chat_id, thread, screen, to)
        except REFUSALS as error:
            log.info("whisper_refused", error=error.message)
            return False

    async def _send(self, bot: Bot, query: CallbackQuery, thread: int | None, screen: Screen) -> bool:
        if query.message is None:
            return False
        to = EphemeralMessageParameters(receiver_user_id=query.from_user.id, callback_query_id=query.id)
        return await self._deliver(bot, query.message.chat.id, thread, screen, to)

    async def _deliver(
        self, bot: Bot, chat_id: int, thread: int | None, screen: Screen, to: EphemeralMessageParameters
    ) -> bool:
        sent = await bot.send_message(
            chat_id,
            screen.text,
            message_thread_id=thread,
            reply_markup=screen.keyboard,
            protect_content=screen.protect or None,
            parse_mode="HTML",
            ephemeral_message_parameters=to,
        )
        if sent.ephemeral_message_id is not None:
            return True
        self.on = False
        log.error("whisper_was_public", chat_id=sent.chat.id, message_id=sent.message_id)
        with suppress(TelegramAPIError):  # The log names the message, for somebody to look after it.
            await bot.delete_message(sent.chat.id, sent.message_id)
        return False


def is_whisper(query: CallbackQuery | None) -> bool:
    """Whether the button stands under an ephemeral message."""
    message = query.message if query is not None else None
    return isinstance(message, Message) and message.ephemeral_message_id is not None


def _is_text(screen: Screen) -> bool:
    return (screen.photo, screen.document, screen.reply_keyboard) == (None, None, None)


def _fits(pressed: object, screen: Screen) -> bool:
    """Whether the screen may take the place of what was pressed: it is whispered, and as protected."""
    if not isinstance(pressed, Message) or pressed.ephemeral_message_id is None or pressed.text is None:
        return False
    # Telegram protects a message when it is sent, never afterwards.
    return bool(pressed.has_protected_content) or not screen.protect


async def _edit(bot: Bot, query: CallbackQuery, screen: Screen) -> bool:
    message = query.message
    if not isinstance(message, Message) or message.ephemeral_message_id is None:
        return False
    try:
        return await bot.edit_ephemeral_message_text(
            chat_id=message.chat.id,
            receiver_user_id=query.from_user.id,
            ephemeral_message_id=message.ephemeral_message_id,
            text=screen.text,
            parse_mode="HTML",
            reply_markup=screen.keyboard,
        )
    except TelegramBadRequest as error:
        if "message is not modified" in error.message:
            return True
        raise
