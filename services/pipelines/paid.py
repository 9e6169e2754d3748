"""When money has come for a deal: the first, or all; or when it costs no more than what came before."""

from datetime import datetime

from db.models import Deal
from db.uow import UnitOfWork
from services.access import NOBODY, Actor
from services.deal_sums import came_of
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened


async def due_of(uow: UnitOfWork, deal: Deal) -> int | None:
    """How much has not come yet; nobody knows for a deal without a sum."""
    return None if deal.amount is None else max(deal.amount - await came_of(uow, deal), 0)


async def money_came(uow: UnitOfWork, now: datetime, deal: Deal, actor: Actor = NOBODY) -> bool:
    """Follow the rule of its stage after a payment: if nothing is due any more, else if it was the first."""
    if await due_of(uow, deal) == 0 and await happened(uow, now, deal.id, Happening.PAID, actor):
        return True
    standing = [row for row, _ in await uow.deals.payments(deal.id) if row.taken_back_at is None]
    return len(standing) == 1 and await happened(uow, now, deal.id, Happening.FIRST_PAID, actor)


async def sum_changed(
    uow: UnitOfWork, now: datetime, deal: Deal, before: int | None, actor: Actor = NOBODY
) -> bool:
    """Follow it after another sum than before, if that has made a deal paid that was not.

    Not where no money came: a sum of nothing is no payment.
    """
    came = await came_of(uow, deal)
    if not came or deal.amount is None or deal.amount > came:
        return False
    if before is not None and before <= came:
        return False
    return await happened(uow, now, deal.id, Happening.PAID, actor)
