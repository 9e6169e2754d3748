"""Who hears what a colleague says about a deal: whoever else works on it."""

from datetime import datetime, timedelta

from db.models import Deal
from db.uow import UnitOfWork
from services import notices
from services.access import Actor, Role
from services.notices import NoticeKind

TOGETHER = timedelta(seconds=30)
"""What is said within this time is told by one message."""
HEARERS = (Role.MANAGER, Role.HEAD, Role.OWNER)
"""Whoever only settles deals hears nothing of what is said about them."""


async def tell(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, event: int) -> None:
    """Tell the deal's owner and its co-workers, but for whoever said it; several comments by one message."""
    ids = {deal.owner_id, *deal.crew} - {None, actor.person_id}
    people = [await uow.people.get(person_id) for person_id in sorted(filter(None, ids))]
    await notices.send(
        uow,
        now,
        [notices.private(person) for person in people if person is not None and person.role in HEARERS],
        NoticeKind.DEAL_COMMENTED,
        f"deal_comment:{deal.id}:{event}",
        {"id": deal.id, "by": actor.name},
        coalesce=f"deal_comment:{deal.id}",
        gather=TOGETHER,
    )
