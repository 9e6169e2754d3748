"""What counts as something that happened with a client: from then on their silence is measured anew."""

from collections.abc import Mapping
from datetime import datetime

from db.uow import UnitOfWork
from services.access import Action

_HEARD = frozenset(
    {
        *(Action.CALL_LOG, Action.NOTE_ADD, Action.PAYMENT_RECORD),
        *(Action.DEAL_MOVE, Action.DEAL_LOSE, Action.DEAL_SETTLE, Action.DEAL_REVIVE, Action.DEAL_REOPEN),
    }
)
_SUBJECTS = frozenset({"deal", "lead", "contact", "firm"})


async def notice(
    uow: UnitOfWork, now: datetime, action: str, subject: str, subject_id: int, changes: Mapping[str, object]
) -> None:
    """Called with every event: a call, a note, a payment, a move, or a task that was done is a touch.

    One of a client is a touch of all their deals in work. What is only planned or put off is none.
    """
    if action in _HEARD and subject in _SUBJECTS:
        await uow.follow_ups.touch(subject, subject_id, now)
    elif action == Action.TASK_DO and changes.get("done") == (False, True):
        await uow.follow_ups.touch("task", subject_id, now)
