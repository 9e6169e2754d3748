"""The owner opens ways in and closes them by hand, and the team sees what came by them."""

import re

from sqlalchemy import select

from db.models import ApiKey, FormSource
from keyboards.deal_data import DealHistoryCb
from services.dto.inquiries import InquiryInput, Shape
from tests.cast import actor_of
from tests.world import World


async def open_source(world: World, name: str = "Landing") -> str:
    """By hand; returns the token."""
    for label in ("👤 Profile", "🏢 Company", "📥 Requests from outside", "➕ Source"):
        await world.olga.press(label)
    await world.olga.say(name)
    await world.olga.press("Sales")
    found = re.search(r"/in/form/([\w-]{22})\b", world.olga.text)
    assert found is not None, world.olga.text
    return found[1]


async def test_a_source_is_opened_used_and_closed(world: World) -> None:
    await world.olga.say("/menu")
    token = await open_source(world)
    assert "Landing · Sales" in world.olga.text
    assert "No requests yet." in world.olga.text
    for address in (f"/in/tilda/{token}", f"/rest/1/{token}/crm.lead.add.json"):
        assert address in world.olga.text
    assert "curl -d name=Ivan" in world.olga.text
    assert "PUBLIC_URL" in world.olga.text
    assert world.olga.labels[:3] == ["📋 Form", "📋 Tilda", "📋 Bitrix24"]

    way = await world.services.ways.by_token(token)
    assert way is not None
    utm = {"source": "vk", "campaign": "<autumn>"}
    given = InquiryInput(
        Shape.FORM, name="Ivan", phone="89161234567", utm=utm, page_url="https://okna.example/"
    )
    await world.services.inquiries.receive(way, given)
    await world.settle()
    for hand in (world.anna, world.boris, world.helen):
        assert "Landing" in hand.text
        assert "🎯 vk · <autumn>" in hand.text
        assert "🔗 https://okna.example/" in hand.text
    await world.anna.press("✋ Take")
    await world.services.inquiries.receive(way, InquiryInput(Shape.FORM, phone="89161234567", text="Hello?"))
    await world.settle()
    assert "Landing has noted a new request of your client" in world.anna.text

    anna = await actor_of(world.services, "anna")
    lead = await world.services.leads.card(anna, 1)
    deal = (await world.services.outcomes.qualify(anna, lead.id, lead.version)).deal_id
    await world.anna.press(data=DealHistoryCb(deal_id=deal or 0).pack())
    assert "Landing: registered the lead · vk · <autumn>" in world.anna.text

    await world.olga.press("🌍 Sites")
    await world.olga.say("no site")
    assert "is no address of a site" in world.olga.text
    await world.olga.say("https://okna.example/contacts, пример.рф")
    assert "May send: https://okna.example, https://xn--e1afmkfd.xn--p1ai" in world.olga.text
    assert "2 requests, the last one" in world.olga.text
    card = world.olga.screen
    await world.olga.press("🗑 Close")
    assert "Its leads stay" in world.olga.text
    await world.olga.press("🗑 Yes, close it")
    assert "Landing" not in world.olga.labels
    assert await world.services.ways.by_token(token) is None
    assert await world.olga.press(on=card, data="rqs:1") == "There is no such source any more."
    (row,) = await world.rows(select(FormSource))
    assert row[0].closed_at == world.clock.now()
    world.clock.turn(days=2)
    await world.olga.press(data="rq")
    assert "🗑 Closed: Landing" in world.olga.text
    await world.olga.press("🗑 Landing")
    assert "the same addresses: 28 more days" in world.olga.text
    assert await world.helen.press(on=card, data="rqb:1") == "You may not do this."
    await world.olga.press("↩️ Open again")
    assert "https://okna.example" in world.olga.text
    assert await world.services.ways.by_token(token) is not None
    assert await world.olga.press(on=card, data="rqb:1") == "There is no such source any more."
    await world.services.sources.close(await actor_of(world.services, "olga"), 1)
    world.clock.turn(days=31)
    await world.olga.press(data="rq")
    assert "Closed" not in world.olga.text


async def test_a_key_reads_and_changes_cards_where_the_owner_wants_it(world: World) -> None:
    await world.olga.press(data="rqk")
    await world.olga.press("Read and change clients and fields")
    await world.olga.say("1C")
    await world.olga.press("Sales")
    assert "May: read clients, and the fields of leads and deals, change them" in world.olga.text
    assert (await world.rows(select(ApiKey.scopes)))[0][0] == ["cards:read", "cards:write"]
    await world.anna.press(data="rqu:fill")
    assert len(await world.rows(select(ApiKey))) == 1


async def test_a_key_is_shown_once_and_revoked(world: World) -> None:
    await world.olga.say("/menu")
    for label in ("👤 Profile", "🏢 Company", "📥 Requests from outside", "➕ API key"):
        await world.olga.press(label)
    await world.olga.press("Bring leads")
    await world.olga.say("—")
    assert "at least one letter" in world.olga.text
    await world.olga.say("Shop")
    await world.olga.press("Service")
    found = re.search(r"\bsdk_[\w-]{43}", world.olga.text)
    assert found is not None
    assert "it is shown once" in world.olga.text
    way = await world.services.ways.by_key(found[0])
    assert way is not None
    await world.olga.press("✅ I have it")
    assert found[0] not in world.olga.text
    assert found[0][:8] in world.olga.text
    assert "May: bring leads" in world.olga.text
    (row,) = await world.rows(select(ApiKey))
    assert found[0] not in str(vars(row[0]))
    await world.olga.press("🗑 Revoke")
    await world.olga.press("🗑 Yes, revoke it")
    assert await world.services.ways.by_key(found[0]) is None
    assert await world.anna.press(on=world.anna.screen, data="rqi:1") == "You may not do this."


async def test_a_department_pressed_too_late_makes_nothing(world: World) -> None:
    await world.olga.say("/menu")
    await open_source(world)
    await world.olga.press("🌍 Sites")
    await world.olga.press("✖️ Cancel")
    assert "Landing · Sales" in world.olga.text
    await world.olga.press(on=world.olga.screen, data="rqd:1")
    assert await world.count(FormSource) == 1


async def test_the_screens_speak_russian(world: World) -> None:
    await world.olga.say("/profile")
    await world.olga.press("🌐 In Russian")
    for label in ("🏢 Компания", "📥 Заявки извне"):
        await world.olga.press(label)
    assert "Пока ничего не открыто" in world.olga.text
    await world.olga.press("➕ Источник")
    await world.olga.say("Лендинг")
    await world.olga.press("Sales")
    assert "Заявок ещё не было" in world.olga.text
    assert world.olga.labels[:3] == ["📋 Форма", "📋 Tilda", "📋 Bitrix24"]
