"""Lets one hand at a time draw a card, so that who read the database later is also seen later.

A press reads, changes and redraws its card; at the same moment the sender may have drawn that card from what
stood there before. Whichever edit Telegram hears last stays on the screen, so each of them has the card to
itself from reading to its answer. Where a press lets a message show something else, that is known here until
it stands in the database. Other instances are not waited for: there a card that was outrun is put right with
its subject's next change.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from aiogram.types import Update

from db.repositories.cards import CardBinding

PATIENCE = 2.0
"""Seconds; a hand that Telegram keeps waiting longer does not hinder the others."""

Spot = tuple[int, int]
"""A message of a group, or a whole private chat: there a typed answer redraws a card, too."""


class OneHand:
    """The cards that are being drawn now, and those that were and are not recorded yet."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Spot, asyncio.Lock] = WeakValueDictionary()
        self._drawn: dict[tuple[int, int], CardBinding] = {}

    def drew(self, cards: Iterable[CardBinding]) -> None:
        """These messages show this now."""
        self._drawn |= {(card.chat_id, card.message_id): card for card in cards}

    def recorded(self, cards: Iterable[CardBinding]) -> None:
        """The database knows it, unless something newer was drawn there."""
        for card in cards:
            place = card.chat_id, card.message_id
            if self._drawn.get(place) is card:
                del self._drawn[place]

    def shows_other(self, card: CardBinding) -> bool:
        """Whether a message shows something else than the database has it."""
        drawn = self._drawn.get((card.chat_id, card.message_id))
        return drawn is not None and (drawn.subject, drawn.subject_id) != (card.subject, card.subject_id)

    @asynccontextmanager
    async def at(self, spot: Spot | None) -> AsyncIterator[None]:
        """Have this card to oneself, or after `PATIENCE` share it."""
        if spot is None:
            yield
            return
        lock = self._locks.setdefault(spot, asyncio.Lock())
        mine = await _acquired(lock)
        try:
            yield
        finally:
            if mine:
                lock.release()


def spot_of(chat_id: int, message_id: int) -> Spot:
    """Where a message is drawn."""
    return chat_id, message_id if chat_id < 0 else 0


def spot_before(update: Update) -> Spot | None:
    """Where handling an update is going to draw, as far as it can be told."""
    message = update.callback_query.message if update.callback_query else update.message
    if message is None or (message.chat.id < 0 and update.callback_query is None):
        return None
    if message.message_id == 0:
        return None  # An ephemeral message: nobody else draws it.
    return spot_of(message.chat.id, message.message_id)


async def _acquired(lock: asyncio.Lock) -> bool:
    if not lock.locked():
        return await lock.acquire()
    try:
        async with asyncio.timeout(PATIENCE):
            return await lock.acquire()
    except TimeoutError:
        return False
