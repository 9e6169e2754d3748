"""Clients: the card of a contact, with what is going on with them."""

from db.models.clients import EMAIL, PHONE
from db.uow import Database
from services.access import Action, Actor, scope
from services.deal_cards import stage_ref
from services.dto.clients import ContactCard
from services.dto.common import Ref, Sum
from services.dto.deals import DealLine
from services.errors import NotFoundError
from services.lead_cards import lead_line
from services.rows import access_contact

LINES = 8


class Clients:
    """The service of contacts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def card(self, actor: Actor, contact_id: int) -> ContactCard:
        """The card of a contact, with the newest of its leads and deals that the actor may see.

        Raises `contact.not_found`.
        """
        async with self._db.read() as uow:
            contact = await access_contact(uow, actor, contact_id)
            facts = await uow.clients.facts("contact", contact_id)
            if facts is None:
                raise NotFoundError("contact")
            points = await uow.clients.points("contact", contact_id)
            phones = [point.value for point in points if point.kind == PHONE]
            leads = await uow.leads.of_contact(scope(actor, Action.LEAD_VIEW), contact_id, phones, LINES)
            deals = await uow.clients.deals(scope(actor, Action.DEAL_VIEW), "contact", contact_id, LINES)
        return ContactCard(
            id=contact.id,
            name=contact.name,
            phone=contact.phone,
            email=next((point.value for point in points if point.kind == EMAIL), None),
            username=contact.username,
            company=facts.company,
            owner=Ref(contact.owner_id, facts.owner) if contact.owner_id and facts.owner else None,
            created_at=contact.created_at,
            leads=tuple(lead_line(lead, owner) for lead, owner in leads),
            deals=tuple(
                DealLine(
                    id=deal.id,
                    title=deal.title,
                    stage=stage_ref(stage),
                    amount=Sum(deal.amount, deal.currency) if deal.amount is not None else None,
                    client=contact.name,
                    owner=None,
                )
                for deal, stage in deals
            ),
        )
