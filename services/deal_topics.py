"""Topics of deals in the forums of team chats: when there is to be one, and what it is to show.

Telegram is told by the sender (`bot.sender.topics`), and never within a transaction: what is to be told is a
row of the outbox, and each of its steps is recorded here as soon as Telegram has taken it.
"""

import re
from datetime import datetime

from db.models import Deal
from db.repositories.topics import TopicFacts
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import CLOSED_KINDS, Action, Actor, StageKind
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.topics import DealFace, Refusal, TopicLine, TopicLook, TopicPlan, TopicState
from services.errors import AppError, NotFoundError
from services.notices import NoticeKind, Place
from services.rows import access_deal

NAME_LIMIT = 128
"""Telegram's own."""
SQUARES = {StageKind.OPEN: "🟦", StageKind.PAYMENT: "🟨", StageKind.WON: "🟩", StageKind.LOST: "🟥"}
ICONS = {StageKind.OPEN: "💼", StageKind.PAYMENT: "💰", StageKind.WON: "🏆", StageKind.LOST: "🏁"}
"""Emoji of which Telegram has icons for topics."""
DIGITS = 7
"""So many of them could be a phone."""


class DealTopics:
    """The service of topics."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def open(self, actor: Actor, deal_id: int) -> None:
        """Let a deal in work have a topic; whoever works on it may ask (`deal.share`).

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, and `topic.no_group` without a group for it.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_SHARE)
            if stage.kind in CLOSED_KINDS:
                raise AppError("deal.closed")
            home, now = await uow.topics.home(deal), self._clock.now()
            if home is None:
                raise AppError("topic.no_group")
            known = await uow.topics.get(deal_id)
            if known is None or known.state == TopicState.REFUSED:
                fresh = {"chat_id": home, "asked_by": actor.person_id}
                if not await uow.topics.want(deal_id, created_at=now, **fresh):
                    await uow.topics.note(deal_id, state=TopicState.WANTED, refusal=None, tries=0, **fresh)
            event = await history.record(uow, actor, now, "deal.topic", "deal", deal_id)
            await notices.follow_topic(uow, now, deal_id, f"{event}")

    async def face(self, deal_id: int) -> DealFace:
        """A deal for those with whom it is spoken of. Raises `deal.not_found` where it is nowhere."""
        async with self._db.read() as uow:
            facts = await uow.deals.facts(deal_id, 0) if await uow.topics.has_place(deal_id) else None
            if facts is None:
                raise NotFoundError("deal")
            names = await uow.people.names(facts.deal.crew)
            return DealFace(
                id=facts.deal.id,
                title=public_title(facts.deal.title),
                stage=stage_ref(facts.stage),
                department=facts.department,
                owner=facts.owner,
                crew=tuple(names[one] for one in facts.deal.crew if one in names),
                archived=facts.deal.archived_at is not None,
            )

    async def plan(self, deal_id: int) -> TopicPlan | None:
        """What a topic is to look like; None if there is to be none."""
        async with self._db.read() as uow:
            facts = await uow.topics.facts(deal_id)
        if facts is None or facts.topic.state == TopicState.REFUSED:
            return None
        topic = facts.topic
        told = TopicLook(topic.name, topic.icon or "", topic.closed) if topic.name is not None else None
        return TopicPlan(
            deal_id, topic.chat_id, topic.thread, topic.tries, _look(facts), told, topic.anchor, facts.card
        )

    async def begin(self, plan: TopicPlan) -> None:
        """Telegram is about to be asked for a topic: from now on there may be one that nobody knows of."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, tries=plan.tries + 1)

    async def not_made(self, plan: TopicPlan) -> None:
        """Telegram has said for certain that it made none."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, tries=plan.tries)

    async def made(self, plan: TopicPlan, thread: int) -> None:
        """There it is: the deal's card is sent there, and pinned afterwards."""
        told = {"name": plan.wanted.name, "icon": plan.wanted.icon, "closed": False}
        async with self._db.write() as uow:
            await uow.topics.note(
                plan.deal_id, thread=thread, state=TopicState.OPEN, refusal=None, tries=0, anchor=None, **told
            )
            await _send_card(uow, self._clock.now(), plan.deal_id, plan.chat_id, thread, f"{thread}")

    async def told(self, plan: TopicPlan, look: TopicLook) -> None:
        """Telegram shows it so."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, name=look.name, icon=look.icon, closed=look.closed)

    async def pinned(self, plan: TopicPlan) -> None:
        """Its card is pinned."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, anchor=plan.card)

    async def card_gone(self, plan: TopicPlan, key: int) -> None:
        """Somebody has deleted the card: it comes once more. `key`: of this occasion."""
        assert plan.thread is not None
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, anchor=None)
            now = self._clock.now()
            await _send_card(uow, now, plan.deal_id, plan.chat_id, plan.thread, f"{plan.thread}:{key}")

    async def refused(self, plan: TopicPlan, why: Refusal) -> None:
        """Telegram makes none: whoever asked for it is told."""
        async with self._db.write() as uow:
            known = await uow.topics.get(plan.deal_id)
            await uow.topics.note(plan.deal_id, state=TopicState.REFUSED, refusal=why, tries=0)
            asked_by = known.asked_by if known is not None else None
            person = await uow.people.get(asked_by) if asked_by is not None else None
            if person is not None:
                now = self._clock.now()
                key, place = f"topic_refused:{plan.deal_id}:{now.timestamp()}", [notices.private(person)]
                params: dict[str, object] = {"id": plan.deal_id}
                await notices.send(uow, now, place, NoticeKind.TOPIC_REFUSED, key, params)

    async def lost(self, chat_id: int, thread: int) -> None:
        """Somebody has deleted it: a deal in work gets another one."""
        async with self._db.write() as uow:
            deal_id = await uow.topics.lose(chat_id, thread)
            if deal_id is not None:
                await uow.cards.forget(chat_id, "deal", deal_id)
                await notices.follow_topic(uow, self._clock.now(), deal_id, f"lost {thread}")


