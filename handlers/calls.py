"""Calls that were made by hand, with deals and clients: how they ended, and what comes next."""

from handlers.registry import registry
from handlers.task_forms import ask_moment
from handlers.turn import Turn
from handlers.views import calls as views
from handlers.views import clients as client_views
from keyboards.clients import ClientCallCb, ClientCallsCb
from keyboards.deal_data import DealCallCb, DealCallsCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientCard, ClientKind
from services.dto.leads import CallOutcome
from services.dto.tasks import Link

AGAIN = (CallOutcome.CALL_BACK, CallOutcome.NO_ANSWER)
"""After these one calls again."""


@registry.press(DealCallsCb, Action.CALL_LOG)
async def on_deal_calls(turn: Turn, data: DealCallsCb) -> None:
    """How did the call end?"""
    await turn.show(views.of_deal(await turn.services.deals.card(turn.actor, data.deal_id), turn.t))


@registry.press(DealCallCb, Action.CALL_LOG)
async def on_deal_call(turn: Turn, data: DealCallCb) -> None:
    """Like this; and when shall one call again, or what is next?"""
    outcome = choice(CallOutcome, data.outcome)
    deal = await turn.services.deals.log_call(turn.actor, data.deal_id, outcome)
    if outcome in AGAIN and Action.TASK_CREATE in deal.can:
        name = deal.contact.name if deal.contact else deal.title
        await ask_moment(turn, turn.t("Call back: {name}", name=name), Link("deal", deal.id))
    else:
        await turn.show(views.next_of_deal(deal, turn.t))


@registry.press(ClientCallsCb, Action.CALL_LOG)
async def on_client_calls(turn: Turn, data: ClientCallsCb) -> None:
    """How did the call end?"""
    kind = choice(ClientKind, data.kind)
    client = await turn.services.clients.card(turn.actor, kind, data.client_id, Action.CLIENT_EDIT)
    await turn.show(views.of_client(client, turn.t))


@registry.press(ClientCallCb, Action.CALL_LOG)
async def on_client_call(turn: Turn, data: ClientCallCb) -> None:
    """Like this; and when shall one call again?"""
    outcome, kind = choice(CallOutcome, data.outcome), choice(ClientKind, data.kind)
    client = await turn.services.calls.log(turn.actor, kind, data.client_id, outcome)
    if outcome in AGAIN and turn.actor.may(Action.TASK_CREATE):
        await ask_moment(turn, turn.t("Call back: {name}", name=client.name), _link(client))
    else:
        await turn.show(client_views.card(client, turn.t))


def _link(client: ClientCard) -> Link:
    return Link("contact" if client.kind is ClientKind.CONTACT else "firm", client.id)
