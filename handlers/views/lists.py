"""How lists of deals, leads, contacts and companies by filter look."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from handlers.screen import Screen
from handlers.views.deal_lists import deal_line
from handlers.views.fields import field_asked, question_of_filter
from handlers.views.leads import lead_line
from handlers.views.list_words import (
    amount_words,
    consent_words,
    day_words,
    stage_words,
    stages_words,
    state_words,
)
from handlers.views.words import source_name
from keyboards import lists as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.clients import ClientLine
from services.dto.common import Ref
from services.dto.deals import DealLine
from services.dto.fields import CHOSEN, FieldKind, FieldSubject
from services.dto.leads import LeadLine
from services.dto.lists import (
    Asked,
    Choice,
    Choices,
    FieldAsk,
    FilterCard,
    Listed,
    Lost,
    PipelineChoice,
    StageChoice,
)
from services.fields.filters import MEASURED, PRESSED
from services.lists.days import AskedDays
from services.lists.filters import MINE, NOBODY, Agreed, State, What

_T = TypeVar("_T")


def filter_card(card: FilterCard, t: Tongue) -> Screen:
    """What a filter asks for, and how many it lets through."""
    asked = asked_lines(card.asked, t)
    lines = [_by_filter(card, t), *asked]
    if not asked:
        lines.append(t.html("Nothing is asked for yet: these are all that you see."))
    return Screen(join(lines), keys.filter_card(card, t))


def _by_filter(card: FilterCard, t: Tongue) -> Html:
    n = keys.count_words(card.count)
    return {
        FieldSubject.DEAL: t.html("🔎 <b>Deals by filter</b>: {n}", n=n),
        FieldSubject.LEAD: t.html("🔎 <b>Leads by filter</b>: {n}", n=n),
        FieldSubject.CONTACT: t.html("🔎 <b>Clients by filter</b>: {n}", n=n),
        FieldSubject.FIRM: t.html("🔎 <b>Companies by filter</b>: {n}", n=n),
    }[card.asked.subject]


def choices(shown: Choices, t: Tongue) -> Screen:
    """The values of which one may be asked for."""
    untagged = {
        FieldSubject.DEAL: t.html("🏷 No deal has a tag yet: give one on a card, by 🏷 Tags."),
        FieldSubject.LEAD: t.html("🏷 No lead has a tag yet: give one on a card, by 🏷 Tags."),
        FieldSubject.CONTACT: t.html("🏷 No client has a tag yet: give one on a card, by 🏷 Tags."),
        FieldSubject.FIRM: t.html("🏷 No company has a tag yet: give one on a card, by 🏷 Tags."),
    }
    whose = {
        FieldSubject.DEAL: t.html("👔 <b>Whose deals?</b>"),
        FieldSubject.LEAD: t.html("👔 <b>Whose leads?</b>"),
        FieldSubject.CONTACT: t.html("👔 <b>Whose clients?</b>"),
        FieldSubject.FIRM: t.html("👔 <b>Whose companies?</b>"),
    }
    titles = {
        What.STAGE: t.html("🧭 <b>In which stage?</b>"),
        What.STATE: t.html("🚦 <b>In which state?</b>"),
        What.PERSON: whose[shown.subject],
        What.SOURCE: t.html("📣 <b>From which source?</b>"),
        What.DATE: t.html("📅 <b>Which day?</b>"),
        What.TAG: t.html("🏷 <b>Which tag?</b>") if shown.choices else untagged[shown.subject],
        What.FIELD: t.html("🗂 <b>Which field?</b>"),
        What.CONSENT: t.html("🔏 <b>What about their consent?</b>"),
    }
    lines = [titles[shown.what]]
    if shown.pipeline is not None:
        lines.append(t.html("🧭 <b>{name}</b>", name=shown.pipeline.name))
    if shown.card is not None:
        asked = (
            [] if shown.card.asked.nothing else [_by_filter(shown.card, t), *asked_lines(shown.card.asked, t)]
        )
        lines = [*asked, *([Html("")] if asked else []), *lines, t.html("You may choose several.")]
    return Screen(join(lines), keys.choices(shown, lambda one: _choice(one, shown.what, t), t))


def field_ask(shown: FieldAsk, t: Tongue) -> Screen:
    """What a field of the company's own has to say."""
    lines = [t.html("🗂 <b>{name}</b>: what shall it say?", name=shown.field.name)]
    if shown.field.kind in MEASURED:
        lines.append(question_of_filter(shown.field.kind, t))
    elif shown.field.kind in CHOSEN:
        lines.append(t.html("You may choose several."))
    elif shown.field.kind not in (*PRESSED, FieldKind.FILE):
        lines.append(t.html("Choose, or send how its words begin."))
    if shown.card is not None and shown.value is not None:
        lines = [_by_filter(shown.card, t), *asked_lines(shown.card.asked, t), Html(""), *lines]
    return Screen(join(lines), keys.field_ask(shown, t))


