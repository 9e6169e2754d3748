"""From a filter of contacts or companies to what is asked of the database, for one reader and moment."""

from datetime import datetime

from db.repositories.contact_lists import WantedContacts
from db.repositories.firm_lists import WantedFirms
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.lists.asking import conditions, people_wanted
from services.lists.days import Days
from services.lists.filters import Filter


async def wanted_contacts(uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime) -> WantedContacts:
    """What a filter asks for, within what the actor may see."""
    return WantedContacts(
        scope(actor, Action.CLIENT_VIEW),
        owner_ids=people_wanted(actor, filter_),
        tag_id=filter_.tag,
        created=Days.of(filter_.date, now, actor.zone).created,
        fields=await conditions(uow, actor, filter_),
        consent=filter_.consent,
    )


async def wanted_firms(uow: UnitOfWork, actor: Actor, filter_: Filter) -> WantedFirms:
    """The same of companies; a company is seen by its people and its deals, too."""
    return WantedFirms(
        scope(actor, Action.CLIENT_VIEW),
        scope(actor, Action.DEAL_VIEW),
        owner_ids=people_wanted(actor, filter_),
        tag_id=filter_.tag,
        fields=await conditions(uow, actor, filter_),
    )
