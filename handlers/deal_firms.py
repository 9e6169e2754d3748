"""The company of a deal: chosen, looked for, made anew, taken off."""

from aiogram.types import Message

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deal_firms as views
from handlers.views import deals as deal_views
from keyboards.deal_data import DealFirmCb, DealFirmDropCb, DealFirmNewCb, DealFirmsCb
from services.access import Action
from services.dto.deals import DealCard
from services.errors import AppError, StaleError

FIRM = "deal.firm"


@registry.press(DealFirmsCb, Action.DEAL_EDIT)
async def on_deal_firms(turn: Turn, data: DealFirmsCb) -> None:
    """Which company?"""
    choice = await turn.services.deal_firms.choice(turn.actor, data.deal_id)
    await turn.form.close()
    await turn.form.wait(FIRM, back=["deal", data.deal_id])
    await turn.show(views.firms(choice, turn.t))


@registry.step(FIRM, Action.DEAL_EDIT)
async def got_deal_firm(turn: Turn, message: Message) -> None:
    """A part of its name."""
    deal_id = int((await turn.form.data())["back"][1])
    if not message.text:
        raise AppError("client.empty")
    choice = await turn.services.deal_firms.choice(turn.actor, deal_id, message.text)
    await turn.form.wait(FIRM, words=choice.words)
    await turn.show(views.firms(choice, turn.t))


@registry.press(DealFirmCb, Action.DEAL_EDIT)
async def on_deal_firm(turn: Turn, data: DealFirmCb) -> None:
    """This one."""
    firms = turn.services.deal_firms
    await _show(turn, await firms.link(turn.actor, data.deal_id, data.firm_id, data.version))


@registry.press(DealFirmNewCb, Action.CLIENT_CREATE)
async def on_deal_firm_new(turn: Turn, data: DealFirmNewCb) -> None:
    """A new one, called as was typed."""
    form = await turn.form.data()
    if form.get("back") != ["deal", data.deal_id] or not form.get("words"):
        await turn.services.deals.card(turn.actor, data.deal_id)
        raise StaleError("client.draft_gone")
    firms = turn.services.deal_firms
    await _show(turn, await firms.found(turn.actor, data.deal_id, str(form["words"]), data.version))


@registry.press(DealFirmDropCb, Action.DEAL_EDIT)
async def on_deal_firm_drop(turn: Turn, data: DealFirmDropCb) -> None:
    """None any more."""
    await _show(turn, await turn.services.deal_firms.unlink(turn.actor, data.deal_id, data.version))


async def _show(turn: Turn, deal: DealCard) -> None:
    await turn.form.close()
    await turn.show(deal_views.card(deal, turn.t))