def ask_number(listing_id: int, what: What, t: Tongue) -> Screen:
    """A sum, or points, to type."""
    asked = {
        What.AMOUNT: t.html(
            "💰 Which sums? <code>150k</code> means that much or more; or send <code>100k - 300k</code>, "
            "<code>to 50k</code>."
        ),
        What.SCORE: t.html("🎲 From how many points on? For example <code>40</code>."),
    }
    return Screen(asked[what], keys.typing(listing_id, what, t))


def ask_days(listing_id: int, of: str, t: Tongue) -> Screen:
    """From which day to which, to type."""
    asked = {
        "created": t.html("📅 <b>Made when?</b>"),
        "closed": t.html("📅 <b>Closed when?</b>"),
        "task": t.html("📅 <b>For when is the next task?</b>"),
    }[of]
    how = t.html(
        "Send the days: <code>12.05 - 31.05</code>, <code>from 12.05</code>, <code>to 31.05</code>, "
        "<code>12.05</code>, <code>May 2026</code>, <code>Q2 2026</code>."
    )
    return Screen(join([asked, how]), keys.typing(listing_id, What.DATE, t))


def listed(shown: Listed, t: Tongue) -> Screen:
    """A page of deals, leads, contacts or companies."""
    lines = [_title(shown, t), *asked_lines(shown.asked, t)]
    told = [_told(line, t) for line in shown.page.items if not isinstance(line, ClientLine)]
    lines += [Html(""), *told] if told else []
    if not shown.page.items and not shown.asked.lost:
        further = t.html("Among so many nothing fits; there are older ones to look through.")
        nothing = {
            FieldSubject.DEAL: t.html("No deals here."),
            FieldSubject.LEAD: t.html("No leads here."),
            FieldSubject.CONTACT: t.html("No clients here."),
            FieldSubject.FIRM: t.html("No companies here."),
        }
        lines.append(further if shown.page.next_after else nothing[shown.asked.subject])
    if shown.top or shown.next_top:
        lines.append(t.html("<i>The hottest among the newest leads; older ones come after them.</i>"))
    return Screen(join(lines), keys.listed(shown, t))


