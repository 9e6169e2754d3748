"""Carries one message: draws it, delivers it, and does what Telegram's answer asks for."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from aiogram import Bot

from bot.bindings import Drawing
from bot.limits import Limits
from bot.metrics import Metrics
from bot.one_hand import OneHand, spot_of
from bot.sender.hand import Hand
from bot.sender.journal import GIVEN_UP_AFTER, Bound, Journal
from bot.sender.passing import take_away
from bot.sender.post import Letter, Receipt, deliver
from bot.sender.topics import TopicKeeper, is_anchor, is_face
from bot.sender.verdicts import Finding, Verdict
from bot.trouble import PASSING, backoff, told
from db.models import Outbox
from db.repositories.outbox import Outcome
from db.uow import Database
from handlers.screen import Screen
from services.bursts import becomes, standing
from services.clock import Clock
from services.deal_topics import DealTopics
from services.dto.news import Trouble
from services.news_channel import NewsChannels
from services.notices import ONLY_IN_PLACE, NoticeKind

log = structlog.get_logger(__name__)

Render = Callable[[Outbox], Awaitable[Screen | None]]
"""Draws a message with the reader's present rights; None when the right or the reason is gone."""

KEPT_IN_HAND = 15.0
"""Seconds; a message that must wait longer goes back into the database."""


