"""How deals look."""

from handlers.screen import Screen
from handlers.views import fields, payments
from handlers.views.doors import legend
from handlers.views.events import event_line
from handlers.views.scoring import chance_lines
from handlers.views.tags import tag_lines
from handlers.views.words import source_name
from keyboards import deal_moves as move_keys
from keyboards import deals as keys
from keyboards.common import cut, titled
from keyboards.deal_message import text_of
from keyboards.people import role_label
from keyboards.stage_marks import mark
from keyboards.task_labels import SHOWN, named
from keyboards.tongue import Html, Tongue, esc, join
from services.access import Action, StageKind
from services.dto.common import EventLine, Page, Ref
from services.dto.deals import Crossing, DealCard, MoveChoice, Talk
from services.understanding import phones

REQUEST = 400
"""What was asked for is cut on a card when it is longer; the history has all of it."""


def card(deal: DealCard, t: Tongue) -> Screen:
    """A deal's card."""
    return Screen(text(deal, t), keys.deal_card(deal, t), subject=("deal", deal.id))


def moves(choice: MoveChoice, t: Tongue, page: int = 0) -> Screen:
    """The same card with the stages to choose from."""
    asked = join([text(choice.deal, t), t.html("\n<b>Where to?</b>")])
    return Screen(asked, move_keys.deal_moves(choice, t, page), subject=("deal", choice.deal.id))


def crossing(there: Crossing, t: Tongue, page: int = 0) -> Screen:
    """The stages of another pipeline to choose from."""
    question = t.html("\n🧭 <b>{pipeline}: to which stage?</b>", pipeline=there.pipeline.name)
    return Screen(
        join([head(there.deal, t), question]),
        move_keys.crossing(there, t, page),
        subject=("deal", there.deal.id),
    )


def why_lost(deal: DealCard, stage_id: int, reasons: tuple[Ref, ...], t: Tongue) -> Screen:
    """The reasons of loss to choose from."""
    asked = join([head(deal, t), t.html("\n<b>Why is it lost?</b>")])
    return Screen(asked, move_keys.loss_reasons(deal, stage_id, reasons, t), subject=("deal", deal.id))


def heirs(deal: DealCard, people: tuple[Ref, ...], t: Tongue) -> Screen:
    """Colleagues to choose from."""
    question = (
        t.html("\n<b>Who takes it?</b>") if people else t.html("\nThere is nobody else here to take it.")
    )
    return Screen(join([head(deal, t), question]), keys.heirs(deal, people, t), subject=("deal", deal.id))


def ask(deal: DealCard, field: str, t: Tongue) -> Screen:
    """A question that is answered by typing, and which deal it is about."""
    return Screen(join([head(deal, t), Html(""), question(field, t)]), keys.deal_form(deal.id, t))


def question(field: str, t: Tongue) -> Html:
    """What to type for a field of a deal."""
    asked = {
        "amount": t.html("💰 What is the sum? For example <code>150000</code> or <code>150k</code>."),
        "title": t.html("✏️ What should the deal be called?"),
        "note": t.html("📝 Write your note; it stays in the deal's history."),
        "contact": t.html("👤 Who is the client? Send a contact, or a name and a phone."),
    }
    return asked[field]


def history(deal_id: int, page: Page[EventLine], currency: str, t: Tongue) -> Screen:
    """What happened, newest first."""
    lines = [t.html("<b>History of #{id}</b>", id=deal_id)]
    lines += [event_line(event, currency, t, whole=True) for event in page.items]
    if not page.items:
        lines.append(t.html("Nothing yet."))
    lines += legend(page.items, t)
    return Screen(join(lines), keys.deal_history(deal_id, page, t))


def given(deal: DealCard, by: str, t: Tongue) -> Screen:
    """Told to the one who got a deal."""
    text_ = join([t.html("🤝 {by} gave you a deal", by=by), text(deal, t)])
    return Screen(text_, keys.deal_card(deal, t), subject=("deal", deal.id))


def commented(deal: DealCard, by: str, t: Tongue) -> Screen:
    """Told to those who work on a deal, when a colleague wrote about it."""
    text_ = join([t.html("💬 {by} wrote about a deal", by=by), text(deal, t)])
    return Screen(text_, keys.deal_card(deal, t), subject=("deal", deal.id))


def message(deal: DealCard, t: Tongue) -> Screen | None:
    """What to write to the client, ready to be forwarded; None where the stage has nothing to say."""
    text_ = text_of(deal, t) if Action.DEAL_TALK_VIEW in deal.can else None
    return Screen(esc(text_)) if text_ is not None else None


