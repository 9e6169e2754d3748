"""Buttons of leads."""

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb
from keyboards.common import button, grid, home, marked, rows, titled
from keyboards.data import CancelCb
from keyboards.deal_data import DealCb
from keyboards.fields import fields_button
from keyboards.lead_around import around
from keyboards.lead_data import (
    LeadCallCb,
    LeadCallsCb,
    LeadCb,
    LeadDealCb,
    LeadDealInCb,
    LeadEditCb,
    LeadFieldCb,
    LeadGiveCb,
    LeadHeirsCb,
    LeadListCb,
    LeadNoteCb,
    LeadPassCb,
    LeadQualifyCb,
    LeadRejectCb,
    LeadRejectsCb,
    LeadReleaseCb,
    LeadRestoreCb,
    LeadSourceCb,
    LeadTakeCb,
    LeadWayCb,
)
from keyboards.list_data import FilterLeadsCb, ViewsCb
from keyboards.paging import leafed
from keyboards.response import step_in
from keyboards.tags import tags_button
from keyboards.task_data import LeadTaskCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.leads import (
    CallOutcome,
    Colleague,
    LeadCard,
    LeadField,
    LeadLine,
    LeadList,
    LeadStatus,
    RejectReason,
    Shelf,
)
from services.understanding.lead_words import Source


def lead_card(lead: LeadCard, t: Tongue, *, fresh: bool = False) -> InlineKeyboardMarkup:
    """Under a lead's card: the likely next step first. `fresh`: just saved, it may still go elsewhere."""
    release = LeadReleaseCb(lead_id=lead.id, version=lead.version)
    may_release = fresh and lead.status is LeadStatus.IN_WORK and Action.LEAD_HAND_OVER in lead.can
    restore = LeadRestoreCb(lead_id=lead.id, version=lead.version)
    closed = lead.status is LeadStatus.REJECTED
    return rows(
        step_in(lead.id, t) if _calls_head(lead) else [],
        [button(t("👥 To the department"), release)] if may_release else [],
        [
            button(t("✋ Take"), LeadTakeCb(lead_id=lead.id), "primary") if _takes(lead) else None,
            button(t("⏭ Pass"), LeadPassCb(lead_id=lead.id)) if lead.offer and lead.offer.mine else None,
        ],
        [button(t("↩️ Undo"), restore)] if closed and Action.LEAD_REJECT in lead.can else [],
        _next_steps(lead, t),
        *grid(_deeds(lead, t)),
        [
            button(t("💼 Open the deal"), DealCb(deal_id=lead.deal_id), "primary") if lead.deal_id else None,
            button(t("👤 Client"), ContactCb(contact_id=lead.contact.id)) if lead.contact else None,
        ],
        [button(t("◀️ Leads"), LeadListCb()) if Action.LEAD_VIEW in lead.can else None, home(t)],
    )


