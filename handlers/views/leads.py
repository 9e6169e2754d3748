"""How leads look."""

from collections.abc import Iterator

from aiogram.types import InlineKeyboardMarkup

from handlers.screen import Screen
from handlers.views.events import event_line
from handlers.views.fields import on_card
from handlers.views.offers import offer_line, passed
from handlers.views.scoring import score_lines
from handlers.views.tags import tag_lines
from handlers.views.traces import trace_lines
from handlers.views.words import source_name
from keyboards import leads as keys
from keyboards.common import cut, titled
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Sum
from services.dto.lead_intake import LeadInput
from services.dto.leads import (
    CallOutcome,
    Colleague,
    LeadCard,
    LeadLine,
    LeadList,
    LeadStatus,
    LeadStub,
    LeadTeaser,
    RejectReason,
    Shelf,
    Waiting,
)
from services.response.rules import Step
from services.understanding import phones

COMMENT = 700
"""A longer comment is cut on a card."""
MARKS = {
    LeadStatus.NEW: "🆕",
    LeadStatus.IN_WORK: "🔵",
    LeadStatus.QUALIFIED: "🟢",
    LeadStatus.REJECTED: "⚫",
}


def card(lead: LeadCard, t: Tongue) -> Screen:
    """A lead's card."""
    return Screen(text(lead, t), keys.lead_card(lead, t), subject=("lead", lead.id))


def saved(lead: LeadCard, t: Tongue) -> Screen:
    """The card of a lead that was just made: this is what was understood."""
    told = t.html("✅ Saved as yours.") if lead.owner else t.html("✅ Saved. The department sees it.")
    body = join([told, Html(""), text(lead, t)])
    return Screen(body, keys.lead_card(lead, t, fresh=True), subject=("lead", lead.id))


def face(shown: LeadCard | LeadTeaser | LeadStub | None, t: Tongue) -> Screen | None:
    """Whatever stands where a lead's card was."""
    if isinstance(shown, LeadCard):
        return card(shown, t)
    if isinstance(shown, LeadTeaser):
        return teaser(shown, t)
    return stub(shown, t) if shown else None


def teaser(lead: LeadTeaser, t: Tongue) -> Screen:
    """A free lead in a team chat: no name, no phone."""
    lines = [_head(lead.title or t("New request"), lead.id, t)]
    if lead.amount:
        lines.append(t.html("💰 {amount}", amount=t.money(lead.amount)))
    lines.append(t.html("📣 {source}", source=source_name(lead.source, t)))
    lines.append(t.html("⏳ waits since {when}", when=t.when(lead.waiting_since)))
    if lead.offer:
        lines.append(offer_line(lead.offer, t))
    keyboard = None if lead.offer else keys.lead_teaser(lead.id, t)
    return Screen(join(lines), keyboard, subject=("lead", lead.id), public=True)


def stub(lead: LeadStub, t: Tongue) -> Screen:
    """A lead that is somebody else's now; no card any more, so that it is not brought up to date for ever."""
    if lead.passed:
        return passed(lead, t)
    if lead.owner:
        return Screen(t.html("#{id} · taken by {name}", id=lead.id, name=lead.owner), public=True)
    return Screen(t.html("#{id} · not there any more", id=lead.id), public=True)


def given(lead: LeadCard, by: str, t: Tongue) -> Screen:
    """Told to the one who got a lead."""
    told = join([t.html("🤝 {by} gave you a lead", by=by), text(lead, t)])
    return Screen(told, keys.lead_card(lead, t), subject=("lead", lead.id))


def shelf(leads: LeadList, t: Tongue) -> Screen:
    """A list of leads."""
    titles = {
        Shelf.FREE: t.html("<b>Free leads</b>, the longest waiting first"),
        Shelf.MINE: t.html("<b>My leads</b>"),
        Shelf.ALL: t.html("<b>All open leads</b>"),
    }
    nothing = {
        Shelf.FREE: t.html("Nobody waits. Well done!"),
        Shelf.MINE: t.html("You have no open leads. Take a free one or write down a new one."),
        Shelf.ALL: t.html("No open leads."),
    }
    lines = [titles[leads.shelf], *(lead_line(line, t) for line in leads.page.items)]
    if not leads.page.items:
        lines.append(nothing[leads.shelf])
    return Screen(join(lines), keys.lead_list(leads, t))


def calls(lead: LeadCard, t: Tongue) -> Screen:
    """How did the call end?"""
    return _asking(lead, t.html("\n<b>How did the call end?</b>"), t, keys.lead_calls(lead, t))


def called(lead: LeadCard, outcome: CallOutcome, t: Tongue) -> Screen:
    """After a call: a wrong number may be no lead at all."""
    return reasons(lead, t) if outcome is CallOutcome.WRONG_NUMBER else card(lead, t)


def fields(lead: LeadCard, t: Tongue) -> Screen:
    """What shall be changed?"""
    return _asking(lead, t.html("\n<b>What shall be changed?</b>"), t, keys.lead_fields(lead, t))


def reasons(lead: LeadCard, t: Tongue) -> Screen:
    """Why is it no lead?"""
    return _asking(lead, t.html("\n<b>Why is it not a lead?</b>"), t, keys.lead_reasons(lead, t))


