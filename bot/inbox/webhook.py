"""Tells Telegram where to bring updates, once someone is there to take them."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramUnauthorizedError

from bot.health import Health
from bot.trouble import backoff, told

log = structlog.get_logger(__name__)
CONNECTIONS = 40


class Webhook:
    """Sets the webhook and keeps at it until Telegram has agreed."""

    def __init__(
        self, bot: Bot, health: Health, url: str, secret: str, allowed_updates: list[str], up: asyncio.Event
    ) -> None:
        self._bot = bot
        self._health = health
        self._url = url
        self._secret = secret
        self._allowed = allowed_updates
        self._up = up

    async def run(self) -> None:
        """Set it, then wait until cancelled. What waits at Telegram is kept and comes at once."""
        await self._up.wait()
        failures = 0
        while True:
            try:
                await self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=self._allowed,
                    max_connections=CONNECTIONS,
                    drop_pending_updates=False,
                )
            except TelegramUnauthorizedError:
                words = "Telegram does not know this token: check BOT_TOKEN, it may have been revoked"
            except TelegramBadRequest as error:
                words = f"Telegram refuses WEBHOOK_URL: {error.message}"
            except Exception as error:  # noqa: BLE001 - the outermost border: it is tried until it works
                words = f"the webhook could not be set: {told(error)}"
            else:
                self._health.polled()
                log.info("webhook_set")
                await asyncio.Event().wait()
            failures += 1
            if self._health.poll_refused(words):
                log.error("webhook_not_set", words=words)
            await asyncio.sleep(backoff(failures, first=1, most=30))