def won(deal: DealCard, t: Tongue) -> Screen:
    """Told to the manager whose deal was set paid."""
    amount = t.money(deal.amount) if deal.amount else ""
    text_ = t.html("🎉 Paid: <b>{title}</b> {amount}", title=titled(deal.title, t), amount=amount)
    return Screen(text_, keys.deal_opener(deal.id, t))


def text(deal: DealCard, t: Tongue) -> Html:
    """What the card says."""
    lines = [head(deal, t)]
    if deal.archived_at is not None:
        lines.append(t.html("🗄 <b>In the archive</b> since {when}", when=t.when(deal.archived_at)))
    if deal.overstays:
        stands = t.many("{n} day", "{n} days", deal.overstays)
        lines.append(t.html("⏳ <b>{days}</b> in this stage, which is too long", days=stands))
    lines += chance_lines(deal.chance, t)
    lines += _duty(deal, t)
    lines += _client(deal, t)
    if deal.product and deal.product != deal.title:
        lines.append(t.html("📦 {name}", name=deal.product))
    owner = deal.owner.name if deal.owner else t("nobody")
    lines.append(t.html("👔 {owner} · {department}", owner=owner, department=deal.department))
    if deal.crew:
        lines.append(t.html("👥 with {names}", names=", ".join(who.name for who in deal.crew)))
    lines += _marks(deal, t)
    lines += fields.on_card(deal.fields, t)
    if deal.loss_reason:
        lines.append(t.html("💔 {reason}", reason=deal.loss_reason))
    lines += payments.on_card(deal, t)
    if deal.stage.kind == StageKind.PAYMENT and not deal.moves and Action.DEAL_EDIT in deal.can:
        lines.append(t.html("🔒 From here on a head moves it."))
    if deal.stage.kind == StageKind.OPEN and not deal.moves and Action.DEAL_EDIT in deal.can:
        lines.append(t.html("🔒 From here on somebody else moves it."))
    if deal.talk is not None:
        lines += _talk(deal.talk, deal, t)
    return join(lines)


def _marks(deal: DealCard, t: Tongue) -> list[Html]:
    """By what it is told apart: its tags and its source."""
    lines = tag_lines(deal.tags, t)
    if deal.talk is not None:
        lines.append(t.html("📣 {source}", source=source_name(deal.source, t)))
    return lines


def _duty(deal: DealCard, t: Tongue) -> list[Html]:
    """What is to be reached in its stage, and by whom."""
    who = role_label(deal.responsible, t) if deal.responsible else None
    if deal.result and who:
        return [t.html("🎯 {result} · {who}", result=deal.result, who=who)]
    if deal.result:
        return [t.html("🎯 {result}", result=deal.result)]
    return [t.html("🎯 Responsible: {who}", who=who)] if who else []


def _client(deal: DealCard, t: Tongue) -> list[Html]:
    lines = []
    if deal.contact is not None:
        lines.append(t.html("👤 {name}", name=deal.contact.name))
        if deal.contact.phone:
            lines.append(t.html("📞 {phone}", phone=phones.show(deal.contact.phone)))
    if deal.company is not None:
        lines.append(t.html("🏢 {name}", name=deal.company.name))
    return lines


def head(deal: DealCard, t: Tongue) -> Html:
    """Its first two lines."""
    amount = t.money(deal.amount) if deal.amount is not None else t("no sum yet")
    stage = deal.stage.name
    return join(
        [
            t.html("<b>{title}</b> · #{id}", title=titled(deal.title, t), id=deal.id),
            t.html(
                "{mark} <b>{stage}</b> · {amount}",
                mark=mark(deal.stage),
                stage=t("{pipeline}: {stage}", pipeline=deal.pipeline, stage=stage)
                if deal.pipeline
                else stage,
                amount=amount,
            ),
        ]
    )


def _talk(talk: Talk, deal: DealCard, t: Tongue) -> list[Html]:
    task = talk.next_task
    lines = []
    if task is not None:
        mark = "⏰" if task.overdue else "📌"
        shown = named(task, len(task.text) + SHOWN)
        lines.append(t.html("{mark} {text} — {when}", mark=mark, text=shown, when=t.when(task.due_at)))
    elif deal.stage.kind in (StageKind.OPEN, StageKind.PAYMENT):
        lines.append(t.html("⚠️ No next step"))
    if talk.request or talk.events:
        lines.append(Html(""))
    if talk.request:
        lines.append(t.html("💬 <i>{words}</i>", words=cut(talk.request, REQUEST)))
    if talk.events:
        lines += [event_line(event, deal.currency, t) for event in talk.events]
    return lines
