"""Tells Telegram how the topic of a deal is to look: makes it, names it, closes it, pins the deal's card.

Each step is recorded as soon as Telegram has taken it. A death between Telegram's yes to a new topic and
our record leaves a topic that nobody knows of: Telegram has no way to ask for one, or to find it again. So
each call is noted before it is made, and after `MOST` of them without an answer a person has to ask again.
"""

from dataclasses import dataclass, replace

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.limits import queued
from bot.sender.verdicts import Finding, Verdict, judge
from db.models import Outbox
from services.deal_topics import DealTopics
from services.dto.topics import Refusal, TopicPlan
from services.notices import NoticeKind

log = structlog.get_logger(__name__)

MOST = 2
"""So many calls for a topic whose answer nobody has heard."""
COLORS = {"💼": 7322096, "💰": 16766590, "🏆": 9367192, "🏁": 16478047}
"""Of the icon of a topic whose sticker Telegram does not have; only these colours are allowed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How it ended; without `finding` the topic is as it should be."""

    finding: Finding | None = None
    error: Exception | None = None
    lost: int | None = None
    """The topic that is not there any more."""


class TopicKeeper:
    """Brings the topic of one deal up to date. The sender lets one at a time into each chat."""

    def __init__(self, bot: Bot, topics: DealTopics) -> None:
        self._bot = bot
        self._topics = topics
        self._stickers: dict[str, str] | None = None

    async def carry_out(self, row: Outbox) -> Kept:
        """What a row of the outbox asks for."""
        if "stray" in row.params:
            return await self.close_stray(row.chat_id, int(row.params["stray"]), int(row.params["id"]))
        return await self.keep(int(row.params["id"]), check="check" in row.params)

    async def keep(self, deal_id: int, *, check: bool = False) -> Kept:
        """Do what is to be done about the topic of a deal; `check`: even if that seems to be nothing."""
        plan = await self._topics.plan(deal_id)
        if plan is None:
            return Kept()
        token = queued.set(True)
        try:
            await self._bring_up(plan, check=check)
        except Exception as error:  # noqa: BLE001 - every error gets a verdict; unknown ones are tried again later
            finding = judge(error)
            if finding.verdict is Verdict.NO_THREAD and plan.thread is not None:
                await self._topics.lost(plan.chat_id, plan.thread)
                return Kept(lost=plan.thread)
            if plan.thread is not None and _is_no_forum(error):
                log.warning("topics_switched_off", deal_id=plan.deal_id, chat_id=plan.chat_id)
                await self._topics.refused(plan, Refusal.FORUM)
                return Kept(lost=plan.thread)
            return Kept(finding, error)
        finally:
            queued.reset(token)
        return Kept()

    async def close_stray(self, chat_id: int, thread: int, deal_id: int) -> Kept:
        """Close a topic that is none of its deal's any more; one that is closed, or gone, is as good.

        It may have become the deal's again while this waited: then it stays open.
        """
        plan = await self._topics.plan(deal_id)
        if plan is not None and (plan.chat_id, plan.thread) == (chat_id, thread):
            return Kept()
        token = queued.set(True)
        try:
            await self._bot.close_forum_topic(chat_id, thread)
        except Exception as error:  # noqa: BLE001 - as above
            finding = judge(error)
            if finding.verdict not in (Verdict.DONE, Verdict.NO_THREAD) and not _is_no_forum(error):
                return Kept(finding, error)
        finally:
            queued.reset(token)
        return Kept()

    async def lost(self, row: Outbox) -> None:
        """The topic for which a card was meant is not there any more: there is to be another one."""
        assert row.thread is not None
        await self._topics.lost(row.chat_id, row.thread)

    async def card_gone(self, row: Outbox) -> None:
        """The message that was the card of a deal in a team chat is not there any more."""
        await self._topics.card_gone(int(row.params["id"]), row.chat_id, row.id)

    async def _bring_up(self, plan: TopicPlan, *, check: bool) -> None:
        if plan.thread is None:
            if not plan.wanted.closed:
                await self._make(plan)
            return
        await self._rename(plan, plan.thread, check=check)
        await self._close(plan, plan.thread)
        if plan.card is not None and plan.card != plan.anchor:
            await self._pin(plan)

    async def _make(self, plan: TopicPlan) -> None:
        """Make it, unless nobody knows what came of the calls before."""
        if plan.tries >= MOST:
            log.warning("topic_unclear", deal_id=plan.deal_id, chat_id=plan.chat_id, tries=plan.tries)
            await self._topics.refused(plan, Refusal.OTHER)
            return
        if plan.tries:
            log.warning("topic_made_again", deal_id=plan.deal_id, chat_id=plan.chat_id, tries=plan.tries)
        icon = await self._sticker(plan.wanted.icon)
        await self._topics.begin(plan)
        try:
            made = await self._bot.create_forum_topic(
                plan.chat_id,
                plan.wanted.name,
                icon_color=None if icon else COLORS[plan.wanted.icon],
                icon_custom_emoji_id=icon,
            )
        except Exception as error:
            verdict = judge(error).verdict
            if verdict is not Verdict.AMBIGUOUS:
                await self._topics.not_made(plan)
            if not isinstance(error, TelegramBadRequest) or verdict is not Verdict.UNKNOWN:
                raise
            log.warning("topic_refused", deal_id=plan.deal_id, chat_id=plan.chat_id, error=error.message)
            await self._topics.refused(plan, _why(error))
        else:
            await self._topics.made(plan, made.message_thread_id)

    async def _rename(self, plan: TopicPlan, thread: int, *, check: bool) -> None:
        """Name it. Told its own name once more a topic stays as it is, and one that is gone is found out."""
        told, wanted = plan.told, plan.wanted
        if not check and told is not None and (told.name, told.icon) == (wanted.name, wanted.icon):
            return
        icon = await self._sticker(wanted.icon)
        try:
            await self._bot.edit_forum_topic(
                plan.chat_id, thread, name=wanted.name, icon_custom_emoji_id=icon
            )
        except TelegramBadRequest as error:
            if judge(error).verdict is not Verdict.DONE:
                raise
        await self._topics.told(plan, replace(wanted, closed=told.closed if told else False))

    async def _close(self, plan: TopicPlan, thread: int) -> None:
        """Close it with its deal, or open it again."""
        if (plan.told is not None and plan.told.closed) is plan.wanted.closed:
            return
        change = self._bot.close_forum_topic if plan.wanted.closed else self._bot.reopen_forum_topic
        try:
            await change(plan.chat_id, thread)
        except TelegramBadRequest as error:
            if judge(error).verdict is not Verdict.DONE:
                raise
        await self._topics.told(plan, plan.wanted)

    async def _pin(self, plan: TopicPlan) -> None:
        """Pin the card. Where the bot may not, it is not asked for again: the topic works without."""
        assert plan.card is not None
        try:
            await self._bot.pin_chat_message(plan.chat_id, plan.card, disable_notification=True)
        except TelegramBadRequest as error:
            log.info("card_not_pinned", deal_id=plan.deal_id, error=error.message)
        await self._topics.pinned(plan)

    async def _sticker(self, emoji: str) -> str | None:
        """Telegram's icon with this emoji; its list does not change while we run."""
        if self._stickers is None:
            found = await self._bot.get_forum_topic_icon_stickers()
            self._stickers = {
                one.emoji: one.custom_emoji_id for one in found if one.emoji and one.custom_emoji_id
            }
        return self._stickers.get(emoji)


def is_anchor(row: Outbox) -> bool:
    """Whether a message is the card of a deal in its topic, and nothing to be said to the whole chat."""
    return row.kind == NoticeKind.CARD and row.thread is not None and row.params["subject"] == "deal"


def is_face(row: Outbox) -> bool:
    """Whether a message is the card of a deal in a team chat."""
    return row.person_id is None and row.kind == NoticeKind.REFRESH and row.params["subject"] == "deal"


def _is_no_forum(error: Exception) -> bool:
    """Whether the group has no topics, perhaps not any more."""
    return isinstance(error, TelegramBadRequest) and "not a forum" in error.message.casefold()


def _why(error: TelegramBadRequest) -> Refusal:
    words = error.message.casefold()
    if _is_no_forum(error):
        return Refusal.FORUM
    return Refusal.RIGHTS if "rights" in words or "admin" in words else Refusal.OTHER