def lead_teaser(lead_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under a free lead in a team chat."""
    return rows([button(t("✋ Take"), LeadTakeCb(lead_id=lead_id), "primary")])


def lead_calls(lead: LeadCard, t: Tongue) -> InlineKeyboardMarkup:
    """How a call ended."""
    outcomes = [
        button(label, LeadCallCb(lead_id=lead.id, outcome=outcome.value))
        for outcome, label in outcome_labels(t).items()
    ]
    return rows(*grid(outcomes), [back(lead.id, t)])


def outcome_labels(t: Tongue) -> dict[CallOutcome, str]:
    """How a call may end, in the words of buttons."""
    return {
        CallOutcome.REACHED: t("✅ Reached"),
        CallOutcome.NO_ANSWER: t("📵 No answer"),
        CallOutcome.CALL_BACK: t("🔁 Call back"),
        CallOutcome.WRONG_NUMBER: t("🚫 Wrong number"),
    }


def lead_fields(lead: LeadCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be changed."""
    fields = [
        button(field_label(field, t), LeadFieldCb(lead_id=lead.id, field=field.value)) for field in LeadField
    ]
    return rows(*grid(fields), [back(lead.id, t)])


def lead_sources(lead_id: int, names: Iterable[tuple[Source, str]], t: Tongue) -> InlineKeyboardMarkup:
    """Where it may have come from."""
    sources = [button(name, LeadSourceCb(lead_id=lead_id, source=source.value)) for source, name in names]
    return rows(*grid(sources, 3), [back(lead_id, t)])


def lead_company(
    lead: LeadCard, ways: Sequence[Ref], chosen: Ref | None, t: Tongue, page: int = 0
) -> InlineKeyboardMarkup:
    """While the company of a new deal is asked for, and, where there are several, its pipeline."""
    of = {"lead_id": lead.id, "version": lead.version}
    deal = LeadDealInCb(**of, pipeline_id=chosen.id) if chosen else LeadDealCb(**of)
    pipelines = [
        button(marked(f"🧭 {one.name}", chosen=one == chosen), LeadWayCb(**of, pipeline_id=one.id, page=page))
        for one in ways
    ]
    here = LeadWayCb(**of, pipeline_id=chosen.id if chosen else 0)
    shown = leafed(pipelines, page, here)
    return rows([button(t("No company ▶️"), deal, "primary")], *shown, [back(lead.id, t)])


def lead_reasons(lead: LeadCard, t: Tongue) -> InlineKeyboardMarkup:
    """Why it is no lead."""
    labels = {
        RejectReason.SPAM: t("Spam"),
        RejectReason.WRONG_NUMBER: t("Wrong number"),
        RejectReason.DUPLICATE: t("Duplicate"),
        RejectReason.NOT_OURS: t("Not our product"),
        RejectReason.NO_ANSWER: t("No answer"),
        RejectReason.MISTAKE: t("My mistake"),
        RejectReason.OTHER: t("Other reason…"),
    }
    reasons = [
        button(label, LeadRejectCb(lead_id=lead.id, version=lead.version, reason=reason.value))
        for reason, label in labels.items()
    ]
    return rows(*grid(reasons), [back(lead.id, t)])


def lead_heirs(lead: LeadCard, people: tuple[Colleague, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues to give a lead to; the department only where it is another one."""
    free = LeadReleaseCb(lead_id=lead.id, version=lead.version)
    return rows(
        [button(t("👥 To the department"), free)] if lead.status is LeadStatus.IN_WORK else [],
        *grid(
            button(
                one.name if one.department == lead.department else f"{one.name} · {one.department.name}",
                LeadGiveCb(lead_id=lead.id, person_id=one.id, version=lead.version),
            )
            for one in people[:MOST_HEIRS]
        ),
        [back(lead.id, t)],
    )


def lead_form(lead_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a lead is being typed."""
    return rows([back(lead_id, t), button(t("✖️ Cancel"), CancelCb())])


def lead_list(leads: LeadList, t: Tongue) -> InlineKeyboardMarkup:
    """The shelves, one button for each lead, and the way on."""
    labels = {Shelf.FREE: t("🆕 Free"), Shelf.MINE: t("🙋 My leads"), Shelf.ALL: t("👥 All")}
    after = leads.page.next_after
    more = LeadListCb(shelf=leads.shelf.value, after=after) if after else None
    return rows(
        [
            button(marked(labels[shelf], chosen=shelf is leads.shelf), LeadListCb(shelf=shelf.value))
            for shelf in leads.shelves
        ],
        *[
            [button(f"#{line.id} {titled(line.title, t)}", LeadCb(lead_id=line.id)), lead_deed(line)]
            for line in leads.page.items
        ],
        [button(t("🔎 Filter"), FilterLeadsCb()), button(t("📌 Views"), ViewsCb())],
        [home(t), button(t("More ▶️"), more) if more else None],
    )


def lead_deed(line: LeadLine) -> InlineKeyboardButton | None:
    """What is mostly done with a free lead in a list: a head gives it to somebody, others take it."""
    if line.status is not LeadStatus.NEW:
        return None
    if Action.LEAD_HAND_OVER in line.can:
        return button("🤝", LeadHeirsCb(lead_id=line.id))
    return button("✋", LeadTakeCb(lead_id=line.id)) if Action.LEAD_TAKE in line.can else None


def field_label(field: LeadField, t: Tongue) -> str:
    """A field on a button."""
    return {
        LeadField.TITLE: t("✏️ Title"),
        LeadField.NAME: t("👤 Name"),
        LeadField.PHONE: t("📞 Phone"),
        LeadField.AMOUNT: t("💰 Sum"),
        LeadField.SOURCE: t("📣 Source"),
        LeadField.COMMENT: t("💬 Comment"),
    }[field]


def back(lead_id: int, t: Tongue) -> InlineKeyboardButton:
    """The way back to the card."""
    return button(t("◀️ Back"), LeadCb(lead_id=lead_id))


MOST_HEIRS = 90
"""Telegram allows a hundred buttons under a message."""


def _takes(lead: LeadCard) -> bool:
    return Action.LEAD_TAKE in lead.can and lead.owner is None


def _next_steps(lead: LeadCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if Action.CALL_LOG in lead.can:
        yield button(t("📞 Call outcome"), LeadCallsCb(lead_id=lead.id))
    if Action.LEAD_QUALIFY in lead.can:
        style = None if _calls_head(lead) else "primary"
        yield button(t("✅ Qualify"), LeadQualifyCb(lead_id=lead.id, version=lead.version), style)


def _deeds(lead: LeadCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if Action.TASK_CREATE in lead.can:
        yield button(t("➕ Task"), LeadTaskCb(lead_id=lead.id))
    if Action.NOTE_ADD in lead.can:
        yield button(t("📝 Note"), LeadNoteCb(lead_id=lead.id))
    if Action.LEAD_EDIT in lead.can:
        yield button(t("✏️ Edit"), LeadEditCb(lead_id=lead.id))
    if Action.LEAD_TAG in lead.can:
        yield tags_button(FieldSubject.LEAD, lead.id, t)
    if (fields := fields_button(FieldSubject.LEAD, lead.id, lead.fields, t)) is not None:
        yield fields
    if Action.LEAD_HAND_OVER in lead.can and not _calls_head(lead):
        yield button(t("🤝 Hand over"), LeadHeirsCb(lead_id=lead.id))
    if Action.LEAD_REJECT in lead.can and lead.status is not LeadStatus.REJECTED:
        yield button(t("🗑 Not a lead"), LeadRejectsCb(lead_id=lead.id))
    yield from around(lead, t)


def _calls_head(lead: LeadCard) -> bool:
    return lead.waits is not None and lead.waits.step_in
