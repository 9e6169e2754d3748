"""A consent that a form brings: with the request at first, with the client from then on."""

from db.models import Consent
from tests.cast import actor_of
from tests.inflow.conftest import Inflow

PHONE = "+79161234567"
TEXT = "Romashka keeps your name and phone to answer your request."


async def test_a_form_brings_it_to_the_lead_and_on_to_the_client(inflow: Inflow) -> None:
    olga, anna = await actor_of(inflow.services, "olga"), await actor_of(inflow.services, "anna")
    given = {"phone": PHONE, "name": "Ivan", "consent": True}
    await inflow.lead(given | {"phone": "+79160000001"})
    assert await inflow.all(Consent) == [], "there is no text to agree to yet"
    await inflow.services.consents.write(olga, TEXT)
    lead = (await inflow.lead(given)).json()["lead_id"]
    (consent,) = await inflow.all(Consent)
    assert (consent.lead_id, consent.number, consent.way) == (lead, 1, "site")
    card = await inflow.services.leads.take(anna, lead)
    await inflow.services.outcomes.qualify(anna, lead, card.version)
    (consent,) = await inflow.all(Consent)
    assert consent.lead_id is None
    assert consent.contact_id is not None
    await inflow.lead(given | {"text": "And a door"})
    await inflow.lead({"phone": PHONE, "text": "Nothing ticked"})
    assert len(await inflow.all(Consent)) == 1, "one that is known is not written down twice"
