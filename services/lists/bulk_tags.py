"""A tag given to many deals or leads at once, or taken off."""

from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Lead
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor
from services.errors import StaleError


async def retag_deals(
    uow: UnitOfWork, actor: Actor, now: datetime, deals: Sequence[Deal], tag_id: int, *, on: bool
) -> None:
    """Deals that are held."""
    told = await _told(uow, deals, tag_id, on=on)
    await uow.bulk.change([{"deal_id": deal.id, "tags": _after(deal, tag_id, on=on)} for deal in deals])
    await (uow.tags.put if on else uow.tags.take)("deal", tag_id, [*told])
    await history.consequences(uow, actor, now, Action.DEAL_TAG, "deal", told)


async def retag_leads(
    uow: UnitOfWork, actor: Actor, now: datetime, leads: Sequence[Lead], tag_id: int, *, on: bool
) -> None:
    """Leads, each compared and set. Raises `stale` if one of them has changed."""
    told = await _told(uow, leads, tag_id, on=on)
    for lead in leads:
        tags = _after(lead, tag_id, on=on)
        if await uow.leads.change(lead.id, lead.version, tags=tags) is None:
            raise StaleError
    await (uow.tags.put if on else uow.tags.take)("lead", tag_id, [*told])
    await history.consequences(uow, actor, now, Action.LEAD_TAG, "lead", told)


def _after(row: Deal | Lead, tag_id: int, *, on: bool) -> list[int]:
    return [*row.tags, tag_id] if on else [one for one in row.tags if one != tag_id]


async def _told(
    uow: UnitOfWork, rows: Sequence[Deal] | Sequence[Lead], tag_id: int, *, on: bool
) -> dict[int, history.Changes]:
    """What each keeps of it, by name."""
    names = await uow.tags.names({tag_id, *(tag for row in rows for tag in row.tags)})
    told: dict[int, history.Changes] = {}
    for row in rows:
        old, new = (
            [names[one] for one in names if one in tags] for tags in (row.tags, _after(row, tag_id, on=on))
        )
        told[row.id] = {"tags": (old, new)}
    return told
