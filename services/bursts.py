"""Which message of a chat a new one takes the place of: its subject's card, or what was told just now."""

from datetime import datetime, timedelta

from db.models import Card, Outbox
from db.uow import UnitOfWork
from services.notices import ONLY_IN_PLACE, NoticeKind

BURST = timedelta(minutes=10)
"""So long after it was sent a message about a deal is rewritten by the next one instead of followed by it."""
_NEWS = frozenset(
    {NoticeKind.PAYMENT_AWAITED, NoticeKind.PAYMENT_CAME, NoticeKind.PAYMENT_GONE, NoticeKind.DEAL_WON}
)


async def standing(uow: UnitOfWork, row: Outbox, now: datetime) -> Card | None:
    """The message that this one takes the place of. One that shows something else by now is no such place."""
    if row.kind == NoticeKind.CARD or row.kind in ONLY_IN_PLACE:
        return await uow.cards.find(row.chat_id, str(row.params["subject"]), int(row.params["id"]))
    if row.kind == NoticeKind.PAYMENT_GONE and not row.silent:
        return None  # Whoever was told that the deal is paid has to hear it, and nobody hears an edit.
    if row.kind in _NEWS:
        told = await uow.cards.find(row.chat_id, *_news(row))
        return told if told is not None and now - told.updated_at <= BURST else None
    return None


def becomes(row: Outbox, shown: tuple[str, int] | None) -> tuple[str, int]:
    """As what the message is to be found again; with an empty subject as nothing, also if it was before."""
    if shown is None and row.kind in _NEWS:
        return _news(row)
    return shown or ("", 0)


def _news(row: Outbox) -> tuple[str, int]:
    """News that ring do not take the place of silent ones: nobody would hear of them."""
    return ("quiet_news" if row.silent else "news"), int(row.params["id"])