async def begin_for_two(uow: UnitOfWork, now: datetime, deal: Deal, event: int) -> None:
    """A second person works on a deal: it gets a topic by itself, where there is a group for that."""
    home = await uow.topics.home(deal)
    if home is not None and await uow.topics.want(deal.id, chat_id=home, created_at=now):
        await notices.follow_topic(uow, now, deal.id, f"{event}")


async def line(uow: UnitOfWork, deal_id: int) -> TopicLine | None:
    """The topic of a deal in short."""
    topic = await uow.topics.get(deal_id)
    if topic is None:
        return None
    refusal = Refusal(topic.refusal) if topic.refusal else None
    return TopicLine(TopicState(topic.state), topic.chat_id, topic.thread, refusal)


async def send_face(uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, event: int) -> None:
    """Show a deal in a group of its own."""
    params: dict[str, object] = {"subject": "deal", "id": deal_id}
    await notices.send(
        uow, now, [Place(chat_id)], NoticeKind.CARD, f"face:{deal_id}:{event}", params, silent=True
    )


async def _send_card(
    uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, thread: int, occasion: str
) -> None:
    """Send the card into the topic, and then look after it once more: only then can it be pinned."""
    params: dict[str, object] = {"subject": "deal", "id": deal_id}
    place = [Place(chat_id, thread=thread)]
    await notices.send(uow, now, place, NoticeKind.CARD, f"anchor:{deal_id}:{occasion}", params, silent=True)
    await notices.follow_topic(uow, now, deal_id, f"pin {occasion}")


def public_title(title: str) -> str | None:
    """A deal's title, unless it tells how to reach the client."""
    return None if "@" in title or len(re.sub(r"\D", "", title)) >= DIGITS else title


def _look(facts: TopicFacts) -> TopicLook:
    deal, kind = facts.deal, StageKind(facts.stage.kind)
    title = public_title(deal.title)
    named = f"{SQUARES[kind]} {title} · #{deal.id}" if title else f"{SQUARES[kind]} #{deal.id}"
    if len(named) > NAME_LIMIT and title:
        tail = f"… · #{deal.id}"
        named = f"{SQUARES[kind]} {title}"[: NAME_LIMIT - len(tail)] + tail
    return TopicLook(named, ICONS[kind], kind in CLOSED_KINDS or deal.archived_at is not None)
