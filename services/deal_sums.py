"""Another sum of a deal for which money has come or is awaited: asked about, and told to whom it concerns."""

from datetime import datetime

from db.models import Deal
from db.uow import UnitOfWork
from services import notices
from services.access import Actor, Role, StageKind
from services.deal_closing import money_people
from services.dto.common import Sum
from services.errors import AppError
from services.notices import NoticeKind


class BelowPaidError(AppError):
    """Less than has come already: to be set only by whoever is sure."""

    def __init__(self, amount: Sum, paid: Sum) -> None:
        super().__init__("deal.below_paid")
        self.amount, self.paid = amount, paid


async def came_of(uow: UnitOfWork, deal: Deal) -> int:
    """How much has come for a deal, without what was taken back."""
    rows = await uow.deals.payments(deal.id)
    return sum(row.amount for row, _ in rows if row.taken_back_at is None)


async def require_paid(uow: UnitOfWork, deal: Deal, amount: int) -> None:
    """Raise BelowPaidError for a sum below what has come."""
    came = await came_of(uow, deal)
    if amount < came:
        raise BelowPaidError(Sum(amount, deal.currency), Sum(came, deal.currency))


async def tell_sum(
    uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, kind: str, before: int | None, event: int
) -> None:
    """Tell those who hear of awaited payments that the sum which they wait for is another one.

    Not where finance or a head of the deal has changed it: they know what they wait for.
    """
    knows = actor.role is Role.FINANCE or deal.department_id in actor.headed
    if kind != StageKind.PAYMENT or knows:
        return
    for people, silent in await money_people(uow, deal):
        await notices.send(
            uow,
            now,
            [notices.private(person) for person in people if person.id != actor.person_id],
            NoticeKind.SUM_CHANGED,
            f"sum:{deal.id}:{event}",
            {
                "id": deal.id,
                "by": actor.name,
                "before": before,
                "amount": deal.amount,
                "currency": deal.currency,
            },
            silent=silent,
        )
