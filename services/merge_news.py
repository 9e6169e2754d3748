"""What is told of clients that were united or taken apart: in the other one's history, and on the cards."""

from datetime import datetime

from db.models import Merge
from db.uow import UnitOfWork
from services import history, notices
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

    `event` is that of the one that stayed.
    """
    told: history.Changes = {"merged_into": into}
    await history.consequences(uow, actor, now, Action.CLIENT_MERGE, merge.kind, {merge.gone_id: told})
    for client_id in (merge.kept_id, merge.gone_id):
        await notices.refresh_cards(uow, now, merge.kind, client_id, event)
    for table, subject in _SUBJECTS.items():
        await notices.refresh_all(uow, now, subject, merge.moved.get(table, []), event)