def heirs(lead: LeadCard, people: tuple[Colleague, ...], t: Tongue) -> Screen:
    """Who takes it?"""
    question = (
        t.html("\n<b>Who takes it?</b>") if people else t.html("\nThere is nobody else here to take it.")
    )
    return _asking(lead, question, t, keys.lead_heirs(lead, people, t))


def text(lead: LeadCard, t: Tongue) -> Html:
    """What the card says."""
    lines = [_head(lead.title, lead.id, t), offer_line(lead.offer, t) if lead.offer else _state(lead, t)]
    if lead.waits:
        lines += _waits(lead.waits, lead, t)
    lines += parts(lead, lead.amount, t)
    lines += score_lines(lead.score, t)
    lines += tag_lines(lead.tags, t)
    lines += on_card(lead.fields, t)
    lines += trace_lines(lead.trace, t)
    if lead.owner:
        lines.append(
            t.html("👔 {owner} · {department}", owner=lead.owner.name, department=lead.department.name)
        )
    else:
        lines.append(t.html("👥 {department}", department=lead.department.name))
    if lead.pipeline:
        lines.append(t.html("🧭 {name}", name=lead.pipeline))
    if lead.next_step:
        step = lead.next_step
        lines.append(t.html("{mark} {text} — {when}", mark="📌", text=step.text, when=t.when(step.due_at)))
    if lead.talk:
        lines += [Html(""), *(event_line(event, "", t) for event in lead.talk)]
    return join(lines)


def parts(lead: LeadCard | LeadInput, amount: Sum | None, t: Tongue) -> list[Html]:
    """What is known of a request, line by line."""
    lines = []
    if lead.name:
        lines.append(t.html("👤 {name}", name=lead.name))
    if lead.phone:
        lines.append(t.html("📞 {phone}", phone=phones.show(lead.phone)))
    if lead.email:
        lines.append(t.html("✉️ {email}", email=lead.email))
    if lead.username:
        lines.append(t.html("💬 @{username}", username=lead.username))
    if amount:
        lines.append(t.html("💰 {amount}", amount=t.money(amount)))
    if lead.source:
        lines.append(t.html("📣 {source}", source=source_name(lead.source, t)))
    if lead.comment:
        lines.append(t.html("<i>{comment}</i>", comment=cut(lead.comment, COMMENT)))
    return lines


def reason_name(reason: str, t: Tongue) -> str:
    """Why a request was no lead; one's own words as they are."""
    return {
        RejectReason.SPAM: t("spam"),
        RejectReason.WRONG_NUMBER: t("wrong number"),
        RejectReason.DUPLICATE: t("a duplicate"),
        RejectReason.NOT_OURS: t("not our product"),
        RejectReason.NO_ANSWER: t("no answer"),
        RejectReason.MISTAKE: t("written down by mistake"),
    }.get(RejectReason(reason) if reason in set(RejectReason) else RejectReason.OTHER, reason)


def _asking(lead: LeadCard, question: Html, t: Tongue, keyboard: InlineKeyboardMarkup) -> Screen:
    return Screen(join([text(lead, t), question]), keyboard, subject=("lead", lead.id))


def _head(title: str, lead_id: int, t: Tongue) -> Html:
    return t.html("<b>{title}</b> · #{id}", title=titled(title, t), id=lead_id)


def _state(lead: LeadCard, t: Tongue) -> Html:
    mark = MARKS[lead.status]
    if lead.status is LeadStatus.NEW:
        return t.html("{mark} Free, waits since {when}", mark=mark, when=t.when(lead.created_at))
    if lead.status is LeadStatus.QUALIFIED:
        return t.html("{mark} Became a deal", mark=mark)
    if lead.status is LeadStatus.REJECTED:
        why = reason_name(lead.reject_reason or "", t)
        return t.html("{mark} Not a lead: {reason}", mark=mark, reason=why)
    return t.html("{mark} In work since {when}", mark=mark, when=t.when(lead.taken_at or lead.created_at))


def _waits(waits: Waiting, lead: LeadCard, t: Tongue) -> Iterator[Html]:
    """Who knows already, and what follows unless somebody answers."""
    if waits.alarmed:
        yield t.html("🚨 Not answered; the head knows")
    if waits.due_at is not None:
        yield t.html("🔴 The answer was due {when}", when=t.when(waits.due_at))
    if waits.step is None or waits.step_at is None:
        return
    when = t.when(waits.step_at)
    if waits.step is Step.PASS_ON and lead.owner:
        yield t.html("⏳ Passes on to a colleague {when}", when=when)
    elif waits.step is Step.ALARM:
        yield t.html("⏳ The head is told {when}", when=when)
    elif waits.due_at is None:
        yield t.html("⏳ Answer by {when}", when=when)


def lead_line(line: LeadLine, t: Tongue) -> Html:
    """A lead in a list."""
    amount = t.money(line.amount) if line.amount else None
    points = f"🎲 {line.points}" if line.points is not None else None
    tail = " · ".join(part for part in (points, amount, line.owner, t.ago(line.created_at)) if part)
    return t.html(
        "{mark} #{id} <b>{title}</b> · {tail}",
        mark=MARKS[line.status],
        id=line.id,
        title=titled(line.title, t),
        tail=tail,
    )
