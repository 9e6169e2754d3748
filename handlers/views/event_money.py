"""How the sum of a deal and the money that came for it read in its history."""

from keyboards.tongue import Tongue
from services.dto.common import EventLine, Sum
from services.dto.deals import DealCard


def money_deed(event: EventLine, currency: str, t: Tongue) -> str | None:
    """A payment, one that was taken back, or another sum; None of anything else."""
    if "paid" in event.changes:
        old, new = (_money(value, currency, t) for value in event.changes["paid"])
        taken_back = event.changes["paid"][1] is None
        return (
            t("took back a payment of {amount}", amount=old)
            if taken_back
            else t("payment {amount}", amount=new)
        )
    if "amount" in event.changes:
        return _sum(event, currency, t)
    return None


def paid_up(event: EventLine, currency: str, t: Tongue) -> str:
    """What was recorded with a move."""
    return money_deed(event, currency, t) or "" if {"stage", "paid"} <= event.changes.keys() else ""


def priced(event: EventLine, currency: str, t: Tongue) -> str:
    """The sum that was given with a move, or went with one that was taken back."""
    return _sum(event, currency, t) if {"stage", "amount"} <= event.changes.keys() else ""


def sum_back(deal: DealCard, t: Tongue) -> str | None:
    """What a move that was just taken back has done to the sum, if anything."""
    last = deal.talk.events[0] if deal.talk is not None and deal.talk.events else None
    if last is None or not {"undone", "amount"} <= last.changes.keys():
        return None
    if deal.amount is None:
        return t("The move is taken back, and with it the sum that was given: the deal has none.")
    return t("The move is taken back, and the sum is {amount} again.", amount=t.money(deal.amount))


def _sum(event: EventLine, currency: str, t: Tongue) -> str:
    old, new = (_money(value, currency, t) for value in event.changes["amount"])
    if event.changes["amount"][0] is None:
        return t("sum {amount}", amount=new)
    return t("sum {old} → {new}", old=old, new=new)


def _money(value: object, currency: str, t: Tongue) -> str:
    return t.money(Sum(value, currency)) if isinstance(value, int) else t("none")
