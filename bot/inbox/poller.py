"""Long polling that acknowledges an update only after it is stored."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.health import Health
from bot.inbox.intake import Intake
from bot.trouble import backoff, told

log = structlog.get_logger(__name__)

POLL_SECONDS = 15
# A connection that died without a word is given up this long after Telegram should have answered; with the
# longest backoff that stays below half a minute.
ANSWER_SECONDS = 8
LONGEST_BACKOFF = 5.0
CONFLICT_SECONDS = 20.0
"""How long another poller is borne with: at an update of the program the old one may still be ending."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates with a raw answer: one update that we cannot read must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Poller:
    """Polls while this instance leads."""

    def __init__(
        self, bot: Bot, intake: Intake, health: Health, allowed_updates: list[str], leads: Callable[[], bool]
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._health = health
        self._allowed = allowed_updates
        self._leads = leads
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled; what was taken but not stored then comes again after the next start."""
        self._health.polls = True
        while True:
            if not self._leads():
                self._health.follows()
                await asyncio.sleep(1)
                continue
            pause = await self._poll()
            if pause:
                await asyncio.sleep(pause)

    async def _poll(self) -> float:
        """One poll; returns the seconds to wait before the next one."""
        try:
            updates = await self._bot(
                GetRawUpdates(offset=self._offset, timeout=POLL_SECONDS, allowed_updates=self._allowed),
                request_timeout=POLL_SECONDS + ANSWER_SECONDS,
            )
            if updates:
                await self._intake.store(self._bot.id, updates)
                # The last one, not the highest: after a quiet week the numbers start anew somewhere else.
                self._offset = int(updates[-1]["update_id"]) + 1
        except TelegramRetryAfter as error:
            return float(error.retry_after)
        except TelegramUnauthorizedError:
            return self._refused(
                "Telegram does not know this token: check BOT_TOKEN, it may have been revoked"
            )
        except TelegramConflictError as error:
            return await self._conflict(error)
        except Exception as error:  # noqa: BLE001 - the outermost border: polling goes on whatever happens
            self._failures += 1
            log.warning("poll_failed", failures=self._failures, error=told(error))
            return backoff(self._failures, first=0.3, most=LONGEST_BACKOFF)
        self._failures = 0
        self._health.polled()
        return 0

    async def _conflict(self, error: TelegramConflictError) -> float:
        if "webhook" not in error.message:
            return self._refused(
                "Another program is polling with this token: stop it, or give this one a bot of its own",
                borne=CONFLICT_SECONDS,
            )
        log.warning("webhook_removed", reason="updates are to come by polling, but a webhook was set")
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except Exception as failure:  # noqa: BLE001 - as above
            log.warning("webhook_not_removed", error=told(failure))
            return LONGEST_BACKOFF
        return 0.1

    def _refused(self, words: str, *, borne: float = 0.0) -> float:
        if self._health.poll_refused(words, borne=borne):
            log.error("polling_refused", words=words)
        return LONGEST_BACKOFF
