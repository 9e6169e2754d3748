"""Deals that a client has in work already: named before another one is made."""

from db.models import Lead
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.deal_cards import stage_ref
from services.dto.common import Sum
from services.dto.deals import DealLine
from services.errors import AppError
from services.understanding.fold import fold

MOST = 3
"""More are not named: whoever sees these knows enough."""


class TwinsError(AppError):
    """The client or the company has deals in work; `deals` are those that the actor may see."""

    def __init__(self, deals: tuple[DealLine, ...]) -> None:
        super().__init__("deal.twins")
        self.deals = deals


async def require_no_twins(uow: UnitOfWork, actor: Actor, lead: Lead, company_name: str) -> None:
    """Raise TwinsError if the client of a lead, or the company that is named, has deals in work."""
    rows = await uow.twins.open_deals(
        scope(actor, Action.DEAL_VIEW),
        [*filter(None, (lead.phone, lead.email))],
        lead.username,
        fold(company_name)[:600],
        MOST,
    )
    if rows:
        raise TwinsError(
            tuple(
                DealLine(
                    id=deal.id,
                    title=deal.title,
                    stage=stage_ref(stage),
                    amount=Sum(deal.amount, deal.currency) if deal.amount is not None else None,
                    client=client,
                    owner=None if deal.owner_id == actor.person_id else owner,
                )
                for deal, stage, client, owner in rows
            )
        )
