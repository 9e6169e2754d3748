"""Notes which message shows which card, and catches up with cards that were outrun on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import Card
from db.repositories.cards import CardBinding
from db.repositories.news import POST
from db.uow import Cause, UnitOfWork
from services import notices
from services.dto.tasks import FACES, FORMER_CARD, OLDER_CARD
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
    """Whether they say something new of a task: the card that it had in that chat is put away."""


async def bind(uow: UnitOfWork, drawings: Sequence[Drawing], now: datetime) -> None:
    """Note where these cards stand; those that somebody changed before anyone knew of them are drawn anew."""
    drawn = {(card.chat_id, card.message_id): drawing for drawing in drawings for card in drawing.bindings}
    cards = [card for drawing in drawings for card in drawing.bindings]
    tasks = {(card.chat_id, card.subject_id): card for card in cards if card.subject == "task"}
    older = await uow.cards.outdone([*tasks.values()])
    for card in await uow.cards.bind_many(cards, now):
        if await _may_be_outrun(uow, card, drawn[card.chat_id, card.message_id]):
            await notices.catch_up(uow, now, card.subject, card.subject_id, card)
    for old in older:
        if (old.chat_id, old.message_id) not in drawn:
            newer = tasks[old.chat_id, old.subject_id]
            await _outdo(uow, old, drawn[newer.chat_id, newer.message_id], now)


async def _may_be_outrun(uow: UnitOfWork, card: CardBinding, drawing: Drawing) -> bool:
    """Whether its subject may have changed since; how a topic stands has no events either."""
    if card.subject == CHAT_CARD:
        return await uow.topics.facts(card.subject_id) is not None
    if card.subject == POST:
        return await uow.news.is_changed_since(card.subject_id, drawing.at)
    own = drawing.cause.update_id if drawing.cause else None
    subject = "task" if card.subject in FACES else card.subject
    return card.subject == EVENTLESS or await uow.history.is_changed_since(
        subject, card.subject_id, drawing.at, but=own
    )


async def _outdo(uow: UnitOfWork, card: Card, newer: Drawing, now: datetime) -> None:
    """A task has got a newer card in this chat: this one follows on, and one that is older still steps back.

    Where the newer one says something new, and there is none that is older still, this one does.
    """
    oldest = await uow.cards.find(card.chat_id, OLDER_CARD, card.subject_id)
    if newer.news and oldest is None:
        await _put_away(uow, card, now)
        return
    at = (card.chat_id, OLDER_CARD, card.subject_id, card.message_id)
    await uow.cards.bind(*at, card.person_id, now)
    if oldest is not None:
        await _put_away(uow, oldest, now)
    if newer.news or await _is_changed(uow, card.subject_id, newer):
        await notices.catch_up(uow, now, OLDER_CARD, card.subject_id, card)


async def _put_away(uow: UnitOfWork, card: Card, now: datetime) -> None:
    at = (card.chat_id, FORMER_CARD, card.subject_id, card.message_id)
    await uow.cards.bind(*at, card.person_id, now)
    await notices.catch_up(uow, now, FORMER_CARD, card.subject_id, card)


async def _is_changed(uow: UnitOfWork, task_id: int, newer: Drawing) -> bool:
    """Whether a task has changed with what has brought its newer card, or since."""
    event = await uow.history.of_update(newer.cause.bot_id, newer.cause.update_id) if newer.cause else None
    if event is not None and (event.subject, event.subject_id) == ("task", task_id):
        return True
    return await uow.history.is_changed_since("task", task_id, newer.at, but=None)
