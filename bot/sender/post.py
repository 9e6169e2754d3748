"""Brings one screen to one chat: edits the card where it stands, else sends; with a way round refusals."""

import html
import re
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, Message

from bot.limits import queued
from bot.sender.verdicts import Finding, Verdict, judge
from handlers.redraw import redrawing
from handlers.screen import Screen
from services.understanding.units import within

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A screen and where it goes."""

    screen: Screen
    chat_id: int
    thread: int | None
    silent: bool
    card: int | None = None
    """The message in which the subject's card stands."""
    only_edit: bool = False
    only_thread: bool = False
    """Whether it is for its topic alone: where that is gone it does not go to the chat itself."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a letter; without `finding` it was delivered."""

    message_id: int | None = None
    edited: bool = False
    gone: bool = False
    """The card does not stand where it was thought to."""
    thread_gone: bool = False
    finding: Finding | None = None
    error: Exception | None = None


async def deliver(bot: Bot, letter: Letter) -> Receipt:
    """Try until it is delivered or nothing else can be tried now."""
    token = queued.set(True)
    try:
        return await _Delivery(bot, letter).run()
    finally:
        queued.reset(token)


class _Delivery:
    """One letter, and what of it had to be given up on the way."""

    def __init__(self, bot: Bot, letter: Letter) -> None:
        self._bot = bot
        self._letter = letter
        self._plain = False
        self._bare = False
        self._thread = letter.thread
        self._card = letter.card if letter.screen.photo is None and letter.screen.document is None else None

    async def run(self) -> Receipt:
        if self._letter.screen.away and (receipt := await self._take_away()) is not None:
            return receipt
        while True:
            editing = self._card
            try:
                message_id = await (self._edit(editing) if editing is not None else self._send())
            except Exception as error:  # noqa: BLE001 - every error gets a verdict; unknown ones are tried again later
                finding = judge(error)
                if finding.verdict is Verdict.DONE:
                    return self._receipt(editing, edited=True)
                if not self._adapt(finding.verdict):
                    if editing is not None and finding.verdict is Verdict.AMBIGUOUS:
                        finding = Finding(Verdict.OUTAGE)  # an edit may safely be repeated
                    return self._receipt(None, finding=finding, error=error)
            else:
                return self._receipt(message_id, edited=editing is not None)
            if self._card is None and self._letter.only_edit:
                return self._receipt(None)

    async def _take_away(self) -> Receipt | None:
        """Delete the card; None where Telegram does not let us, so that it has to be rewritten."""
        if self._card is not None:
            try:
                await self._bot.delete_message(self._letter.chat_id, self._card)
            except TelegramBadRequest as error:
                if "not found" not in error.message.casefold():
                    return None
            except Exception as error:  # noqa: BLE001 - as above
                finding = judge(error)
                repeated = Finding(Verdict.OUTAGE) if finding.verdict is Verdict.AMBIGUOUS else finding
                return self._receipt(None, finding=repeated, error=error)
            self._card = None
        return self._receipt(None)

    def _adapt(self, verdict: Verdict) -> bool:
        """Give something up; False if there is nothing to give up that would help."""
        if verdict is Verdict.GONE and self._card is not None:
            self._card = None
        elif verdict is Verdict.PLAIN and not self._plain:
            self._plain = True
        elif verdict is Verdict.BARE and not self._bare:
            self._bare = True
        elif verdict is Verdict.NO_THREAD and self._thread is not None and not self._letter.only_thread:
            self._thread = None
        else:
            return False
        return True

    def _receipt(
        self,
        message_id: int | None,
        *,
        edited: bool = False,
        finding: Finding | None = None,
        error: Exception | None = None,
    ) -> Receipt:
        return Receipt(
            message_id=message_id,
            edited=edited,
            gone=self._letter.card is not None and self._card is None,
            thread_gone=self._thread != self._letter.thread,
            finding=finding,
            error=error,
        )

    async def _edit(self, message_id: int) -> int:
        text, chat_id = self._text(TEXT_LIMIT), self._letter.chat_id
        await self._bot(redrawing(chat_id, message_id, text, self._inline(), self._mode()))
        return message_id

    async def _send(self) -> int:
        screen = self._letter.screen
        common: dict[str, Any] = {
            "message_thread_id": self._thread,
            "disable_notification": self._letter.silent or None,
            "protect_content": screen.protect or None,
            "reply_markup": self._inline() or (None if self._bare else screen.reply_keyboard),
            "parse_mode": self._mode(),
        }
        chat_id = self._letter.chat_id
        sent: Message
        if screen.photo is not None:
            picture = BufferedInputFile(screen.photo, "picture.png")
            sent = await self._bot.send_photo(chat_id, picture, caption=self._text(CAPTION_LIMIT), **common)
        elif screen.document is not None:
            name, content = screen.document
            file = BufferedInputFile(content, name)
            sent = await self._bot.send_document(chat_id, file, caption=self._text(CAPTION_LIMIT), **common)
        else:
            sent = await self._bot.send_message(chat_id, self._text(TEXT_LIMIT), **common)
        return sent.message_id

    def _inline(self) -> InlineKeyboardMarkup | None:
        return None if self._bare else self._letter.screen.keyboard

    def _mode(self) -> str | None:
        return None if self._plain else "HTML"

    def _text(self, limit: int) -> str:
        text = str(self._letter.screen.text)
        return within(html.unescape(_TAG.sub("", text)), limit) if self._plain else text
