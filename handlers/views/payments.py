"""How payments look: the question for one, what is too much, and those that are taken back."""

from datetime import date

from handlers.screen import Screen
from keyboards import deals as deal_keys
from keyboards import payments as keys
from keyboards.common import titled
from keyboards.payments import method_name
from keyboards.tongue import Html, Tongue, join
from services.access import StageKind
from services.deal_closing import UnpaidError
from services.deal_sums import BelowPaidError
from services.dto.common import Sum
from services.dto.deals import DealCard, PaymentLine
from services.payment_methods import Method


def ask(deal: DealCard, method: Method, day: date | None, today: date, t: Tongue) -> Screen:
    """How much came? `day`: when, if not today."""
    on = day or today
    lines = [
        t.html("💳 <b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id),
        _due(deal, t),
        t.html("📅 {day} · {method}", day=t.day(on), method=method_name(method, t)),
        t.html("\nHow much came? Type the sum: <code>50000</code> or <code>50k</code>."),
    ]
    ago = (today - on).days
    return Screen(join(lines), keys.payment_form(deal, method, ago if ago in (0, 1) else None, t))


def ask_day(deal_id: int, method: Method, t: Tongue) -> Screen:
    """When did it come?"""
    asked = t.html("📅 When did it come? For example <code>12.11</code> or <code>yesterday</code>.")
    return Screen(asked, keys.payment_day_form(deal_id, method, t))


def overpaid(deal: DealCard, method: Method, amount: Sum, due: Sum, t: Tongue) -> Screen:
    """More came than is due: is that so?"""
    over = Sum(amount.minor - due.minor, due.currency)
    told = t.html("You say that <b>{amount}</b> came, but all is paid already.", amount=t.money(amount))
    if due.minor:
        told = t.html(
            "You say that <b>{amount}</b> came, and {due} is due.", amount=t.money(amount), due=t.money(due)
        )
    lines = [
        t.html("🤔 <b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id),
        told,
        t.html("That is {over} too much. Record it all the same?", over=t.money(over)),
    ]
    return Screen(join(lines), keys.overpaid(deal.id, method, t))


def below_paid(deal: DealCard, low: BelowPaidError, t: Tongue) -> Screen:
    """The deal is to cost less than has come: is that so?"""
    told = t.html(
        "<b>{paid}</b> has come already, and the sum would be {amount}.",
        paid=t.money(low.paid),
        amount=t.money(low.amount),
    )
    lines = [
        t.html("🤔 <b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id),
        told,
        t.html("Set it all the same?"),
    ]
    return Screen(join(lines), keys.below_paid(deal.id, t))


def another_sum(deal: DealCard, by: str, before: Sum | None, amount: Sum | None, t: Tongue) -> Screen:
    """Told to finance and the heads when somebody else has changed how much is awaited."""
    old, new = (t.money(one) if one is not None else t("no sum") for one in (before, amount))
    told = t.html(
        "✏️ {by} changed the sum of <b>{title}</b>: {old} → {new}",
        by=by,
        title=titled(deal.title, t),
        old=old,
        new=new,
    )
    return Screen(join([told, *paid(deal, t)]), keys.awaited(deal, t))


def listed(deal: DealCard, t: Tongue) -> Screen:
    """Which of them was a mistake?"""
    lines = [
        t.html("💳 <b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id),
        t.html("Which payment was a mistake?") if deal.payments else t.html("No payments here."),
    ]
    labels = [(line, in_words(line, t)) for line in deal.payments]
    return Screen(join(lines), keys.payments(deal.id, labels, t))


def sure(deal: DealCard, line: PaymentLine, t: Tongue) -> Screen:
    """Shall it be taken back?"""
    lines = [
        t.html("Take back this payment for <b>{title}</b>?", title=titled(deal.title, t)),
        t.html("💳 {payment}", payment=in_words(line, t)),
    ]
    if deal.stage.kind == StageKind.WON:
        lines.append(t.html("The deal stays in «{stage}»; a head may move it.", stage=deal.stage.name))
    return Screen(join(lines), keys.sure_to_take_back(deal.id, line.id, t))


def awaited(deal: DealCard, t: Tongue) -> Screen | None:
    """Told to finance and the heads when a deal comes to its payment; nothing if it has left there again."""
    if deal.stage.kind != StageKind.PAYMENT:
        return None
    amount = t.money(deal.amount) if deal.amount is not None else t("no sum yet")
    told = t.html("💳 Awaiting payment: <b>{title}</b>, {amount}", title=titled(deal.title, t), amount=amount)
    return Screen(told, keys.awaited(deal, t))


def unpaid(deal: DealCard, lack: UnpaidError, t: Tongue) -> Screen:
    """Closed, though not all of it is paid, or nobody knows how much it is?"""
    asked = t.html("No sum is set, so reports will count nothing for it. Close it all the same?")
    if lack.amount is not None:
        asked = t.html(
            "Paid {paid} of {amount}. Close it all the same?",
            paid=t.money(lack.paid),
            amount=t.money(lack.amount),
        )
    lines = [t.html("🤔 <b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id), asked]
    return Screen(join(lines), keys.unpaid(deal, lack, t), subject=("deal", deal.id))


def came(deal: DealCard, amount: Sum, t: Tongue) -> Screen:
    """Told to the manager and the heads; a head sets it paid right here."""
    lines = [
        t.html("💳 {amount} came for <b>{title}</b>", amount=t.money(amount), title=titled(deal.title, t)),
        *paid(deal, t),
    ]
    ready = deal.next if deal.next is not None and deal.next.kind == StageKind.WON else None
    return Screen(join(lines), deal_keys.deal_opener(deal.id, t, ready, deal.version))


def gone(deal: DealCard, amount: Sum, t: Tongue) -> Screen:
    """Told to the same people when it was a mistake."""
    told = t.html(
        "↩️ A payment of {amount} for <b>{title}</b> was taken back",
        amount=t.money(amount),
        title=titled(deal.title, t),
    )
    return Screen(join([told, *paid(deal, t)]), deal_keys.deal_opener(deal.id, t))


def on_card(deal: DealCard, t: Tongue) -> list[Html]:
    """What a deal's card says of its payments."""
    won = deal.stage.kind == StageKind.WON and deal.amount is not None and not deal.imported
    if not (deal.payments or deal.corrected or won or deal.stage.kind == StageKind.PAYMENT):
        return []
    return [*paid(deal, t), *(t.html("   • {payment}", payment=_by(line, t)) for line in deal.payments)]


def paid(deal: DealCard, t: Tongue) -> list[Html]:
    """How much of the sum has come, and whether a won deal lacks some of it again."""
    if deal.amount is None:
        return [t.html("💳 Paid {paid}", paid=t.money(deal.paid))]
    lines = [t.html("💳 Paid {paid} of {amount}", paid=t.money(deal.paid), amount=t.money(deal.amount))]
    if deal.stage.kind == StageKind.WON and deal.corrected and deal.due is not None and deal.due.minor:
        told = t.html(
            "⚠️ A payment was taken back: {due} is due again, though the deal stands in «{stage}».",
            due=t.money(deal.due),
            stage=deal.stage.name,
        )
        lines.append(told)
    over = deal.paid.minor - deal.amount.minor
    if deal.stage.kind == StageKind.PAYMENT and over > 0:
        over_words = t.money(Sum(over, deal.currency))
        lines.append(t.html("⚠️ {over} more has come than its sum.", over=over_words))
    return lines


def in_words(line: PaymentLine, t: Tongue) -> str:
    """Sum, day and way."""
    return f"{t.money(line.amount)}, {t.day(line.paid_on)}, {method_name(line.method, t)}"


def _by(line: PaymentLine, t: Tongue) -> str:
    return f"{in_words(line, t)} · {line.recorded_by}" if line.recorded_by else in_words(line, t)


def _due(deal: DealCard, t: Tongue) -> Html:
    if deal.amount is None or deal.due is None:
        return t.html("The deal has no sum yet; {paid} came so far.", paid=t.money(deal.paid))
    if deal.is_paid:
        return t.html("All {amount} is paid already.", amount=t.money(deal.amount))
    return t.html("Still due: <b>{due}</b> of {amount}", due=t.money(deal.due), amount=t.money(deal.amount))
