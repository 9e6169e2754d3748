"""How it looks that a lead is offered to one person alone."""

from handlers.screen import Screen
from keyboards.tongue import Html, Tongue
from services.dto.leads import LeadStub, Offer


def offer_line(offer: Offer, t: Tongue) -> Html:
    """To whom, and until when."""
    if offer.mine:
        return t.html("🎯 <b>For you</b> · take it by {time}", time=t.clock(offer.until))
    return t.html("🎯 Offered to {name} until {time}", name=offer.to, time=t.clock(offer.until))


def passed(lead: LeadStub, t: Tongue) -> Screen:
    """What is left of an offer that has gone on; no card any more."""
    return Screen(t.html("⏭ #{id} · has gone on", id=lead.id), public=True)
