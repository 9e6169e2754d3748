"""Notes which message shows which card, and catches up with cards that were outrun on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.repositories.cards import CardBinding
from db.uow import Cause, UnitOfWork
from services import notices
from services.dto.topics import CHAT_CARD

EVENTLESS = frozenset({"import", CHAT_CARD})
"""Subjects whose cards change without an event, by progress alone."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Cards that were drawn from what the database held at a moment, perhaps after a change of their own."""

    bindings: Sequence[CardBinding]
    at: datetime
    cause: Cause | None = None


async def bind(uow: UnitOfWork, drawings: Sequence[Drawing], now: datetime) -> None:
    """Note where these cards stand; those that somebody changed before anyone knew of them are drawn anew."""
    drawn = {(card.chat_id, card.message_id): drawing for drawing in drawings for card in drawing.bindings}
    cards = [card for drawing in drawings for card in drawing.bindings]
    for card in await uow.cards.bind_many(cards, now):
        drawing = drawn[card.chat_id, card.message_id]
        own = drawing.cause.update_id if drawing.cause else None
        if card.subject in EVENTLESS or await uow.history.is_changed_since(
            card.subject, card.subject_id, drawing.at, but=own
        ):
            await notices.catch_up(uow, now, card.subject, card.subject_id, card)
