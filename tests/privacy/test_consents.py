"""Consent: the owner's text in versions, who agreed to which, by hand, by a form, and taken back."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Consent, Event
from services.dto.privacy import ConsentWay
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from tests.cast import actor_of
from tests.clients.making import OTHER_PHONE, PHONE, make_client
from tests.clients.uniting import unite
from tests.world import World

TEXT = "Romashka keeps your name and phone to answer your request."


async def test_by_buttons_from_the_text_to_the_taking_back(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    anna, olga = world.anna, world.olga
    await anna.say("1234567")
    card = anna.screen
    await anna.press("🔏 Personal data")
    assert "No consent was written down yet." in anna.text
    assert "The owner writes it: Profile → Company." in anna.text
    assert "✅ They have agreed" not in anna.labels
    assert not {"🧹 Erase everything…", "📤 Hand out: to read", "✏️ Write the text"} & set(anna.labels)

    await olga.press(data=f"pv:{client}")
    await olga.press("✏️ Write the text")
    await olga.say("x" * 3501)
    assert "3500 characters at most" in olga.text
    await olga.say(TEXT)
    assert "✅ They have agreed" in olga.labels  # Back with the client for whose sake it was written.
    await olga.say("/settings")
    await olga.press("🏢 Company")
    await olga.press("🔏 Consent")
    assert "text no. 1" in olga.text
    assert TEXT in olga.text
    await olga.press("✏️ Next version")
    await olga.say(TEXT)
    assert olga.text == "This is the text that holds already."

    await anna.press(data=f"pv:{client}", on=card)
    await anna.press("✅ They have agreed")
    old = anna.screen
    await anna.press("📝 On paper")
    assert "✅ text no. 1 · today" in anna.text
    assert "on paper · Anna" in anna.text
    assert await anna.press(data=f"pvg:{client}:paper:1", on=old) is not None, "a second tap changes nothing"
    assert await world.count(Consent) == 1
    await anna.press(data=f"c:{client}", on=old)
    assert "🔏 Consent to text no. 1" in anna.text
    await anna.press("🔏 Personal data")
    await anna.press("↩️ They took it back")
    assert "taken back today" in anna.text
    assert await anna.press(data=f"pvx:{client}", on=old) is not None
    told = await world.rows(select(Event.action).where(Event.action.like("client.consent%")))
    assert [row[0] for row in told] == ["client.consent", "client.consent_withdrawn"]
    for forged in (f"pv:{client}", f"pvw:{client}", f"pvg:{client}:paper:1", f"pvx:{client}", "pv:999"):
        before = await world.count(Consent)
        toast = await world.victor.press(data=forged, on=world.victor.screen)
        assert toast == "There is no such client, or they are not yours to see.", forged
        assert await world.count(Consent) == before


async def test_it_reads_well_in_russian(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    await world.services.consents.write(await actor_of(world.services, "olga"), TEXT)
    anna = world.anna
    await anna.say("/settings")
    await anna.press("🌐 In Russian")
    await anna.press(data=f"pv:{client}", on=anna.screen)
    assert anna.text.startswith("🔏 Ivan Petrov: персональные данные")
    await anna.press("✅ Согласие дано")
    await anna.press("📞 Устно")
    assert "✅ текст № 1 · сегодня" in anna.text


async def test_a_newer_text_is_agreed_to_anew_and_the_old_consent_stays(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    consents, olga = world.services.consents, await actor_of(world.services, "olga")
    anna = await actor_of(world.services, "anna")
    with pytest.raises(AppError, match="no_text"):
        await consents.give(anna, client, ConsentWay.PAPER, 1)
    await consents.write(olga, TEXT)
    with pytest.raises(ForbiddenError):
        await consents.write(anna, "mine")
    await consents.give(anna, client, ConsentWay.CHAT, 1)
    assert (await consents.write(olga, TEXT + " For a year.")).given == 0
    with pytest.raises(StaleError):
        await consents.give(anna, client, ConsentWay.CHAT, 1)
    card = await consents.give(anna, client, ConsentWay.SPOKEN, 2)
    assert [(one.number, one.way) for one in card.consents] == [(2, "spoken"), (1, "chat")]
    taken = await consents.withdraw(anna, client)
    assert taken.current is None
    assert all(one.withdrawn_by == "Anna" for one in taken.consents)
    with pytest.raises(NotFoundError):
        await consents.card(await actor_of(world.services, "victor"), client)


async def test_of_two_who_write_it_down_at_once_one_does(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    consents, olga = world.services.consents, await actor_of(world.services, "olga")
    await consents.write(olga, TEXT)
    actors = [await actor_of(world.services, name) for name in ("anna", "helen", "olga")]
    done = await asyncio.gather(
        *(consents.give(one, client, ConsentWay.PAPER, 1) for one in actors), return_exceptions=True
    )
    assert sum(isinstance(one, StaleError) for one in done) == 2
    assert await world.count(Consent) == 1


async def test_it_goes_along_when_clients_are_united(world: World) -> None:
    kept = await make_client(world, phones=(PHONE,))
    gone = await make_client(world, name="Petrov I.", phones=(OTHER_PHONE,))
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    await world.services.consents.write(olga, TEXT)
    await world.services.consents.give(anna, gone, ConsentWay.PAPER, 1)
    await unite(world, kept, gone)
    assert (await world.services.consents.card(anna, kept)).current is not None
