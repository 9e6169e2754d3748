"""Making a deal of a lead, and asking first where its client has one in work already."""

from handlers.errors import describe
from handlers.leads import show_deal
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import lead_twins as views
from keyboards.lead_data import LeadDealCb
from keyboards.lead_twins import LeadAnotherCb
from services.access import Action
from services.deal_twins import TwinsError
from services.errors import StaleError

FORM = "lead.company"

describe({"deal.twins": "This client has a deal in work already."})


@registry.press(LeadDealCb, Action.LEAD_QUALIFY)
async def on_lead_deal(turn: Turn, data: LeadDealCb) -> None:
    """A deal without a company."""
    await make_deal(turn, data.lead_id, data.version, None)


@registry.press(LeadAnotherCb, Action.LEAD_QUALIFY)
async def on_lead_another(turn: Turn, data: LeadAnotherCb) -> None:
    """Another deal, with the company that was typed before the question."""
    form = await turn.form.data()
    company = form.get("company") if form.get("back") == ["lead", data.lead_id] else None
    if data.named and not company:
        await turn.services.leads.card(turn.actor, data.lead_id)
        raise StaleError
    await make_deal(turn, data.lead_id, data.version, company if data.named else None, again=True)


async def make_deal(
    turn: Turn, lead_id: int, version: int, company: str | None, *, again: bool = False
) -> None:
    """Make it, or name those that are there; the form keeps the company until the answer."""
    try:
        lead = await turn.services.outcomes.qualify(turn.actor, lead_id, version, company, again=again)
    except TwinsError as known:
        await turn.form.wait(FORM, back=["lead", lead_id], version=version, company=company)
        await turn.show(views.twins(lead_id, version, known.deals, turn.t, named=company is not None))
    else:
        await show_deal(turn, lead)
        await turn.form.close()