def asked_lines(asked: Asked, t: Tongue) -> list[Html]:
    """What a filter asks for, a line each, and what of it is not there."""
    amount = amount_words(asked.amount_from, asked.amount_to, t)
    lines = [
        t.html("🧭 {stage}", stage=stages_words(asked.stages, t)) if asked.stages else None,
        t.html("🚦 {state}", state=state_words(asked.state, t)) if asked.state is not None else None,
        t.html("👔 {name}", name=_listed(_whose, asked.people, t)) if asked.people else None,
        t.html("📣 {source}", source=_listed(source_name, asked.sources, t)) if asked.sources else None,
        t.html("📅 {day}", day=day_words(asked.date, t)) if asked.date is not None else None,
        t.html("💰 {amount}", amount=amount) if amount is not None else None,
        t.html("🏷 {tag}", tag=asked.tag) if asked.tag is not None else None,
        *(t.html("🗂 {what}", what=field_asked(one, t)) for one in asked.fields),
        t.html("🔏 {consent}", consent=consent_words(asked.consent, t))
        if asked.consent is not None
        else None,
        t.html("🎲 from {n} points", n=asked.score) if asked.score is not None else None,
        t.html("⚠️ without a next step") if asked.no_task else None,
        t.html("⏳ too long in their stage") if asked.rotting else None,
        t.html("🔥 the hottest first") if asked.hot else None,
    ]
    lost = [_lost(one, asked, t) for one in sorted(asked.lost)]
    return [line for line in lines if line is not None] + lost


def _listed(words: Callable[[_T, Tongue], str], values: Iterable[_T], t: Tongue) -> str:
    return ", ".join(words(one, t) for one in values)


def _told(line: DealLine | LeadLine, t: Tongue) -> Html:
    return lead_line(line, t) if isinstance(line, LeadLine) else deal_line(line, t)


def _lost(lost: Lost, asked: Asked, t: Tongue) -> Html:
    whose = {
        FieldSubject.DEAL: t.html(
            "🙈 This list asks for the deals of a colleague whose deals you do not see; none is shown."
        ),
        FieldSubject.LEAD: t.html(
            "🙈 This list asks for the leads of a colleague whose leads you do not see; none is shown."
        ),
        FieldSubject.CONTACT: t.html(
            "🙈 This list asks for the clients of a colleague whose clients you do not see; none is shown."
        ),
        FieldSubject.FIRM: t.html(
            "🙈 This list asks for the companies of a colleague whose clients you do not see; none is shown."
        ),
    }
    return {
        Lost.STAGE: t.html("🤷 The stage that this list asks for is gone, so nothing is in it."),
        Lost.TAG: t.html(
            "🤷 The tag that this list asks for is given to nothing any more, so nothing is in it."
        ),
        Lost.FIELD: t.html("🤷 The field that this list asks for is gone, so nothing is in it."),
        Lost.PERSON: whose[asked.subject],
        Lost.INNER: t.html("🙈 This list asks for what is not told to you of deals; none is shown."),
    }[lost]


def _whose(person: Ref, t: Tongue) -> str:
    return {MINE: t("mine"), NOBODY: t("nobody's")}.get(person.id, person.name)


def _title(shown: Listed, t: Tongue) -> Html:
    if shown.view is not None:
        return t.html("📌 <b>{name}</b>", name=shown.view.name)
    titles = {
        FieldSubject.DEAL: (t.html("<b>Deals</b>"), t.html("🔎 <b>Deals by filter</b>")),
        FieldSubject.LEAD: (t.html("<b>Leads</b>"), t.html("🔎 <b>Leads by filter</b>")),
        FieldSubject.CONTACT: (t.html("👤 <b>Clients</b>"), t.html("🔎 <b>Clients by filter</b>")),
        FieldSubject.FIRM: (t.html("🏢 <b>Companies</b>"), t.html("🔎 <b>Companies by filter</b>")),
    }
    return titles[shown.asked.subject][not shown.asked.nothing]


def _choice(choice: Choice, what: What, t: Tongue) -> str:
    label = choice.label
    if choice.opens and isinstance(label, PipelineChoice):
        return f"🧭 {label.name}"
    if isinstance(label, StageChoice | PipelineChoice):
        return stage_words(label, t)
    if isinstance(label, AskedDays):
        return day_words(label, t)
    if isinstance(label, State):
        return state_words(label, t)
    if isinstance(label, Agreed):
        return consent_words(label, t)
    if what is What.SOURCE:
        return source_name(label, t)
    if what is What.PERSON and not label:
        return t("🙋 My own") if choice.number == MINE else t("🫥 Nobody's")
    return label
