"""What a filter lets through at a place of the list, and the lines in which it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.uow import UnitOfWork
from services.access import Actor
from services.client_cards import contact_line, firm_line
from services.deal_lines import deal_lines
from services.dto.clients import ClientLine
from services.dto.deals import DealLine
from services.dto.fields import FieldSubject
from services.dto.leads import LeadLine, LeadStatus
from services.dto.lists import Count
from services.lead_cards import LIVE, lead_line
from services.lists import asking
from services.lists.client_asking import wanted_contacts, wanted_firms
from services.lists.filters import Filter
from services.lists.lead_asking import scoring_rules, wanted_leads
from services.rows import lead_deeds

COUNTED = 1_000
"""Further it is not counted: whoever sees so many deals narrows the filter."""


@dataclass(frozen=True, slots=True)
class Place:
    """After what a page begins; `top` is the window of the hottest leads, see `Listed`."""

    after: int | None = None
    top: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, where the next one begins if there may be one, and points that order them."""

    ids: Sequence[int]
    next: Place
    points: Mapping[int, int] = field(default_factory=dict)


async def find(
    uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime, place: Place, limit: int
) -> Found:
    """At most so many of what a filter lets through, within what the actor may see."""
    if filter_.subject is FieldSubject.DEAL:
        wanted = await asking.wanted(uow, actor, filter_, now)
        deals = await uow.deal_lists.find(wanted, place.after, limit)
        return Found(deals.ids, Place(deals.next_after))
    if filter_.subject is FieldSubject.CONTACT:
        people = await wanted_contacts(uow, actor, filter_, now)
        ids, after = await uow.contact_lists.find(people, place.after, limit)
        return Found(ids, Place(after))
    if filter_.subject is FieldSubject.FIRM:
        firms = await wanted_firms(uow, actor, filter_)
        ids, after = await uow.firm_lists.find(firms, place.after, limit)
        return Found(ids, Place(after))
    asked = await wanted_leads(uow, actor, filter_, now)
    leads = await uow.lead_lists.find(asked, place.after, place.top, limit)
    return Found(leads.ids, Place(leads.next_after, leads.next_top), leads.points)


async def count(uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime) -> Count:
    """How many there are of it, as far as they are counted."""
    found = await find(uow, actor, replace(filter_, hot=False), now, Place(), COUNTED)
    return Count(len(found.ids), more=found.next.after is not None)


async def lines(
    uow: UnitOfWork, actor: Actor, subject: FieldSubject, found: Found
) -> tuple[DealLine | LeadLine | ClientLine, ...]:
    """What was found, line by line."""
    if subject is FieldSubject.DEAL:
        return deal_lines(actor, await uow.deal_lists.rows(found.ids)).items
    if subject is FieldSubject.CONTACT:
        return tuple(contact_line(*row) for row in await uow.contact_lists.rows(found.ids))
    if subject is FieldSubject.FIRM:
        return tuple(map(firm_line, await uow.firm_lists.rows(found.ids)))
    return tuple(
        replace(
            lead_line(lead, None if lead.owner_id == actor.person_id else owner),
            can=lead_deeds(actor, lead) & LIVE[LeadStatus(lead.status)],
            points=found.points.get(lead.id),
        )
        for lead, owner in await uow.lead_lists.rows(found.ids)
    )


async def is_scored(uow: UnitOfWork) -> bool:
    """Whether the company has rules by which leads are scored."""
    return bool(await scoring_rules(uow))
