"""Changing a deal: the deal itself, its one event, and the cards that show it, all at once."""

from datetime import datetime

from db.models import Deal
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.errors import StaleError
from services.followup import touches


async def write(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    deal: Deal,
    changes: history.Changes,
    **values: object,
) -> int:
    """Write values into a deal and tell of the changes; returns the event's id.

    The right was asked for. Raises `stale` if somebody was faster.
    """
    event = history.row(actor, now, action, "deal", deal.id, changes)
    told = await uow.deals.change_and_tell(deal, values, event)
    if told is None:
        raise StaleError
    uow.history.remember(deal.id, told.newest)
    await touches.notice(uow, now, action, "deal", deal.id, changes)
    await notices.refresh_shown(uow, now, "deal", deal.id, told.event, told.places, but=actor.telegram_id)
    return told.event
