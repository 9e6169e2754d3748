"""Messages that one member of a group alone sees: strict as Telegram's, and apart from the chat's own."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import EphemeralMessageParameters, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import ImpossibleError

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="more")]])


async def pressed(world, client, group):
    """Anna presses a card of the group: the card and the press."""
    sent = await client.send_message(group.id, "card", reply_markup=KEYS)
    card = group.messages[sent.message_id]
    return card, world.anna.press(card, "More")


def to(person: Any, press: Any = None, **more: Any) -> EphemeralMessageParameters:
    number = press.id if press is not None else None
    return EphemeralMessageParameters(receiver_user_id=person.id, callback_query_id=number, **more)


async def test_one_member_alone_sees_presses_and_loses_it(world, client, http):
    """In their topic and their program; the others and the chat itself know nothing of it."""
    group = world.tg.add_group(
        "Sales", [world.anna, world.boris], bot_admin={"can_manage_topics": True}, forum=True
    )
    topic = group.open_topic("Leads", by=world.anna)
    card, press = await pressed(world, client, group)
    more = {"message_thread_id": topic.id, "protect_content": True}
    sent = await client.send_message(
        group.id, "+7 916", reply_markup=KEYS, ephemeral_message_parameters=to(world.anna, press), **more
    )
    assert (sent.message_id, sent.receiver_user.id, sent.message_thread_id) == (0, world.anna.id, topic.id)
    assert sent.has_protected_content
    [whisper] = world.anna.whispers(group)
    assert (whisper.text, world.boris.whispers(group)) == ("+7 916", [])
    assert list(group.messages.values())[-1] is card
    assert world.anna.unread(group) == 1, "the card alone"
    assert "916" not in world.tg.wire(to=world.boris) + world.tg.wire(to=group)
    assert "916" in world.tg.wire(to=world.anna)

    async def shown(person, **page):
        answer = await http.get(f"/client/{person.id}/chats/{group.id}/messages", params=page)
        return (await answer.json())["messages"]

    *_, public, last = await shown(world.anna)
    assert (public["text"], public["whispered"]) == ("card", False)
    assert (last["text"], last["whispered"], last["thread"]) == ("+7 916", True, topic.id)
    assert public["id"] < last["id"] < public["id"] + 1
    assert (await shown(world.anna, before=last["id"]))[-1]["text"] == "card"
    assert [one["text"] for one in await shown(world.boris)][-1] == "card"

    with pytest.raises(ImpossibleError, match="does not see"):
        world.boris.press(whisper, "More")
    body = {"chat": group.id, "message": last["id"], "row": 0, "col": 0}
    assert (await http.post(f"/client/{world.boris.id}/press", json=body)).status == 400
    world.bot.updates.clear()
    tap = asyncio.create_task(http.post(f"/client/{world.anna.id}/press", json=body))
    [update] = await client.get_updates(timeout=5)
    query = update.callback_query
    assert await client.answer_callback_query(query.id, "Here")
    assert (await (await tap).json())["answer"]["text"] == "Here"
    assert (query.message.message_id, query.message.ephemeral_message_id) == (0, sent.ephemeral_message_id)
    there = {
        "chat_id": group.id,
        "receiver_user_id": world.anna.id,
        "ephemeral_message_id": sent.ephemeral_message_id,
    }
    assert await client.edit_ephemeral_message_text(**there, text="₽500")
    assert (whisper.text, whisper.keyboard) == ("₽500", [])
    with pytest.raises(TelegramBadRequest, match="not modified"):
        await client.edit_ephemeral_message_text(**there, text="₽500")
    foreign = {**there, "receiver_user_id": world.boris.id}
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await client.edit_ephemeral_message_text(**foreign, text="x")
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await client.edit_message_text("x", chat_id=group.id, message_id=0)
    replace = to(world.anna, query, replace_callback_query_message=True)
    with pytest.raises(TelegramBadRequest, match="can't be replaced"):
        await client.send_message(group.id, "x", ephemeral_message_parameters=replace)
    assert await client.delete_ephemeral_message(**there)
    assert world.anna.whispers(group) == []
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await client.delete_ephemeral_message(**there)


async def test_it_needs_a_group_a_member_and_a_fresh_press_of_theirs(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris])
    _, press = await pressed(world, client, group)
    stranger = world.tg.add_person(1003, "Eve")
    world.anna.start()

    async def refused(why: str, parameters: Any, where: int = group.id) -> None:
        with pytest.raises(TelegramBadRequest, match=why):
            await client.send_message(where, "x", ephemeral_message_parameters=parameters)

    await refused("only to groups", to(world.anna, press), world.anna.id)
    await refused("only to groups", to(world.anna), world.tg.add_channel("News", world.anna).id)
    await refused("USER_NOT_PARTICIPANT", to(stranger, press))
    await refused("query ID is invalid", to(world.boris, press))
    await refused("not enough rights", to(world.anna))
    await refused("no callback query", to(world.anna, replace_callback_query_message=True))
    other = world.tg.add_group("Other", [world.anna])
    await refused("query ID is invalid", to(world.anna, press), other.id)
    world.clock.tick(15)
    await client.send_message(group.id, "x", ephemeral_message_parameters=to(world.anna, press))
    world.clock.tick(1)
    await refused("too old", to(world.anna, press))
    assert len(world.anna.whispers(group)) == 1


async def test_an_administrator_needs_no_press_and_an_old_server_shows_it_to_everybody(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={})
    sent = await client.send_message(group.id, "psst", ephemeral_message_parameters=to(world.anna))
    assert sent.ephemeral_message_id
    world.tg.knows_ephemeral = False
    sent = await client.send_message(group.id, "psst", ephemeral_message_parameters=to(world.anna))
    assert sent.ephemeral_message_id is None
    assert group.messages[sent.message_id].text == "psst"
