"""Making a deal of a lead: its company, its pipeline, what its stage asks for, and deals of its client."""

from dataclasses import asdict
from typing import Any

from aiogram.types import Message

from handlers.deals import tell_gone
from handlers.errors import describe
from handlers.inputs import typed_amount
from handlers.leads import show_deal
from handlers.registry import registry
from handlers.sent import read_said
from handlers.turn import Turn
from handlers.views import fields as field_views
from handlers.views import lead_questions as questions
from handlers.views import lead_twins as views
from keyboards.lead_data import (
    LeadDealCb,
    LeadDealInCb,
    LeadEntryNextCb,
    LeadEntryPickCb,
    LeadQualifyCb,
    LeadWayCb,
)
from keyboards.lead_twins import LeadAnotherCb
from services.access import Action
from services.deal_entry import DealFields, MissingFieldsError
from services.deal_twins import TwinsError
from services.errors import AppError, NotFoundError, StaleError
from services.fields.entry import field_in

FORM = "lead.company"
KEPT = ("company", "pipeline", "again", "typed")
"""What a form keeps of the deal that is to be made."""

describe(
    {
        "deal.twins": "This client has a deal in work already.",
        "stage.shut": "“{stage}” is closed to you: others bring deals there. Ask them to make the deal.",
    }
)


@registry.press(LeadQualifyCb, Action.LEAD_QUALIFY)
async def on_lead_qualify(turn: Turn, data: LeadQualifyCb) -> None:
    """For which company, and where there are several, in which pipeline?"""
    await _ask_company(turn, data.lead_id, data.version, None)


@registry.press(LeadWayCb, Action.LEAD_QUALIFY)
async def on_lead_way(turn: Turn, data: LeadWayCb) -> None:
    """In this pipeline; and for which company?"""
    await _ask_company(turn, data.lead_id, data.version, data.pipeline_id, data.page)


@registry.press(LeadDealCb, Action.LEAD_QUALIFY)
async def on_lead_deal(turn: Turn, data: LeadDealCb) -> None:
    """A deal without a company."""
    await _make(turn, data.lead_id, data.version, {})


@registry.press(LeadDealInCb, Action.LEAD_QUALIFY)
async def on_lead_deal_in(turn: Turn, data: LeadDealInCb) -> None:
    """The same in this pipeline."""
    try:
        await _make(turn, data.lead_id, data.version, {"pipeline": data.pipeline_id})
    except NotFoundError as gone:
        await tell_gone(turn, gone, "pipelines.not_found")
        await _ask_company(turn, data.lead_id, data.version, None)


@registry.press(LeadAnotherCb, Action.LEAD_QUALIFY)
async def on_lead_another(turn: Turn, data: LeadAnotherCb) -> None:
    """Another deal, with what was said before the question."""
    form = await turn.form.data()
    kept = {name: form.get(name) for name in KEPT} if form.get("back") == ["lead", data.lead_id] else {}
    if data.named and not (kept.get("company") or kept.get("pipeline")):
        await turn.services.leads.card(turn.actor, data.lead_id)
        raise StaleError
    await _make(turn, data.lead_id, data.version, {**kept, "again": True})


@registry.step(FORM, Action.LEAD_QUALIFY)
async def got_lead_company(turn: Turn, message: Message) -> None:
    """A deal with this company."""
    if not message.text:
        raise AppError("lead.bad_text")
    form = await turn.form.data()
    kept = {"company": message.text, "pipeline": form.get("pipeline")}
    await _make(turn, int(form["back"][1]), int(form["version"]), kept)


@registry.step("lead.enter.amount", Action.LEAD_QUALIFY)
async def got_lead_amount(turn: Turn, message: Message) -> None:
    """The sum that the stage asks for."""
    await _enter(turn, DealFields(amount=typed_amount(message)))


@registry.step("lead.enter.field", Action.LEAD_QUALIFY)
async def got_lead_entry(turn: Turn, message: Message) -> None:
    """One of the company's own fields that it asks for."""
    said, field = read_said(message), str((await turn.form.data())["field"])
    answer = {"text": said.text, "file": asdict(said.file) if said.file else None}
    await _enter(turn, DealFields(fields={field: answer}))


