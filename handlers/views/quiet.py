"""How quiet hours look, and what gathered in them."""

from handlers.screen import Screen
from handlers.views.hours import clock_words, days_words
from keyboards import quiet as keys
from keyboards.common import cut, titled
from keyboards.tongue import Html, Tongue, join
from services.dto.quiet import QuietCard, WaitingThing
from services.notices import NoticeKind
from services.quiet_hours import WEEK, Quiet

LINE = 60


def quiet(card: QuietCard, t: Tongue) -> Screen:
    """One's own."""
    lines = [
        t.html("🌙 <b>Quiet hours</b>: {when}", when=_when(card.quiet, t)),
        t.html("Messages wait until they end and come together. Team chats are not affected."),
    ]
    if card.until is not None:
        lines.append(t.html("🤫 Quiet until {moment}.", moment=t.when(card.until)))
    if card.waiting:
        lines.append(Html(t.many("📬 {n} message waits", "📬 {n} messages wait", card.waiting)))
    return Screen(join(lines), keys.quiet(card, t), subject=("quiet", card.person_id))


def ask(t: Tongue) -> Screen:
    """From when until when?"""
    text = t.html("From when until when? For example <i>23-7:30</i> or <i>Mon-Fri 20-9</i>.")
    return Screen(text, keys.ask(t))


def waiting(things: list[WaitingThing], t: Tongue) -> Screen:
    """All that happened, thing by thing."""
    lines = [
        t.html(
            "{sign} <b>{title}</b>: {news}",
            sign=one.sign,
            title=cut(titled(one.title, t), LINE),
            news=", ".join(_news(kind, count, t) for kind, count in one.news),
        )
        for one in things
    ]
    return Screen(join([t.html("🌅 <b>While you were away</b>"), *lines]), keys.waiting(things, t))


def _when(quiet: Quiet | None, t: Tongue) -> str:
    if quiet is None:
        return t("none")
    if quiet.off_work:
        return t("outside working hours")
    hours = f"{clock_words(quiet.start)}–{clock_words(quiet.end)}"
    return hours if quiet.days == WEEK else f"{days_words(list(quiet.days), t)} {hours}"


def _news(kind: str, count: int, t: Tongue) -> str:
    """What happened, in a word; how often, where that may be more than once."""
    said = {
        NoticeKind.CARD: t("new request"),
        NoticeKind.TASK_AHEAD: t("soon due"),
        NoticeKind.TASK_DUE: t("it is time"),
        NoticeKind.TASK_GIVEN: t("given to you"),
        NoticeKind.TASK_COMMENTED: t("comment"),
        NoticeKind.TASK_ITEM_GIVEN: t("given to you"),
        NoticeKind.TASK_ITEM_DONE: t("an item done"),
        NoticeKind.TASK_NEWS: t("changed"),
        NoticeKind.TASK_LATE: t("late by a day"),
        NoticeKind.LEAD_GIVEN: t("given to you"),
        NoticeKind.LEAD_OFFER: t("your turn"),
        NoticeKind.LEAD_ASSIGNED: t("your turn"),
        NoticeKind.LEAD_LATE: t("waits for an answer"),
        NoticeKind.LEAD_PASSED: t("passed on to you"),
        NoticeKind.LEAD_ALARM: t("nobody answers"),
        NoticeKind.CLIENT_TOUCHED: t("new request of the client"),
        NoticeKind.DEAL_GIVEN: t("given to you"),
        NoticeKind.DEAL_SHARED: t("you work on it, too"),
        NoticeKind.DEAL_COMMENTED: t("comment"),
        NoticeKind.DEAL_WON: t("won"),
        NoticeKind.DEAL_RULED: t("by a rule"),
        NoticeKind.PAYMENT_AWAITED: t("a payment is awaited"),
        NoticeKind.PAYMENT_CAME: t("payment"),
        NoticeKind.PAYMENT_GONE: t("payment taken back"),
        NoticeKind.SUM_CHANGED: t("another sum"),
    }[NoticeKind(kind)]
    return said if count == 1 else f"{said} ×{count}"
