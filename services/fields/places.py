"""From an outside id to the subject whose fields are seen or filled: it asks for the subject's own right."""

from dataclasses import dataclass
from datetime import datetime

from db.models import Company, Contact, Deal, Lead
from db.uow import UnitOfWork
from services import deal_changes, history, lead_changes, notices
from services.access import Action, Actor
from services.client_rows import access_client, client_deeds
from services.deal_cards import actions_on
from services.dto.clients import ClientKind
from services.dto.fields import FieldSubject
from services.dto.leads import LeadStatus
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.lead_cards import LIVE
from services.rows import access_deal, lead_deeds

EDIT = {
    FieldSubject.LEAD: Action.LEAD_EDIT,
    FieldSubject.CONTACT: Action.CLIENT_EDIT,
    FieldSubject.FIRM: Action.CLIENT_EDIT,
    FieldSubject.DEAL: Action.DEAL_EDIT,
}
"""What right it takes to fill fields: that of changing the subject itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A subject whose fields are seen or filled."""

    subject: FieldSubject
    row: Deal | Lead | Contact | Company
    edits: bool
    talks: bool
    """Whether the reader sees more than what settling a deal takes."""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.row.title if isinstance(self.row, Deal | Lead) else self.row.name


async def find_place(uow: UnitOfWork, actor: Actor, subject: FieldSubject, subject_id: int) -> Place:
    """A subject that the actor may see. Raises `deal.not_found`, `lead.not_found` and the like."""
    if subject is FieldSubject.DEAL:
        deal, stage = await access_deal(uow, actor, subject_id, Action.DEAL_VIEW)
        can = actions_on(actor, deal, stage)
        return Place(subject, deal, Action.DEAL_EDIT in can, Action.DEAL_TALK_VIEW in can)
    if subject is FieldSubject.LEAD:
        lead = await uow.leads.get(subject_id)
        can = lead_deeds(actor, lead) if lead is not None else frozenset()
        if lead is None or not can & {Action.LEAD_VIEW, Action.LEAD_EDIT}:
            raise NotFoundError("lead")
        edits = Action.LEAD_EDIT in can & LIVE[LeadStatus(lead.status)]
        return Place(subject, lead, edits, talks=True)
    client = await access_client(uow, actor, ClientKind(subject), subject_id, Action.CLIENT_VIEW)
    can = await client_deeds(uow, actor, client)
    return Place(subject, client, Action.CLIENT_EDIT in can, talks=True)


async def fill_place(
    uow: UnitOfWork, actor: Actor, subject: FieldSubject, subject_id: int, version: int | None
) -> Place:
    """The same for a change, unless it was changed since that version.

    Raises besides `not_allowed`, `deal.closed`, `stale`.
    """
    place = await find_place(uow, actor, subject, subject_id)
    if not place.edits:
        if isinstance(place.row, Deal) and place.row.closed_on is not None and place.talks:
            raise AppError("deal.closed")
        raise ForbiddenError
    if version not in (None, place.row.version):
        raise StaleError
    return place


async def change_place(
    uow: UnitOfWork, actor: Actor, now: datetime, place: Place, changes: history.Changes
) -> int:
    """Raise its version, tell of the changes once, and bring its cards up to date. Raises `stale`."""
    row, action = place.row, EDIT[place.subject]
    if isinstance(row, Lead):
        changed = await uow.leads.change(row.id, row.version)
        if changed is None:
            raise StaleError
        return await lead_changes.tell(uow, actor, now, action, changed, changes)
    if isinstance(row, Deal):
        return await deal_changes.write(uow, actor, now, action, row, changes)
    if not await uow.clients.change(row):
        raise StaleError
    event = await history.record(uow, actor, now, action, place.subject, row.id, changes)
    await notices.refresh_cards(uow, now, place.subject, row.id, event, but=actor.telegram_id)
    return event