@registry.press(LeadEntryPickCb, Action.LEAD_QUALIFY)
async def on_lead_entry_pick(turn: Turn, data: LeadEntryPickCb) -> None:
    """The same by a button; of several choices they are ticked until one goes on."""
    form = await _entry(turn, data.lead_id)
    field = str(form["field"])
    if not data.several:
        await _enter(turn, DealFields(fields={field: {"ids": [data.choice]}}))
        return
    now = sorted({*_ticked(form)} ^ {data.choice})
    typed = DealFields(fields={field: {"ids": now}}).over(DealFields(**(form.get("typed") or {})))
    await turn.form.wait("lead.enter.field", typed=typed.typed())
    await _ask_field(turn, data.lead_id, field)


@registry.press(LeadEntryNextCb, Action.LEAD_QUALIFY)
async def on_lead_entry_next(turn: Turn, data: LeadEntryNextCb) -> None:
    """All that hold are ticked."""
    await _entry(turn, data.lead_id)
    await _enter(turn, DealFields())


async def _ask_company(
    turn: Turn, lead_id: int, version: int, pipeline_id: int | None, page: int = 0
) -> None:
    """Ask with the pipelines to choose from; the usual one is chosen until another is."""
    lead, ways = await turn.services.outcomes.ways(turn.actor, lead_id, version)
    chosen = next((one.id for one in ways if one.id == pipeline_id), ways[0].id if ways else None)
    await turn.form.wait(FORM, back=["lead", lead.id], version=lead.version, pipeline=chosen)
    await turn.show(questions.ask_company(lead, ways, chosen, turn.t, page))


async def _make(turn: Turn, lead_id: int, version: int, kept: dict[str, Any]) -> None:
    """Make it, ask for what the stage requires, or name the client's deals; a form keeps what was said."""
    fields = DealFields(**(kept.get("typed") or {}))
    company, pipeline = kept.get("company"), kept.get("pipeline")
    kept = {name: kept.get(name) for name in KEPT}
    again = bool(kept["again"])
    try:
        lead = await turn.services.outcomes.qualify(
            turn.actor, lead_id, version, company, again=again, pipeline_id=pipeline, fields=fields
        )
    except TwinsError as known:
        await turn.form.wait(FORM, back=["lead", lead_id], version=version, **kept)
        named = company is not None or pipeline is not None
        await turn.show(views.twins(lead_id, version, known.deals, turn.t, named=named))
    except MissingFieldsError as missing:
        field = missing.fields[0]
        state = "lead.enter.field" if field_in(field) is not None else f"lead.enter.{field}"
        await turn.form.wait(state, **{**kept, "back": ["lead", lead_id], "version": version, "field": field})
        if field_in(field) is not None:
            await _ask_field(turn, lead_id, field)
        else:
            lead = await turn.services.leads.card(turn.actor, lead_id)
            await turn.show(questions.ask_sum(lead, turn.t))
    else:
        await show_deal(turn, lead)
        await turn.form.close()


async def _enter(turn: Turn, fields: DealFields) -> None:
    """Go on with what was answered; the form keeps it until the stage asks for nothing more."""
    form = await turn.form.data()
    fields = fields.over(DealFields(**(form.get("typed") or {})))
    await _make(turn, int(form["back"][1]), int(form["version"]), {**form, "typed": fields.typed()})


async def _entry(turn: Turn, lead_id: int) -> dict[str, Any]:
    """The form in which a field is asked for as this lead becomes a deal. Raises `stale`."""
    form = await turn.form.data()
    if await turn.form.state() != "lead.enter.field" or form["back"] != ["lead", lead_id]:
        raise StaleError
    return form


async def _ask_field(turn: Turn, lead_id: int, code: str) -> None:
    """Ask for one of the company's own fields; what was pressed already is ticked."""
    ticked = _ticked(await turn.form.data())
    lead, field = await turn.services.outcomes.asked(turn.actor, lead_id, field_in(code) or 0)
    await turn.show(field_views.ask_lead_entry(lead, field, ticked, turn.t))


def _ticked(form: dict[str, Any]) -> list[int]:
    fields: dict[str, dict[str, list[int]]] = (form.get("typed") or {}).get("fields") or {}
    return fields.get(str(form["field"]), {}).get("ids", [])
