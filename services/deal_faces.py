"""What a group sees of a deal: its card in a topic, in a group of its own, or in a group without topics."""

from datetime import datetime

from db.models import DealTopic
from db.uow import UnitOfWork
from services import notices
from services.deal_cards import stage_ref
from services.dto.topics import DealFace, Refusal
from services.errors import NotFoundError
from services.notices import NoticeKind, Place
from services.topic_looks import public_title


async def face_of(uow: UnitOfWork, deal_id: int) -> DealFace:
    """A deal as a whole team chat may see it. Raises `deal.not_found`."""
    facts = await uow.deals.facts(deal_id, 0)
    if facts is None:
        raise NotFoundError("deal")
    helpers = [person for person in facts.deal.crew if person != facts.deal.owner_id]
    names = await uow.people.names(helpers)
    topic = await uow.topics.get(deal_id)
    return DealFace(
        id=facts.deal.id,
        title=public_title(facts.deal.title),
        stage=stage_ref(facts.stage),
        pipeline=facts.pipeline,
        department=facts.department,
        owner=facts.owner,
        crew=tuple(names[one] for one in helpers if one in names),
        archived=facts.deal.archived_at is not None,
        refusal=Refusal(topic.refusal) if topic is not None and topic.refusal else None,
    )


async def send_face(uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, occasion: str) -> None:
    """Show a deal in a group itself: one of its own, or one that has no topic for it."""
    params: dict[str, object] = {"subject": "deal", "id": deal_id}
    key = f"face:{deal_id}:{occasion}"
    await notices.send(uow, now, [Place(chat_id)], NoticeKind.CARD, key, params, silent=True)


async def send_anchor(
    uow: UnitOfWork, now: datetime, deal_id: int, chat_id: int, thread: int, occasion: str
) -> None:
    """Send the card into the topic, and then look after it once more: only then can it be pinned.

    A card that stood in the group itself leads there from now on.
    """
    await notices.lead_on(uow, now, deal_id, chat_id, occasion)
    params: dict[str, object] = {"subject": "deal", "id": deal_id}
    place = [Place(chat_id, thread=thread)]
    await notices.send(uow, now, place, NoticeKind.CARD, f"anchor:{deal_id}:{occasion}", params, silent=True)
    await notices.ask_topic(uow, now, deal_id, f"pin {occasion}")


async def look_after_card(uow: UnitOfWork, now: datetime, topic: DealTopic, key: int) -> None:
    """Send the card into an open topic that has none."""
    if await uow.cards.find(topic.chat_id, "deal", topic.deal_id) is None:
        assert topic.thread is not None
        await uow.topics.note(topic.deal_id, anchor=None)
        occasion = f"{topic.thread}:{key}"
        await send_anchor(uow, now, topic.deal_id, topic.chat_id, topic.thread, occasion)
