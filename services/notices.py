"""Messages that a change causes: rows of the outbox, written in the change's own transaction.

A row names a kind and ids, never a text: it is rendered, and the rights are asked again, at sending.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from db.models import Person
from db.repositories.cards import CardBinding
from db.uow import UnitOfWork

NO_TIME = timedelta()


class Priority(IntEnum):
    """Who waits for it; lower leaves first. Direct answers to a press do not pass the outbox."""

    ANSWER = 0
    URGENT = 1
    REMINDER = 2
    BULK = 3


class NoticeKind(StrEnum):
    """What a row says; each kind has one renderer in `handlers/notices.py`."""

    CARD = "card"
    """The card of `params.subject`/`params.id`: edited in place where it stands, else sent."""
    REFRESH = "refresh"
    """The same, but only where it stands already."""
    TASK_AHEAD = "task_ahead"
    TASK_DUE = "task_due"
    TASKS_MISSED = "tasks_missed"
    TASK_GIVEN = "task_given"
    TASK_COMMENTED = "task_commented"
    LEAD_GIVEN = "lead_given"
    LEAD_OFFER = "lead_offer"
    """It is your turn to take this lead, for some minutes."""
    LEAD_ASSIGNED = "lead_assigned"
    """It was your turn to get this lead."""
    LEADS_WAIT = "leads_wait"
    """To the head: nobody is free to take these."""
    LEAD_LATE = "lead_late"
    """It is your turn to answer this lead, and time passes."""
    LEADS_LATE = "leads_late"
    LEAD_PASSED = "lead_passed"
    """A lead that somebody else has not answered is yours now."""
    LEAD_ALARM = "lead_alarm"
    """To the head and the team chat: nobody answers this lead."""
    CLIENT_TOUCHED = "client_touched"
    CLIENT_GIVEN = "client_given"
    CLIENT_ASKED = "client_asked"
    """A colleague has come upon this client, and asks whose they are to be."""
    DIGEST = "digest"
    """The day or the week, to a head or into a team chat."""
    MORNING = "morning"
    """What waits for somebody today."""
    DEAL_GIVEN = "deal_given"
    DEAL_SHARED = "deal_shared"
    DEAL_COMMENTED = "deal_commented"
    DEAL_WON = "deal_won"
    PAYMENT_AWAITED = "payment_awaited"
    PAYMENT_CAME = "payment_came"
    PAYMENT_GONE = "payment_gone"
    PERSON_JOINED = "person_joined"
    ROLE_CHANGED = "role_changed"
    WORK_GIVEN = "work_given"
    WORK_BACK = "work_back"
    ACCESS_ENDED = "access_ended"
    CARD_WITHDRAWN = "card_withdrawn"
    """Takes the place of the card of `params.subject`/`params.id` before somebody who has left."""
    CHAT_LOST = "chat_lost"
    IMPORT_FAILED_ROWS = "import_failed_rows"


ONLY_IN_PLACE = frozenset({NoticeKind.REFRESH, NoticeKind.CARD_WITHDRAWN})
"""What is drawn where the card stands, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a person's private chat, or a team chat."""

    chat_id: int
    person_id: int | None = None
    thread: int | None = None


def private(person: Person) -> Place | None:
    """A person's private chat; none while they cannot be written to."""
    if person.telegram_id is None or not person.reachable or person.status != "active":
        return None
    return Place(person.telegram_id, person.id)


async def send(
    uow: UnitOfWork,
    now: datetime,
    places: Iterable[Place | None],
    kind: NoticeKind,
    key: str,
    params: dict[str, object],
    *,
    priority: Priority = Priority.URGENT,
    silent: bool = False,
    coalesce: str | None = None,
    lives: timedelta | None = None,
    gather: timedelta | None = None,
) -> None:
    """Queue one message for each place. `key` names the cause: the same key and place is queued once.

    `coalesce`: of several waiting messages with this key in a chat only the newest is sent.
    `lives`: after this time it is of no use and is dropped instead of sent late.
    `gather`: so long it waits for others of the same `coalesce`, together with which it is sent.
    """
    places = list(places)
    workspace = await uow.people.workspace()
    epoch = workspace.outbox_epoch if workspace else 1
    chats = [place.chat_id for place in places if place is not None] if gather and coalesce else []
    begun = await uow.outbox.begun([f"{coalesce}@{chat}" for chat in chats])
    await uow.outbox.add_many(
        [
            {
                "epoch": epoch,
                "dedupe": f"{key}@{place.chat_id}",
                "coalesce": f"{coalesce}@{place.chat_id}" if coalesce else None,
                "kind": kind,
                "params": params,
                "person_id": place.person_id,
                "chat_id": place.chat_id,
                "thread": place.thread,
                "priority": priority,
                "silent": silent,
                "created_at": now,
                "next_at": begun.get(f"{coalesce}@{place.chat_id}", now + (gather or NO_TIME)),
                "expires_at": now + lives if lives else None,
            }
            for place in places
            if place is not None
        ]
    )


async def refresh_cards(
    uow: UnitOfWork, now: datetime, subject: str, subject_id: int, event_id: int, *, but: int | None = None
) -> None:
    """Bring every standing card of a subject up to date, but for the chat `but`, answered at once."""
    cards = await uow.cards.of_subject(subject, subject_id)
    places = [Place(card.chat_id, card.person_id) for card in cards if card.chat_id != but]
    if places:
        await _refresh(uow, now, subject, subject_id, f"{event_id}", places)


async def catch_up(uow: UnitOfWork, now: datetime, subject: str, subject_id: int, card: CardBinding) -> None:
    """Bring one card up to date that was on its way to its chat while its subject changed."""
    place = Place(card.chat_id, card.person_id)
    await _refresh(uow, now, subject, subject_id, f"message {card.message_id}", [place])


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
