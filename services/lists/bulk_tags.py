"""A tag given to many deals at once, or taken off."""

from datetime import datetime
from typing import Any

from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor
from services.lists.bulk_plan import Judged, Row


async def retag(
    uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged[Row], tag_id: int, *, on: bool
) -> None:
    """Both places where a deal's tags stand, and what each deal keeps of it."""
    names = await uow.tags.names({tag_id, *(tag for deal, _ in judged.rows for tag in deal.tags)})
    written: list[dict[str, Any]] = []
    told: dict[int, history.Changes] = {}
    for deal, _ in judged.rows:
        tags = [*deal.tags, tag_id] if on else [one for one in deal.tags if one != tag_id]
        written.append({"deal_id": deal.id, "tags": tags})
        old, new = ([names[one] for one in names if one in some] for some in (deal.tags, tags))
        told[deal.id] = {"tags": (old, new)}
    await uow.bulk.change(written)
    await (uow.tags.put if on else uow.tags.take)("deal", tag_id, [deal.id for deal, _ in judged.rows])
    await history.consequences(uow, actor, now, Action.DEAL_TAG, "deal", told)
