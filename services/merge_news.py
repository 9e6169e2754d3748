"""What is told of clients that were united or taken apart: in the other one's history, and on the cards."""

from datetime import datetime

from db.models import Merge
from db.uow import UnitOfWork
from services import notices
from services.access import Action, Actor

_SUBJECTS = {"deal": "deal", "lead": "lead", "task": "task", "contact": "contact"}
"""Tables whose rows have cards, and what those are called."""


async def tell(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    merge: Merge,
    event: int,
    into: tuple[int | None, int | None],
) -> None:
    """Tell the one that is gone or back, and bring the cards of both and of all that moved up to date.

    A consequence: the update itself is kept with the event of the one that stayed, `event`.
    """
    await uow.workload.tell(
        [
            {
                "at": now,
                "actor_id": actor.person_id,
                "door": actor.door,
                "action": Action.CLIENT_MERGE,
                "subject": merge.kind,
                "subject_id": merge.gone_id,
                "changes": {"merged_into": list(into)},
            }
        ]
    )
    for client_id in (merge.kept_id, merge.gone_id):
        await notices.refresh_cards(uow, now, merge.kind, client_id, event)
    for table, subject in _SUBJECTS.items():
        ids = merge.moved.get(table, [])
        for one in await uow.workload.with_cards(subject, ids) if ids else ():
            await notices.refresh_cards(uow, now, subject, one, event)
