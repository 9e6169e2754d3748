"""Makes leads: where they may go, whether their client is known already, the row itself."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import Contact, Deal, Lead, Person, Workspace
from db.uow import UnitOfWork
from services import history, lead_notices
from services.access import Action, Actor, Reach, granted, require, require_in_department
from services.distribution.clock import spread
from services.distribution.presence import Shift, said_by
from services.dto.common import Ref
from services.dto.lead_intake import KnownPhone, LeadInput, Sign
from services.dto.leads import LeadStatus
from services.errors import AppError, NotFoundError
from services.lead_fields import lead_haystack, settle
from services.places import department_of
from services.response import clock as response_clock
from services.rows import contact_standing, lead_standing


class PhoneKnownError(AppError):
    """The phone or the address belongs to a client or an open lead already."""

    def __init__(self) -> None:
        super().__init__("lead.phone_known")


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The older record of a client by one sign, and what a new touch of theirs is noted with."""

    record: Lead | Contact
    owner: str | None
    place: Lead | Deal | None
    sign: Sign = Sign.PHONE


async def company(uow: UnitOfWork) -> Workspace:
    """The company's settings. Raises `workspace.not_found` before the first start."""
    workspace = await uow.people.workspace()
    if workspace is None:
        raise NotFoundError("workspace")
    return workspace


async def departments_for(uow: UnitOfWork, actor: Actor) -> tuple[Ref, ...]:
    """The departments that the actor may bring a lead to: their own, else those that their rights reach."""
    require(actor, Action.LEAD_CREATE)
    everywhere = Reach.ALL in actor.reach(Action.LEAD_CREATE) and not actor.departments
    return tuple(
        Ref(row.id, row.name)
        for row in await uow.people.departments()
        if everywhere or row.id in actor.departments
    )


async def make_lead(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    given: LeadInput,
    *,
    client: Contact | None = None,
    also: history.Changes | None = None,
    tags: Sequence[int] = (),
) -> Lead:
    """Save a request as a lead: the actor's own, or free and announced to its department.

    With a known `client` it is their manager's at once, who is told, as long as that manager works here.
    `also` goes into the history beside it; it has these tags from the start.

    Raises `lead.department_missing`, `department.not_found`, `not_allowed`, `lead.unreachable`,
    `lead.bad_amount`, and PhoneKnownError unless `given.again`.
    """
    workspace = await company(uow)
    given = settle(given, workspace.region)
    department_id = await _department(uow, actor, given)
    if not given.reachable:
        raise AppError("lead.unreachable")
    if not given.again and await acquaintance(uow, given):
        raise PhoneKnownError
    manager = await _manager(uow, client, now) if client is not None else None
    lead = _row(actor, now, given, department_id, workspace.currency)
    if client is not None:
        lead.contact_id = client.id
    if manager is not None:
        lead.owner_id, lead.status, lead.taken_at = manager.id, LeadStatus.IN_WORK, now
    lead.tags = [*tags]
    uow.leads.add(lead)
    await uow.leads.flush()
    if tags:
        await uow.tags.replace("lead", lead.id, tags)
    event = await history.record(
        uow,
        actor,
        now,
        Action.LEAD_CREATE,
        "lead",
        lead.id,
        {"status": (None, lead.status), "source": (None, lead.source), "owner_id": (None, lead.owner_id)}
        | (also or {}),
    )
    await response_clock.start(uow, lead, now)
    if lead.owner_id is None:
        await spread(uow, actor, now, lead, event)
    else:
        await lead_notices.tell_owner(uow, actor, now, lead, event)
    return lead


async def acquaintance(uow: UnitOfWork, given: LeadInput) -> Acquaintance | None:
    """The open lead with a settled request's phone, else the contact with that, its address or username.

    The only record for which no right is asked; what of it may be told is decided by `introduce`.
    """
    if given.phone and (found := await uow.leads.open_with_phone(given.phone)):
        return Acquaintance(*found, place=found[0])
    async for sign, contact in _signs(uow, given):
        deal = await uow.clients.open_deal(contact[0].id)
        place = deal[0] if deal else await uow.leads.last_of_contact(contact[0].id)
        return Acquaintance(*contact, place=place, sign=sign)
    return None


async def _signs(uow: UnitOfWork, given: LeadInput) -> AsyncIterator[tuple[Sign, tuple[Contact, str | None]]]:
    """Contacts known by one sign after the other, with their owners' names."""
    for sign, value in ((Sign.PHONE, given.phone), (Sign.EMAIL, given.email)):
        if value and (contact := await uow.clients.by_points([value])):
            yield sign, contact
    if given.username and (contact := await uow.clients.by_username(given.username)):
        yield Sign.USERNAME, contact


def introduce(actor: Actor, known: Acquaintance) -> KnownPhone:
    """What the actor may be told: the owner's name always, the record itself only if they may see it."""
    record = known.record
    if isinstance(record, Lead):
        subject, seen = "lead", granted(actor, Action.LEAD_VIEW, lead_standing(record))
    else:
        subject, seen = "contact", granted(actor, Action.CLIENT_VIEW, contact_standing(record))
    name = (record.name or (record.title if isinstance(record, Lead) else "")) if seen else None
    touchable = known.place is not None
    return KnownPhone(subject, record.id if seen else None, name, known.owner, touchable, known.sign)


async def _department(uow: UnitOfWork, actor: Actor, given: LeadInput) -> int:
    department_id = given.department_id
    if department_id is None:
        choice = await departments_for(uow, actor)
        if len(choice) != 1:
            raise AppError("lead.department_missing")
        department_id = choice[0].id
    require_in_department(actor, Action.LEAD_CREATE, department_id)
    if given.mine:
        require_in_department(actor, Action.LEAD_TAKE, department_id)
    return (await department_of(uow, department_id)).id


async def _manager(uow: UnitOfWork, client: Contact, now: datetime) -> Person | None:
    """Who keeps the relation with a client, unless they have left; while they are off, their substitute."""
    manager = await uow.people.get(client.owner_id) if client.owner_id else None
    if manager is None or manager.status != "active":
        return None
    if manager.substitute_id and said_by(manager).at(now).shift is Shift.OFF:
        substitute = await uow.people.get(manager.substitute_id)
        if substitute is not None and substitute.status == "active":
            return substitute
    return manager


def _row(actor: Actor, now: datetime, given: LeadInput, department_id: int, currency: str) -> Lead:
    title = given.title or given.name or given.phone or given.email or given.username or ""
    return Lead(
        title=title,
        name=given.name,
        search=lead_haystack(title, given.name, given.email, given.username),
        phone=given.phone,
        email=given.email,
        username=given.username,
        amount=given.amount,
        currency=given.currency or currency,
        source=given.source,
        comment=given.comment,
        status=LeadStatus.IN_WORK if given.mine else LeadStatus.NEW,
        department_id=department_id,
        pipeline_id=given.pipeline_id,
        owner_id=actor.person_id if given.mine else None,
        created_by=actor.person_id or None,
        created_at=now,
        taken_at=now if given.mine else None,
    )
