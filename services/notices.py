"""What a change lets be told and shown: messages, the cards that stand in chats, and the topics of deals."""

from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_hex

from db.repositories.cards import CardBinding, CardPlace
from db.repositories.topics import TopicFacts
from db.uow import UnitOfWork
from services.dto.tasks import FACES
from services.dto.topics import CHAT_CARD, MOVED_CARD
from services.notice_kinds import ONLY_IN_PLACE, NoticeKind
from services.notice_places import Place, Priority, private
from services.notice_queue import send, set_end, withdraw
from services.topic_looks import is_elsewhere, is_up_to_date

__all__ = ["ONLY_IN_PLACE", "NoticeKind", "Place", "Priority", "private", "send", "set_end", "withdraw"]


async def refresh_cards(
    uow: UnitOfWork, now: datetime, subject: str, subject_id: int, key: int | str, *, but: int | None = None
) -> None:
    """Bring every standing card of a subject up to date, but for the chat `but`, answered at once.

    And the topic of a deal: its name tells its stage. Where several work on it and it has none, it gets one.
    A task stands as several things; of these only the one that is named is answered at once.
    """
    if subject in FACES:
        for face, there in (await uow.cards.faces(FACES, subject_id)).items():
            await refresh_shown(uow, now, face, subject_id, key, there, but=but if face == subject else None)
        return
    shown = await uow.cards.places(subject, subject_id)
    await refresh_shown(uow, now, subject, subject_id, key, shown, but=but)


async def refresh_shown(
    uow: UnitOfWork,
    now: datetime,
    subject: str,
    subject_id: int,
    key: int | str,
    shown: Sequence[CardPlace],
    *,
    but: int | None = None,
) -> None:
    """The same where it is known already where they stand."""
    cards = [one for one in shown if not one.is_topic and not one.is_due]
    places = [Place(one.chat_id, one.person_id) for one in cards if one.chat_id != but]
    if places:
        await _refresh(uow, now, subject, subject_id, f"{key}", places)
    for due in [one.chat_id for one in shown if one.is_due]:
        await begin_topic(uow, now, subject_id, due, f"{key}")
    if any(one.is_topic for one in shown):
        await follow_topic(uow, now, subject_id, f"{key}")


async def begin_topic(
    uow: UnitOfWork,
    now: datetime,
    deal_id: int,
    home: int,
    occasion: str,
    *,
    priority: Priority = Priority.URGENT,
) -> None:
    """Let a deal have a topic in this group, unless it is known to have one, or to get one."""
    if await uow.topics.want(deal_id, chat_id=home, created_at=now):
        await ask_topic(uow, now, deal_id, occasion, priority=priority)
        await refresh_cards(uow, now, CHAT_CARD, deal_id, occasion)


async def follow_topic(uow: UnitOfWork, now: datetime, deal_id: int, occasion: str) -> None:
    """Let Telegram be told how the topic of a deal is to look, if it has one and that has changed."""
    facts = await uow.topics.facts(deal_id)
    if facts is None:
        return
    if is_elsewhere(facts):
        await _move_topic(uow, now, facts, occasion)
    elif facts.topic.state == "refused" or is_up_to_date(facts):
        return
    await ask_topic(uow, now, deal_id, occasion)


async def _move_topic(uow: UnitOfWork, now: datetime, facts: TopicFacts, occasion: str) -> None:
    """Close a topic with a word where the deal is spoken of now: there it is made anew, or opened again.

    Its card there is followed no more, so that who reads the old group learns nothing of what comes.
    """
    topic, deal_id, home = facts.topic, facts.deal.id, facts.home
    assert home is not None
    if topic.thread is not None:
        there, key = Place(topic.chat_id, thread=topic.thread), f"{deal_id}:{topic.thread}:{occasion}"
        told: dict[str, object] = {"id": deal_id}
        await send(uow, now, [there], NoticeKind.TOPIC_MOVED, f"topic_moved:{key}", told, silent=True)
        await close_topic(uow, now, deal_id, topic.chat_id, topic.thread, occasion)
        await uow.cards.leave_topic(deal_id, topic.chat_id, topic.thread, now)
    left = await uow.cards.return_to_topic(deal_id, home)
    await uow.topics.go(deal_id, home, left)
    if left is not None and left.card is not None:
        await _refresh(uow, now, "deal", deal_id, f"back {occasion}", [Place(home)])
    elif left is not None:
        card: dict[str, object] = {"subject": "deal", "id": deal_id}
        place, key = [Place(home, thread=left.thread)], f"anchor:{deal_id}:back {occasion}"
        await send(uow, now, place, NoticeKind.CARD, key, card, silent=True)
    await lead_on(uow, now, deal_id, topic.chat_id, occasion)
    await refresh_cards(uow, now, CHAT_CARD, deal_id, occasion)


async def lead_on(uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, occasion: str) -> None:
    """Let a card that stands in a group itself tell where the deal is spoken of now, and nothing else."""
    if await uow.cards.lead_on(chat_id, "deal", deal_id, MOVED_CARD):
        await refresh_cards(uow, now, MOVED_CARD, deal_id, occasion)


async def ask_topic(
    uow: UnitOfWork,
    now: datetime,
    deal_id: int,
    occasion: str,
    *,
    check: bool = False,
    priority: Priority = Priority.URGENT,
) -> None:
    """Have a look at the topic of a deal, if it is to have one.

    `check`: ask Telegram, too, whether it is there, for Telegram does not tell that one was deleted.
    """
    topic = await uow.topics.get(deal_id)
    if topic is not None:
        params: dict[str, object] = {"id": deal_id, **({"check": True} if check else {})}
        place, key = [Place(topic.chat_id)], f"topic:{deal_id}:{occasion}"
        alike = f"topic_check:{deal_id}" if check else f"topic:{deal_id}"
        await send(uow, now, place, NoticeKind.TOPIC, key, params, priority=priority, coalesce=alike)


async def close_topic(
    uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, thread: int, occasion: str
) -> None:
    """Have a topic closed that is not, or not any more, the one of its deal."""
    params: dict[str, object] = {"id": deal_id, "stray": thread}
    await send(uow, now, [Place(chat_id)], NoticeKind.TOPIC, f"stray:{thread}:{occasion}", params)


async def refresh_all(
    uow: UnitOfWork, now: datetime, subject: str, ids: Collection[int], event_id: int
) -> None:
    """The same for those of many subjects whose card stands anywhere."""
    faces = FACES if subject in FACES else (subject,)
    for one in await uow.cards.standing(faces, ids) if ids else ():
        await refresh_cards(uow, now, subject, one, event_id)


async def catch_up(uow: UnitOfWork, now: datetime, subject: str, subject_id: int, card: CardBinding) -> None:
    """Bring one card up to date that was on its way to its chat while its subject changed."""
    place = Place(card.chat_id, card.person_id)
    again = (
        f"message {card.message_id} {token_hex(4)}"  # it may have shown this before, and something else since
    )
    await _refresh(uow, now, subject, subject_id, again, [place])


async def _refresh(
    uow: UnitOfWork, now: datetime, subject: str, subject_id: int, occasion: str, places: list[Place]
) -> None:
    await send(
        uow,
        now,
        places,
        NoticeKind.REFRESH,
        f"{subject}:{subject_id}:{occasion}",
        {"subject": subject, "id": subject_id},
        priority=Priority.URGENT,
        silent=True,
        coalesce=f"{subject}:{subject_id}",
    )
