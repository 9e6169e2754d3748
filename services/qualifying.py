"""From a lead to a deal: the contact, the company and the deal itself."""

from datetime import datetime

from db.models import Company, Contact, Deal, Lead, Pipeline, Stage
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor, passes
from services.deal_entry import DealFields, entry_values
from services.dto.common import Ref
from services.errors import AppError, NotFoundError
from services.fields.answers import reading_place
from services.fields.copying import copy_fields
from services.fields.entry import keep, read_answers, told_with
from services.haystack import haystack
from services.understanding.fold import fold


async def ways_in(uow: UnitOfWork, actor: Actor, lead: Lead) -> tuple[Ref, ...]:
    """The pipelines among which the actor chooses for the deal of a lead, the usual one first.

    None where only the usual one is open to them; raises as `way_in` where none is.
    """
    usual = await uow.pipelines.entered_by(lead)
    entrances = [row for row in await uow.stages.entrances() if passes(actor, (), row[1].enter)]
    ordered = sorted((row for row, _ in entrances), key=lambda one: usual is None or one.id != usual.id)
    found = [Ref(pipeline.id, pipeline.name) for pipeline in ordered]
    if not found:
        await way_in(uow, actor, lead, None)
    only = len(found) == 1 and usual is not None and found[0].id == usual.id
    return () if only else tuple(found)


async def way_in(uow: UnitOfWork, actor: Actor, lead: Lead, pipeline_id: int | None) -> Stage:
    """The stage that the deal of a lead enters: the first of the pipeline that is named, else of the lead's.

    Raises `pipeline.not_found`, `pipelines.not_found` for one that is out of use, and `stage.shut` if that
    stage does not let the actor bring deals in.
    """
    pipeline = await _pipeline(uow, lead, pipeline_id)
    stages = await uow.pipelines.stages(pipeline.id) if pipeline else []
    if not stages:
        raise NotFoundError("pipeline")
    if not passes(actor, (), stages[0].enter):
        raise AppError("stage.shut", stage=stages[0].name)
    return stages[0]


async def _pipeline(uow: UnitOfWork, lead: Lead, pipeline_id: int | None) -> Pipeline | None:
    if pipeline_id is None:
        usual = await uow.pipelines.entered_by(lead)
        if usual is None or await uow.pipelines.stays(usual.id):
            return usual
        return await uow.pipelines.default()  # it was put out of use this very moment
    if not await uow.pipelines.stays(pipeline_id):
        raise NotFoundError("pipelines")
    return await uow.pipelines.get(pipeline_id)


async def enter(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, deal: Deal, stage: Stage, given: DealFields
) -> history.Changes:
    """Bring what the lead says, and what was given on the way, into the deal; what the event tells of it.

    Raises MissingFieldsError for what the stage requires besides, and as `entry_values`.
    """
    copied = await copy_fields(uow, lead.id, deal)
    values = await entry_values(uow, actor, now, deal, stage, given)
    for name, value in values.items():
        setattr(deal, name, value)
    where = await reading_place(uow, actor, now) if given.fields else None
    filled = await read_answers(uow, deal.id, given.fields or {}, where) if where else []
    await keep(uow, deal.id, filled)
    told = told_with([*copied, *filled])
    return told | ({"amount": (lead.amount, deal.amount)} if "amount" in values else {})


async def make_deal(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, stage: Stage, company_name: str
) -> Deal:
    """A deal in this stage, with the lead's title, sum, source, tags and client.

    A contact with the same phone or address is taken, the owner's own one before others; else it is made.
    """
    company = await _company(uow, actor, now, lead, company_name) if company_name else None
    contact = await _contact(uow, actor, now, lead, company)
    company_id = company.id if company else contact.company_id
    deal = Deal(
        title=lead.title,
        search=haystack(lead.title),
        pipeline_id=stage.pipeline_id,
        stage_id=stage.id,
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
