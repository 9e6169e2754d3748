"""What somebody who leaves is told, and what becomes of the cards before them."""

from datetime import datetime

from db.models import Person
from db.uow import UnitOfWork
from services import notices
from services.notices import NoticeKind, Place, Priority


async def close_chat(uow: UnitOfWork, now: datetime, person: Person, event: int) -> None:
    """Stop everything that waits for them, say so in one line, and take the cards away before them.

    Nobody is named as their reader: to the company they are a stranger from now on.
    """
    cards = await uow.cards.of_person(person.id)
    await uow.workload.silence(person.id, person.telegram_id)
    if person.telegram_id is None or not person.reachable:
        return
    here = [Place(person.telegram_id)]
    await notices.send(uow, now, here, NoticeKind.ACCESS_ENDED, f"ended:{event}", {})
    for card in cards:
        name = f"{card.subject}:{card.subject_id}"
        await notices.send(
            uow,
            now,
            [Place(card.chat_id)],
            NoticeKind.CARD_WITHDRAWN,
            f"withdrawn:{name}:{event}",
            {"subject": card.subject, "id": card.subject_id},
            priority=Priority.REMINDER,
            silent=True,
        )
