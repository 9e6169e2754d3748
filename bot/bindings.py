"""Notes which message shows which card, and catches up with cards that were outrun on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import Card
from db.repositories.cards import CardBinding
from db.uow import Cause, UnitOfWork
from services import notices
from services.dto.tasks import FORMER_CARD
from services.dto.topics import CHAT_CARD

EVENTLESS = "import"
"""The subject whose cards change without an event, by progress alone."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Cards that were drawn from what the database held at a moment, perhaps after a change of their own."""

    bindings: Sequence[CardBinding]
    at: datetime
    cause: Cause | None = None
    news: bool = False
    """Whether they say something new of a task: an older card of it, which follows no more, is put away."""


async def bind(uow: UnitOfWork, drawings: Sequence[Drawing], now: datetime) -> None:
    """Note where these cards stand; those that somebody changed before anyone knew of them are drawn anew."""
    drawn = {(card.chat_id, card.message_id): drawing for drawing in drawings for card in drawing.bindings}
    cards = [card for drawing in drawings for card in drawing.bindings]
    older = [one for drawing in drawings if drawing.news for one in await _older(uow, drawing.bindings)]
    for card in await uow.cards.bind_many(cards, now):
        if await _may_be_outrun(uow, card, drawn[card.chat_id, card.message_id]):
            await notices.catch_up(uow, now, card.subject, card.subject_id, card)
    for card in older:
        at = (card.chat_id, FORMER_CARD, card.subject_id, card.message_id)
        await uow.cards.bind(*at, card.person_id, now)
        await notices.catch_up(uow, now, FORMER_CARD, card.subject_id, card)


async def _may_be_outrun(uow: UnitOfWork, card: CardBinding, drawing: Drawing) -> bool:
    """Whether its subject may have changed since; how a topic stands has no events either."""
    if card.subject == CHAT_CARD:
        return await uow.topics.facts(card.subject_id) is not None
    own = drawing.cause.update_id if drawing.cause else None
    return card.subject == EVENTLESS or await uow.history.is_changed_since(
        card.subject, card.subject_id, drawing.at, but=own
    )


async def _older(uow: UnitOfWork, bindings: Sequence[CardBinding]) -> list[Card]:
    """The cards of the same subjects that stand elsewhere in these chats."""
    found = [(await uow.cards.find(new.chat_id, new.subject, new.subject_id), new) for new in bindings]
    return [card for card, new in found if card is not None and card.message_id != new.message_id]