class Courier:
    """What cannot be delivered now goes back into the hand, or into the database."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        render: Render,
        limits: Limits,
        metrics: Metrics,
        one_hand: OneHand,
        hand: Hand,
        journal: Journal,
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._render = render
        self._limits = limits
        self._metrics = metrics
        self._one_hand = one_hand
        self._topics = TopicKeeper(bot, DealTopics(db, clock))
        self._channel = NewsChannels(db, clock)
        self._hand = hand
        self._journal = journal
        self.failures = 0
        """How many messages in a row Telegram could not be reached for."""
        self.probe_at = 0.0
        """When the next one may be tried after that, by the clock of the machine."""

    async def carry(self, row: Outbox) -> None:
        """Send it, unless it is of no use any more; what comes of it is in the journal."""
        try:
            await self._send(row)
        except PASSING as error:
            log.warning("database_unreachable", outbox_id=row.id, error=told(error))
            self._keep(row, 2.0)
        except Exception as error:  # the outermost border: one message must not stop the others
            log.exception("not_rendered", outbox_id=row.id, kind=row.kind)
            self._journal.put_off(row, told(error))

    async def _send(self, row: Outbox) -> None:
        async with self._db.read() as uow:
            followed = await uow.outbox.followed(row)
            found = await standing(uow, row, self._clock.now())
            card = found.message_id if found else None
        if followed or (row.kind in ONLY_IN_PLACE and card is None):
            self._journal.end(row, "cancelled", error="newer" if followed else "no card")
            return
        if row.kind == NoticeKind.TOPIC:
            await self._keep_topic(row)
            return
        if row.kind == NoticeKind.PASSING:
            await self._take_away(row)
            return
        async with self._one_hand.at(spot_of(row.chat_id, card) if card is not None else None):
            if found is not None and self._one_hand.shows_other(found):
                card = None
            if row.kind in ONLY_IN_PLACE and card is None:
                self._journal.end(row, "cancelled", error="something else is shown there")
                return
            await self._draw(row, card)

    async def _draw(self, row: Outbox, card: int | None) -> None:
        drawn_at = self._clock.now()
        screen = await self._render(row)
        if screen is None:
            self._journal.end(row, "cancelled", error="no right or reason any more")
            return
        letter = Letter(
            screen, row.chat_id, row.thread, row.silent, card, row.kind in ONLY_IN_PLACE, is_anchor(row)
        )
        receipt = await deliver(self._bot, letter)
        if receipt.finding is not None and receipt.finding.verdict is Verdict.NO_THREAD:
            await self._topics.lost(row)
            self._journal.end(row, "cancelled", error="its topic is gone")
            return
        if receipt.finding is not None:
            await self._refused(row, receipt.finding, told(receipt.error or Exception()))
            return
        self._delivered(row, screen, card, receipt, drawn_at)
        if receipt.gone and is_face(row):
            await self._topics.card_gone(row)
        if receipt.thread_gone and row.thread is not None:
            await self._drop_thread(row.chat_id, row.thread)

    async def _keep_topic(self, row: Outbox) -> None:
        """The topic of a deal is to look otherwise, or to be there at all."""
        kept = await self._topics.carry_out(row)
        if kept.finding is not None:
            await self._refused(row, kept.finding, told(kept.error or Exception()))
            return
        self.failures = 0
        self._journal.end(row, "sent")

    async def _take_away(self, row: Outbox) -> None:
        """What has told where to look has been read by now."""
        if (trouble := await take_away(self._bot, row)) is not None:
            await self._refused(row, trouble[0], told(trouble[1]))
            return
        self.failures = 0
        self._journal.end(row, "sent")

    def _delivered(
        self, row: Outbox, screen: Screen, card: int | None, receipt: Receipt, drawn_at: datetime
    ) -> None:
        self.failures = 0
        bound: list[Bound] = []
        if receipt.gone and card is not None:
            bound.append(Bound(row.chat_id, card, "", 0, None))
        drawing = Drawing(bound, drawn_at, news=row.kind == NoticeKind.TASK_NEWS)
        if receipt.message_id is None:
            self._journal.end(row, "cancelled", error="the card is gone", drawing=drawing)
            return
        subject, subject_id = becomes(row, screen.subject)
        if subject or receipt.edited:
            bound.append(Bound(row.chat_id, receipt.message_id, subject, subject_id, row.person_id))
        self._metrics.sends.labels("edited" if receipt.edited else "sent").inc()
        self._journal.end(row, "sent", message_id=receipt.message_id, drawing=drawing)

    async def _refused(self, row: Outbox, finding: Finding, error: str) -> None:
        self._metrics.attempts.labels(finding.verdict.name.lower()).inc()
        match finding.verdict:
            case Verdict.PAUSE:
                await self._pause(row, finding.value)
            case Verdict.MOVED:
                log.info("chat_moved", chat_id=row.chat_id, new_chat_id=finding.value)
                async with self._db.write() as uow:
                    await uow.chats.move(row.chat_id, finding.value)
                self._journal.note(
                    row, Outcome(row.id, "new", row.attempts, self._clock.now(), error="moved")
                )
            case Verdict.UNREACHABLE:
                log.info("chat_unreachable", chat_id=row.chat_id, error=error)
                async with self._db.write() as uow:
                    await uow.chats.give_up(row.chat_id)
                await self._channel.follow(row.chat_id, Trouble.GONE)
                self._journal.end(row, "dead", error="unreachable")
            case Verdict.NO_RIGHTS:
                log.info("channel_refuses", chat_id=row.chat_id, error=error)
                await self._channel.follow(row.chat_id, Trouble.RIGHTS)
                self._journal.end(row, "dead", error="no rights")
            case Verdict.OUTAGE | Verdict.AMBIGUOUS:
                if finding.verdict is Verdict.AMBIGUOUS:
                    self._metrics.ambiguous.inc()
                await self._outage(row, error)
            case _:
                log.warning("not_sent", outbox_id=row.id, kind=row.kind, tries=row.attempts + 1, error=error)
                self._journal.put_off(row, error)

    async def _drop_thread(self, chat_id: int, thread: int) -> None:
        log.warning("topic_gone", chat_id=chat_id, thread=thread)
        with suppress(*PASSING):  # the message is out; the next one to this topic finds it gone again
            async with self._db.write() as uow:
                await uow.chats.drop_thread(chat_id, thread)

    async def _pause(self, row: Outbox, seconds: int) -> None:
        """Telegram wants to be left alone; that is no failed attempt."""
        self._metrics.throttled.labels("queue").inc()
        self._limits.pause(row.chat_id, seconds)
        log.info("throttled", chat_id=row.chat_id, seconds=seconds)
        if seconds <= KEPT_IN_HAND:
            self._keep(row, 0.0)
            return
        until = self._clock.now() + timedelta(seconds=seconds)
        async with self._db.write() as uow:
            await uow.outbox.defer(row.chat_id, until)
        self._journal.note(row, Outcome(row.id, "new", row.attempts, until, error="429"))

    async def _outage(self, row: Outbox, error: str) -> None:
        """Telegram could not be reached: the chat's messages stay in order and wait."""
        self.failures += 1
        row.attempts += 1
        self.probe_at = time.monotonic() + backoff(self.failures, first=0.2, most=5)
        log.warning("telegram_unreachable", outbox_id=row.id, tries=row.attempts, error=error)
        if self._clock.now() - row.created_at > GIVEN_UP_AFTER:
            self._journal.end(row, "dead", error=error)
            return
        async with self._db.write() as uow:
            await uow.outbox.note_attempt(row.id, row.attempts, error)
        self._keep(row, backoff(row.attempts, first=0.5, most=KEPT_IN_HAND))

    def _keep(self, row: Outbox, seconds: float) -> None:
        """It stays in hand and is the next one to its chat."""
        if seconds:
            self._limits.hold(row.chat_id, seconds)
        self._hand.put_back(row)
