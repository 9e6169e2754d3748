"""From a filter of contacts to what is asked of the database, for one reader and moment."""

from datetime import datetime

from db.repositories.contact_lists import WantedContacts
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.fields.filters import condition_of
from services.lists.asking import asked_fields
from services.lists.filters import MINE, Filter, moments


async def wanted_contacts(uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime) -> WantedContacts:
    """What a filter asks for, within what the actor may see."""
    day = filter_.date
    return WantedContacts(
        scope(actor, Action.CLIENT_VIEW),
        owner_id=actor.person_id if filter_.person == MINE else filter_.person,
        tag_id=filter_.tag,
        created=moments(day.days(now.astimezone(actor.zone).date()), actor.zone) if day is not None else None,
        fields=tuple(
            condition_of(field, value) for field, value in await asked_fields(uow, actor, filter_) if field
        ),
    )
