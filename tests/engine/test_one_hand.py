"""Who read the database later is also seen later."""

import asyncio
from contextlib import suppress

import pytest
from aiogram.types import Chat, Update

from bot import one_hand
from bot.one_hand import OneHand, spot_before, spot_of
from db.models import Card, Outbox
from handlers.bound import Binding
from handlers.screen import Screen
from keyboards.tongue import esc
from tests.engine.rig import Rig, message, until

ANNA, GROUP = 1001, -100


async def test_a_card_never_falls_back_to_what_it_showed_before_a_press(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender has drawn the old state and is about to send it when Anna changes the deal."""
    rig.telegram.people[ANNA].start()
    state, drawn, changed = ["old"], asyncio.Event(), asyncio.Event()

    async def draw(row: Outbox) -> Screen:
        text = esc(f"{row.params['text']} {state[0]}")
        drawn.set()
        if row.kind == "refresh":
            with suppress(TimeoutError):  # time enough for the change below, if it does not wait
                await asyncio.wait_for(changed.wait(), 0.3)
        return Screen(text, subject=("deal", 7))

    async def change(_: Update) -> None:
        if not card:
            return
        state[0] = "new"
        await rig.bot.edit_message_text("pressed new", chat_id=ANNA, message_id=card[0])
        changed.set()

    card: list[int] = []
    rig.product.quiet = True
    monkeypatch.setattr(rig.product, "render", draw)
    rig.product.before = change
    await rig.start()
    await rig.queue(_card("queued", "k1", "card"))
    await rig.settled()
    card += [found.message_id for found in await rig.all(Card)]
    drawn.clear()
    await rig.queue(_card("queued", "k2", "refresh"))
    await drawn.wait()
    rig.telegram.people[ANNA].send(next(iter(rig.telegram.bots.values())), "change it")
    await rig.settled()
    shown = {one.id: one.text for one in rig.telegram.messages(rig.telegram.people[ANNA])}
    assert shown[card[0]] == "pressed new"


async def test_what_shows_something_else_is_not_drawn_over(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card of a deal is to follow a change, by which its message has come to show a client."""
    rig.telegram.people[ANNA].start()
    drawn: list[str] = []

    async def draw(row: Outbox) -> Screen:
        drawn.append(row.kind)
        return Screen(esc("the deal"), subject=("deal", 7))

    async def change(_: Update) -> None:
        if rig.product.bindings:
            await rig.queue(_card("queued", "k2", "refresh"))
            await asyncio.sleep(0.1)  # The sender knows where the deal stands, and waits for its turn.
            await rig.bot.edit_message_text("the client", chat_id=ANNA, message_id=card)

    rig.product.quiet = True
    monkeypatch.setattr(rig.product, "render", draw)
    rig.product.before = change
    await rig.start()
    await rig.queue(_card("queued", "k1", "card"))
    await rig.settled()
    [card] = [found.message_id for found in await rig.all(Card)]
    rig.product.bindings = [Binding(ANNA, card, "contact", 3, None)]
    rig.telegram.people[ANNA].send(next(iter(rig.telegram.bots.values())), "open the client")

    async def begun() -> bool:
        return any(row.kind == "refresh" for row in await rig.all(Outbox))

    await until(begun)
    await rig.settled()
    shown = {one.id: one.text for one in rig.telegram.messages(rig.telegram.people[ANNA])}
    assert (shown[card], drawn) == ("the client", ["card"])
    assert [(found.subject, found.subject_id) for found in await rig.all(Card)] == [("contact", 3)]


async def test_others_are_not_hindered_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_hand, "PATIENCE", 0.01)
    hands, spot = OneHand(), spot_of(ANNA, 5)
    async with hands.at(spot), hands.at(spot):
        pass  # the second did not wait for the first for ever
    async with asyncio.timeout(1), hands.at(spot):
        pass


def test_a_private_chat_is_one_place_and_a_group_has_many() -> None:
    assert spot_of(ANNA, 1) == spot_of(ANNA, 2)
    assert spot_of(GROUP, 1) != spot_of(GROUP, 2)


def test_talk_of_a_group_draws_no_card() -> None:
    said = {"message_id": 3, "date": 0, "text": "hello"}
    here = {"id": GROUP, "type": "supergroup", "title": "Sales"}
    person = {"id": ANNA, "is_bot": False, "first_name": "Anna"}
    press = {"id": "1", "from": person, "chat_instance": "1", "data": "x", "message": {**said, "chat": here}}
    assert spot_before(Update.model_validate({"update_id": 1, "message": {**said, "chat": here}})) is None
    assert spot_before(Update.model_validate({"update_id": 1, "callback_query": press})) == (GROUP, 3)
    whisper = {**press, "message": {**press["message"], "message_id": 0, "ephemeral_message_id": 1}}
    assert spot_before(Update.model_validate({"update_id": 1, "callback_query": whisper})) is None
    private = {**said, "chat": Chat(id=ANNA, type="private").model_dump()}
    assert spot_before(Update.model_validate({"update_id": 1, "message": private})) == (ANNA, 0)


def _card(text: str, key: str, kind: str) -> dict[str, object]:
    return message(ANNA, text, key, kind=kind, params={"text": text, "subject": "deal", "id": 7})
