"""From a lead to a deal: the contact, the company and the deal itself."""

from datetime import datetime

from db.models import Company, Contact, Deal, Lead
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor
from services.errors import NotFoundError
from services.haystack import haystack
from services.understanding.fold import fold


async def make_deal(uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, company_name: str) -> Deal:
    """A deal in the first stage of the lead's pipeline, with the lead's title, sum, source, tags and client.

    A contact with the same phone or address is taken, the owner's own one before others; else it is made.
    Raises `pipeline.not_found`.
    """
    pipeline = await uow.pipelines.entered_by(lead)
    if pipeline is not None and not await uow.pipelines.stays(pipeline.id):
        pipeline = await uow.pipelines.default()  # it was put out of use this very moment
    stages = await uow.pipelines.stages(pipeline.id) if pipeline else []
    if pipeline is None or not stages:
        raise NotFoundError("pipeline")
    company = await _company(uow, actor, now, lead, company_name) if company_name else None
    contact = await _contact(uow, actor, now, lead, company)
    company_id = company.id if company else contact.company_id
    deal = Deal(
        title=lead.title,
        search=haystack(lead.title),
        pipeline_id=pipeline.id,
        stage_id=stages[0].id,
        stage_since=now,
        amount=lead.amount,
        currency=lead.currency,
        source=lead.source,
        owner_id=lead.owner_id,
        department_id=lead.department_id,
        contact_id=contact.id,
        company_id=company_id,
        lead_id=lead.id,
        created_by=actor.person_id,
        created_at=now,
        opened_on=now.astimezone(actor.zone).date(),
        touched_at=now,
        silent_from=now,
        callback_from=lead.callback_from,
        tags=[*lead.tags],
    )
    uow.deals.add(deal)
    await uow.deals.flush()
    if lead.tags:
        await uow.tags.replace("deal", deal.id, lead.tags)
    await uow.leads.move_tasks(lead.id, deal.id)
    return deal


async def _company(uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, name: str) -> Company:
    folded = fold(name)[:600]
    if found := await uow.clients.company_named(folded):
        return found
    company = Company(
        name=name,
        name_folded=folded,
        owner_id=lead.owner_id,
        department_id=lead.department_id,
        created_by=actor.person_id,
        created_at=now,
    )
    uow.clients.add(company)
    await uow.clients.flush()
    await _tell(uow, actor, now, lead, "firm", company.id)
    return company


async def _contact(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, company: Company | None
) -> Contact:
    found = await uow.clients.by_points([*filter(None, (lead.phone, lead.email))], lead.owner_id)
    if not found and lead.username:
        found = await uow.clients.by_username(lead.username, lead.owner_id)
    if found:
        contact = found[0]
        if contact.company_id is None and company is not None and contact.owner_id == lead.owner_id:
            contact.company_id = company.id
            await uow.clients.flush()
        return contact
    contact = Contact(
        name=lead.name or lead.title,
        search=haystack(lead.name or lead.title, lead.email, lead.username),
        phone=lead.phone,
        email=lead.email,
        username=lead.username,
        source=lead.source,
        company_id=company.id if company else None,
        owner_id=lead.owner_id,
        department_id=lead.department_id,
        created_by=actor.person_id,
        created_at=now,
    )
    uow.clients.add(contact)
    await uow.clients.flush()
    await _tell(uow, actor, now, lead, "contact", contact.id)
    return contact


async def _tell(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, subject: str, client_id: int
) -> None:
    """The history of a client that comes into being by it begins with that."""
    made: history.Changes = {"lead": (None, lead.id)}
    await history.consequences(uow, actor, now, Action.CLIENT_CREATE, subject, {client_id: made})
