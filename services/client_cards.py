"""Builds the cards of contacts and companies for one reader."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from db.models import Company, Contact, ContactPoint, Deal, Stage
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.bin.rights import commands, is_offered, place_of
from services.client_rows import client_deeds
from services.deal_cards import stage_ref
from services.dto.clients import (
    ClientCard,
    ClientKind,
    ClientLine,
    ClientType,
    ContactCard,
    FirmCard,
    Point,
    PointKind,
    PointLabel,
)
from services.dto.common import Ref, Sum
from services.dto.deals import DealLine
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.fields.lines import field_lines
from services.lead_cards import lead_line
from services.privacy.lines import line_of
from services.understanding.birthdays import Birthday

LINES = 5
"""How many deals, leads and people a card shows."""


async def build_client_card(
    uow: UnitOfWork, actor: Actor, kind: ClientKind, client_id: int, now: datetime
) -> ClientCard:
    """The card of a client that the actor has been found to see. Raises `contact.not_found` and the like."""
    facts = await uow.clients.facts(kind, client_id)
    if facts is None:
        raise NotFoundError(kind)
    client = facts.client
    points = to_points(await uow.clients.points(kind, client_id))
    deals = await uow.clients.deals(scope(actor, Action.DEAL_VIEW), kind, client_id, LINES)
    can = await client_deeds(uow, actor, client)
    if actor.may(Action.CLIENT_CREATE):
        can |= {Action.CLIENT_CREATE}
    if not is_offered(actor, Action.CLIENT_DELETE, client, now):
        can -= {Action.CLIENT_DELETE}
    workspace = await uow.people.workspace()
    shared: dict[str, Any] = {
        "id": client.id,
        "version": client.version,
        "kind": kind,
        "name": client.name,
        "points": points,
        "client_type": ClientType(client.client_type) if client.client_type else None,
        "source": client.source,
        "note": client.note,
        "owner": Ref(client.owner_id, facts.owner) if client.owner_id and facts.owner else None,
        "department": facts.department,
        "created_at": client.created_at,
        "deals": tuple(_deal_line(deal, stage, client.name) for deal, stage in deals),
        "can": can,
        "fields": await field_lines(uow, FieldSubject(kind), client_id),
        "tags": tuple((await uow.tags.names(client.tags)).values()),
        "files": facts.files,
        "protect": workspace is not None and workspace.protects_clients,
    }
    if isinstance(client, Contact):
        card: ClientCard = await _contact(uow, actor, client, facts.company, shared)
    else:
        card = await _firm(uow, actor, client, shared)
    hangs = card.deals or (isinstance(card, ContactCard) and card.leads)
    if hangs and not commands(actor, Action.CLIENT_DELETE, place_of(client)):
        return replace(card, can=can - {Action.CLIENT_DELETE})
    return card


def to_points(rows: Iterable[ContactPoint]) -> tuple[Point, ...]:
    """Phones first, then addresses, each in the order in which they came."""
    points = [
        Point(row.id, PointKind(row.kind), row.value, PointLabel(row.label) if row.label else None)
        for row in rows
    ]
    return tuple(sorted(points, key=lambda point: (point.kind is not PointKind.PHONE, point.id)))


def contact_line(contact: Contact, firm: str | None) -> ClientLine:
    """A contact in one line."""
    return ClientLine(contact.id, contact.name, firm or contact.phone)


def firm_line(firm: Company) -> ClientLine:
    """A company in one line."""
    return ClientLine(firm.id, firm.name, firm.inn)


async def _contact(
    uow: UnitOfWork, actor: Actor, contact: Contact, firm: str | None, shared: dict[str, Any]
) -> ContactCard:
    phones = [point.value for point in shared["points"] if point.kind is PointKind.PHONE]
    consent = await uow.consents.current(contact.id)
    leads = await uow.leads.of_contact(scope(actor, Action.LEAD_VIEW), contact.id, phones, LINES)
    return ContactCard(
        **shared,
        username=contact.username,
        telegram_id=contact.telegram_id,
        position=contact.position,
        birthday=_birthday(contact),
        company=Ref(contact.company_id, firm) if contact.company_id and firm else None,
        consent=line_of(consent) if consent else None,
        leads=tuple(lead_line(lead, owner) for lead, owner in leads),
    )


async def _firm(uow: UnitOfWork, actor: Actor, firm: Company, shared: dict[str, Any]) -> FirmCard:
    people = await uow.clients.contacts(scope(actor, Action.CLIENT_VIEW), None, LINES + 1, firm.id)
    return FirmCard(
        **shared,
        inn=firm.inn,
        kpp=firm.kpp,
        address=firm.address,
        industry=firm.industry,
        people=tuple(Ref(person.id, person.name) for person, _ in people[:LINES]),
        more_people=len(people) > LINES,
    )


def _birthday(contact: Contact) -> Birthday | None:
    if contact.birthday is None:
        return None
    month, day = contact.birthday.split("-")
    return Birthday(int(month), int(day), contact.birth_year)


def _deal_line(deal: Deal, stage: Stage, client: str) -> DealLine:
    amount = Sum(deal.amount, deal.currency) if deal.amount is not None else None
    return DealLine(deal.id, deal.title, stage_ref(stage), amount, client, None, deal.archived_at is not None)
