"""How a lead is changed: held for an action, compared and set, recorded once, its cards refreshed."""

from datetime import datetime

from db.models import Lead
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history, lead_notices
from services.access import Action, Actor
from services.distribution.clock import look
from services.dto.leads import LeadStatus
from services.errors import StaleError
from services.lead_cards import is_live
from services.response import clock as response_clock
from services.rows import access_lead

_PERSONAL = frozenset({"name", "phone", "email", "username", "comment"})
"""Of these the history tells that they changed, not from what to what."""
_UNTOLD = frozenset(
    {
        *("search", "closed_at", "taken_at", "turn", "turn_at", "turn_granted", "passed"),
        *("offer", "offered_until", "declined"),
    }
)


async def hold(
    uow: UnitOfWork, actor: Actor, lead_id: int, action: Action, version: int | None = None
) -> Lead:
    """A lead for an action that its status allows and, if a version is given, that was not changed since.

    Raises `lead.not_found`, `not_allowed`, `stale`.
    """
    lead = await access_lead(uow, actor, lead_id, action)
    if not is_live(lead, action) or version not in (None, lead.version):
        raise StaleError
    return lead


async def change(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action | str,
    lead: Lead,
    values: dict[str, object],
    also: history.Changes | None = None,
) -> int | None:
    """Write new values and tell of them; nothing at all if there is no difference. Returns the event."""
    if lead.offered_to is not None and values.get("status", LeadStatus.NEW) != LeadStatus.NEW:
        values = {**values, "offered_to": None, "offered_until": None}
    changes: history.Changes = {
        name: (_told(name, getattr(lead, name)), _told(name, value))
        for name, value in values.items()
        if name not in _UNTOLD and getattr(lead, name) != value
    }
    if not changes:
        return None
    was_free, owner = lead.status == LeadStatus.NEW, lead.owner_id
    changed = await uow.leads.change(lead.id, lead.version, **values)
    if changed is None:
        raise StaleError
    gone = was_free and changed.status != LeadStatus.NEW
    if owner is not None and (changed.owner_id != owner or changed.status != LeadStatus.IN_WORK):
        await look(uow, changed.department_id, now)
    return await tell(uow, actor, now, action, changed, changes | (also or {}), was_free=gone)


async def change_hands(
    uow: UnitOfWork, actor: Actor, now: datetime, action: Action | str, lead: Lead, values: dict[str, object]
) -> int | None:
    """The same where a lead changes hands: what would follow in this turn does not, and the next begins."""
    await response_clock.stop(uow, lead, now)
    turn = response_clock.next_turn(lead, now)
    event = await change(uow, actor, now, action, lead, {**values, **turn})
    if event is not None:
        await response_clock.start(uow, lead, now)
    return event


async def hands_back(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    lead: Lead,
    values: dict[str, object],
    stood: response_clock.Stood,
    event: Past,
) -> None:
    """Take back that a lead has changed hands by an event; its clock stands as it stood before that."""
    await response_clock.stop(uow, lead, now)
    also: history.Changes = {"undone": (event.id, None)}
    turn = response_clock.former_turn(lead, stood)
    await change(uow, actor, now, Action.LEAD_HAND_OVER, lead, {**values, **turn}, also)
    await response_clock.stand_again(uow, lead, stood, event.at, now)


def in_hands_of(person_id: int, now: datetime) -> dict[str, object]:
    """What is written with a lead that is somebody's from now on."""
    return {"owner_id": person_id, "status": LeadStatus.IN_WORK, "taken_at": now}


async def tell(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action | str,
    lead: Lead,
    changes: history.Changes,
    *,
    was_free: bool = False,
) -> int:
    """Record an event of a lead and bring its cards up to date."""
    event = await history.record(uow, actor, now, action, "lead", lead.id, changes)
    await lead_notices.refresh(uow, actor, now, lead, event, was_free=was_free)
    return event


def _told(name: str, value: object) -> object:
    return value is not None if name in _PERSONAL else value
