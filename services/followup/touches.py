"""What counts as something that happened with a client: from then on their silence is measured anew."""

from collections.abc import Mapping
from datetime import date, datetime

from db.uow import UnitOfWork
from services.access import Action

_HEARD = frozenset({Action.CALL_LOG, Action.NOTE_ADD, Action.PAYMENT_RECORD})
_DONE = frozenset({Action.TASK_DO, Action.TASK_ACCEPT})
_SUBJECTS = frozenset({"deal", "lead", "contact", "firm"})


def touched(now: datetime, closed_on: date | None) -> dict[str, object]:
    """What is written with a deal that moves, so that it takes no statement of its own."""
    return {"touched_at": now, "silent_from": None if closed_on else now}


async def notice(
    uow: UnitOfWork, now: datetime, action: str, subject: str, subject_id: int, changes: Mapping[str, object]
) -> None:
    """Called with every event: a call, a note, a payment, or a task that was done is a touch; so is a move,
    see `touched`.

    One of a client is a touch of all their deals in work. What is only planned or put off is none, and
    no more are words that were changed, or said among colleagues in the topic of a deal or a group.
    """
    if action in _HEARD and subject in _SUBJECTS and "note_was" not in changes:
        await uow.follow_ups.touch(subject, subject_id, now)
    elif action in _DONE and changes.get("done") == (False, True):
        await uow.follow_ups.touch("task", subject_id, now)
