"""What is told of clients that were united or taken apart on the cards that stand."""

from datetime import datetime

from db.models import Merge
from db.uow import UnitOfWork
from services import notices

_SUBJECTS = {"deal": "deal", "lead": "lead", "task": "task", "contact": "contact"}
"""Tables whose rows have cards, and what those are called."""


async def tell(uow: UnitOfWork, now: datetime, merge: Merge, event: int) -> None:
    """Bring the cards of both and of all that moved up to date."""
    for client_id in (merge.kept_id, merge.gone_id):
        await notices.refresh_cards(uow, now, merge.kind, client_id, event)
    for table, subject in _SUBJECTS.items():
        await notices.refresh_all(uow, now, subject, merge.moved.get(table, []), event)
