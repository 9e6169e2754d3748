"""A tag given to many deals, leads or clients at once, or taken off."""

from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Lead
from db.repositories.known_clients import KINDS, Client
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor
from services.dto.fields import FieldSubject
from services.errors import StaleError
from services.tags import ACTIONS


async def retag_held(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    subject: FieldSubject,
    rows: Sequence[Deal | Client],
    tag_id: int,
    *,
    on: bool,
) -> None:
    """Deals, contacts or companies that are held."""
    told = await _told(uow, rows, tag_id, on=on)
    model = Deal if subject is FieldSubject.DEAL else KINDS[subject]
    await uow.bulk.change([{"id": row.id, "tags": _after(row, tag_id, on=on)} for row in rows], model)
    await (uow.tags.put if on else uow.tags.take)(subject, tag_id, [*told])
    await history.consequences(uow, actor, now, ACTIONS[subject], subject, told)


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


def _after(row: Deal | Lead | Client, tag_id: int, *, on: bool) -> list[int]:
    return [*row.tags, tag_id] if on else [one for one in row.tags if one != tag_id]


async def _told(
    uow: UnitOfWork, rows: Sequence[Deal | Lead | Client], tag_id: int, *, on: bool
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
