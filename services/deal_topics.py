"""Topics of deals in the forums of team chats: when there is to be one, and what it is to show.

Telegram is told by the sender (`bot.sender.topics`), and never within a transaction: what is to be told is a
row of the outbox, and each of its steps is recorded here as soon as Telegram has taken it.
"""

from datetime import datetime
from secrets import token_hex
from typing import Any

from db.models import Deal
from db.uow import Cause, Database, UnitOfWork
from services import history, notices, topic_looks
from services.access import CLOSED_KINDS, Action, Actor
from services.clock import Clock
from services.deal_faces import face_of, look_after_card, send_anchor, send_face
from services.dto.topics import (
    CHAT_CARD,
    DealFace,
    DealHome,
    Refusal,
    TopicLine,
    TopicLook,
    TopicPlan,
    TopicState,
)
from services.errors import AppError, NotFoundError
from services.notices import NoticeKind
from services.rows import access_deal
from services.topic_looks import told, wanted


class DealTopics:
    """The service of topics."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def open(self, actor: Actor, deal_id: int) -> None:
        """Let a deal in work have a topic; whoever works on it may ask (`deal.share`).

        Where it has one already Telegram is asked whether that is there, and its card is drawn anew.
        Raises `deal.not_found`, `not_allowed`, `deal.closed`, and `topic.no_group` without a group for it.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_SHARE)
            if stage.kind in CLOSED_KINDS:
                raise AppError("deal.closed")
            home, now = await uow.topics.home(deal.id), self._clock.now()
            if home is None:
                raise AppError("topic.no_group")
            known = await uow.topics.get(deal_id)
            if known is None or known.state == TopicState.REFUSED:
                fresh = {"chat_id": home, "asked_by": actor.person_id}
                if not await uow.topics.want(deal_id, created_at=now, **fresh):
                    await uow.topics.note(deal_id, state=TopicState.WANTED, refusal=None, tries=0, **fresh)
            elif known.thread is None:
                await uow.topics.note(deal_id, asked_by=actor.person_id)
            event = await history.record(uow, actor, now, "deal.topic", "deal", deal_id)
            there = known is not None and known.thread is not None
            await notices.ask_topic(uow, now, deal_id, f"{event}", check=there)
            if known is not None and there:
                await look_after_card(uow, now, known, event)
                await notices.refresh_cards(uow, now, "deal", deal_id, event, but=actor.telegram_id)
            await notices.refresh_cards(uow, now, CHAT_CARD, deal_id, event, but=actor.telegram_id)

    async def face(self, deal_id: int) -> DealFace:
        """A deal for those with whom it is spoken of. Raises `deal.not_found` where it is nowhere."""
        async with self._db.read() as uow:
            if not await uow.topics.has_place(deal_id):
                raise NotFoundError("deal")
            return await face_of(uow, deal_id)

    async def home(self, deal_id: int) -> DealHome:
        """Where a deal is spoken of now; told where it was spoken of before."""
        async with self._db.read() as uow:
            return DealHome(deal_id, await uow.topics.home_name(deal_id) or "", await line(uow, deal_id))

    async def plan(self, deal_id: int) -> TopicPlan | None:
        """What a topic is to look like; None if there is to be none."""
        async with self._db.read() as uow:
            facts = await uow.topics.facts(deal_id)
        if facts is None or facts.topic.state == TopicState.REFUSED:
            return None
        topic = facts.topic
        return TopicPlan(
            deal_id=deal_id,
            chat_id=topic.chat_id,
            thread=topic.thread,
            tries=topic.tries,
            wanted=wanted(facts),
            told=told(facts),
            anchor=topic.anchor,
            card=facts.card,
        )

    async def begin(self, plan: TopicPlan) -> None:
        """Telegram is about to be asked for a topic: from now on there may be one that nobody knows of."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, within=plan.chat_id, tries=plan.tries + 1)

    async def not_made(self, plan: TopicPlan) -> None:
        """Telegram has said for certain that it made none."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, within=plan.chat_id, tries=plan.tries)

    async def made(self, plan: TopicPlan, thread: int) -> None:
        """There it is: the deal's card is sent there, and pinned afterwards.

        If another group has become the deal's meanwhile it is closed at once.
        """
        now, there = self._clock.now(), plan.chat_id
        told = {"name": plan.wanted.name, "icon": plan.wanted.icon, "closed": False}
        async with self._db.write() as uow:
            fresh = {"thread": thread, "state": TopicState.OPEN, "refusal": None, "tries": 0, "anchor": None}
            if await uow.topics.note(plan.deal_id, within=there, **fresh, **told):
                await send_anchor(uow, now, plan.deal_id, there, thread, f"{thread}")
                await notices.refresh_cards(uow, now, CHAT_CARD, plan.deal_id, f"{there}:{thread}")
            else:
                await notices.close_topic(uow, now, plan.deal_id, there, thread, "late")

    async def told(self, plan: TopicPlan, look: TopicLook) -> None:
        """Telegram shows it so."""
        async with self._db.write() as uow:
            look_told = {"name": look.name, "icon": look.icon, "closed": look.closed}
            await uow.topics.note(plan.deal_id, within=plan.chat_id, **look_told)

    async def pinned(self, plan: TopicPlan) -> None:
        """Its card is pinned."""
        async with self._db.write() as uow:
            await uow.topics.note(plan.deal_id, within=plan.chat_id, anchor=plan.card)

    async def card_gone(self, deal_id: int, chat_id: int, key: int) -> None:
        """Somebody has deleted the card of a deal: into its topic it comes again. `key`: of this occasion."""
        async with self._db.write() as uow:
            await uow.cards.forget(chat_id, "deal", deal_id)
            topic = await uow.topics.get(deal_id)
            if topic is not None and topic.chat_id == chat_id and topic.thread is not None:
                await look_after_card(uow, self._clock.now(), topic, key)

    async def adopt(self, chat_id: int, thread: int, name: str, cause: Cause | None) -> int | None:
        """Somebody speaks in a topic that we have made, and of which we never heard: its deal, if it is that.

        It becomes the topic of its deal, which `name` tells, if that has none by now. Else it is closed, so
        that people find the one that is kept. Raises AlreadyAppliedError when it is heard of once more.
        """
        deal_id = topic_looks.deal_named(name)
        async with self._db.read() as uow:
            topic = await uow.topics.get(deal_id) if deal_id is not None else None
        if topic is None or topic.chat_id != chat_id or topic.thread == thread:
            return None
        now = self._clock.now()
        if topic.thread is not None:
            async with self._db.write(cause) as uow:
                occasion = f"{cause.update_id if cause else now.timestamp()}"
                await notices.close_topic(uow, now, topic.deal_id, chat_id, thread, occasion)
            return None
        async with self._db.write() as uow:
            fresh: dict[str, Any] = {"thread": thread, "state": TopicState.OPEN, "refusal": None, "tries": 0}
            if not await uow.topics.note(topic.deal_id, within=chat_id, **fresh):
                return None
            await send_anchor(uow, now, topic.deal_id, chat_id, thread, f"{thread}")
            await notices.refresh_cards(uow, now, CHAT_CARD, topic.deal_id, f"{chat_id}:{thread}")
        return topic.deal_id

    async def refused(self, plan: TopicPlan, why: Refusal) -> None:
        """Telegram makes none, or has none any more: whoever asked for one that never was is told.

        Where the group has no topics, or we may not manage them, the deal's card stands in the group itself.
        """
        now, deal_id = self._clock.now(), plan.deal_id
        occasion = f"refused {token_hex(4)}"  # it may be refused again, even at the same moment
        async with self._db.write() as uow:
            known = await uow.topics.get(deal_id)
            refused = {"state": TopicState.REFUSED, "refusal": why, "tries": 0, "closed": False}
            none = dict.fromkeys(("thread", "name", "icon", "anchor"))
            if not await uow.topics.note(deal_id, within=plan.chat_id, **refused, **none):
                return
            if why is not Refusal.OTHER:
                await send_face(uow, now, deal_id, plan.chat_id, occasion)
            await notices.refresh_cards(uow, now, CHAT_CARD, deal_id, occasion)
            asked_by = known.asked_by if known is not None and known.thread is None else None
            person = await uow.people.get(asked_by) if asked_by is not None else None
            if person is not None:
                params: dict[str, object] = {"subject": CHAT_CARD, "id": deal_id}
                key, place = f"topic:{deal_id}:{occasion}", [notices.private(person)]
                await notices.send(uow, now, place, NoticeKind.CARD, key, params)

    async def try_again(self, chat_id: int, why: Refusal, cause: Cause) -> None:
        """What stood in the way of topics in a group is gone: deals that were to have one there get it.

        A fact, so nobody is asked; told once more, it changes nothing.
        """
        async with self._db.look() as uow:
            if not await uow.topics.refused(chat_id, why):
                return
        now = self._clock.now()
        async with self._db.write() as uow:
            for deal_id in await uow.topics.refused(chat_id, why):
                await uow.topics.note(deal_id, state=TopicState.WANTED, refusal=None, tries=0)
                await notices.ask_topic(uow, now, deal_id, f"again {cause.update_id}")

    async def lost(self, chat_id: int, thread: int) -> None:
        """Somebody has deleted it: a deal in work gets another one."""
        async with self._db.write() as uow:
            deal_id = await uow.topics.lose(chat_id, thread)
            if deal_id is not None:
                await uow.cards.forget(chat_id, "deal", deal_id)
                now = self._clock.now()
                await notices.ask_topic(uow, now, deal_id, f"lost {thread}")
                await notices.refresh_cards(uow, now, CHAT_CARD, deal_id, f"lost {chat_id}:{thread}")


async def begin_for_two(uow: UnitOfWork, now: datetime, deal: Deal, event: int) -> None:
    """A second person works on a deal: it gets a topic by itself, where there is a group for that."""
    home = await uow.topics.home(deal.id)
    if home is not None:
        await notices.begin_topic(uow, now, deal.id, home, f"{event}")


async def line(uow: UnitOfWork, deal_id: int) -> TopicLine | None:
    """The topic of a deal in short."""
    topic = await uow.topics.get(deal_id)
    if topic is None:
        return None
    refusal = Refusal(topic.refusal) if topic.refusal else None
    return TopicLine(TopicState(topic.state), topic.chat_id, topic.thread, refusal)
