"""Closing a deal as won: asked about after a part payment, and told to whom it concerns."""

from datetime import datetime
from enum import StrEnum

from db.models import Deal, Payment, Person
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor, Role, StageKind, Standing, granted
from services.dto.common import Sum
from services.errors import AppError, ForbiddenError
from services.notices import NoticeKind
from services.payment_methods import Method


class Closing(StrEnum):
    """How a deal is closed of which not everything is paid."""

    AS_IS = "as_is"
    PAID_UP = "paid_up"
    """The rest has come, too: whoever may record payments records it by this."""


class UnpaidError(AppError):
    """Only a part of the deal's sum is paid, or it has none: to be closed only by whoever is sure."""

    def __init__(self, stage_id: int, paid: Sum, amount: Sum | None, *, records: bool) -> None:
        super().__init__("deal.unpaid")
        self.stage_id, self.paid, self.amount = stage_id, paid, amount
        self.records = records
        """Whether whoever asks may record the rest."""


async def settle(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deal: Deal,
    stage_id: int,
    amount: int | None,
    closing: Closing | None,
) -> history.Changes:
    """What closing does to the payments of a deal of this sum.

    Nothing is asked where no payment was ever recorded: not every company does. Raises UnpaidError while
    nobody has said how to close one that is paid in part, or has no sum though its stage asks for none, and
    `not_allowed` if whoever says that the rest has come may not record it.
    """
    rows = await uow.deals.payments(deal.id)
    paid = sum(row.amount for row, _ in rows if row.taken_back_at is None)
    if amount is None and closing is None:
        raise UnpaidError(stage_id, Sum(paid, deal.currency), None, records=False)
    untold = not paid and closing is None
    if amount is None or paid >= amount or untold or closing is Closing.AS_IS:
        return {}
    won = Standing(frozenset({deal.owner_id, *deal.crew}), deal.department_id, StageKind.WON)
    records = granted(actor, Action.PAYMENT_RECORD, won)
    if closing is None:
        raise UnpaidError(stage_id, Sum(paid, deal.currency), Sum(amount, deal.currency), records=records)
    if not records:
        raise ForbiddenError
    rest = Payment(
        deal_id=deal.id,
        amount=amount - paid,
        currency=deal.currency,
        paid_on=now.astimezone(actor.zone).date(),
        method=Method.BANK,
        recorded_by=actor.person_id,
        created_at=now,
    )
    uow.deals.add(rest)
    await uow.deals.flush()
    return {"paid": (None, rest.amount), "method": (None, rest.method)}


async def congratulate(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, event: int) -> None:
    """Tell the manager that the deal is paid; finance and heads see it in their lists."""
    owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
    if owner is not None and owner.id != actor.person_id:
        key = f"won:{deal.id}:{event}"
        await notices.send(uow, now, [notices.private(owner)], NoticeKind.DEAL_WON, key, {"id": deal.id})


async def await_payment(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, event: int) -> None:
    """Tell those who look after the money that a deal awaits its payment, and, silently, the heads."""
    for people, silent in await money_people(uow, deal):
        await notices.send(
            uow,
            now,
            [notices.private(person) for person in people if person.id != actor.person_id],
            NoticeKind.PAYMENT_AWAITED,
            f"awaits:{deal.id}:{event}",
            {"id": deal.id},
            silent=silent,
            coalesce=f"awaits:{deal.id}",
        )


async def money_people(uow: UnitOfWork, deal: Deal) -> tuple[tuple[list[Person], bool], ...]:
    """Those who look after the money of a deal, and the heads, to be told silently.

    Where nobody is finance the owners of the company look after it. A head's phone rings when the money is
    there: then the deal waits for them.
    """
    money = await uow.people.with_role(Role.FINANCE) or await uow.people.with_role(Role.OWNER)
    waited_for = {person.id for person in money}
    heads = [one for one in await uow.people.heads(deal.department_id) if one.id not in waited_for]
    return (money, False), (heads, True)
