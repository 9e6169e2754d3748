"""The ordinary day: updates in, messages out, presses answered."""

import asyncio

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Take", callback_data="take:1", style="success")],
        [InlineKeyboardButton(text="Site", url="https://example.com/x")],
    ]
)


async def test_get_me_answers_as_aiogram_expects(client):
    me = await client.get_me()
    assert (me.id, me.username, me.is_bot, me.can_read_all_group_messages) == (42, "sdelka_bot", True, False)


async def test_a_start_arrives_and_is_confirmed_by_the_next_offset(world, client):
    world.anna.start(payload="abc")
    [update] = await client.get_updates()
    assert update.message.text == "/start abc"
    assert update.message.from_user.id == world.anna.id == update.message.chat.id
    assert update.message.entities[0].type == "bot_command"
    assert [u.update_id for u in await client.get_updates()] == [update.update_id]
    assert await client.get_updates(offset=update.update_id + 1) == []
    await world.tg.idle()


async def test_a_message_comes_back_with_entities_and_keyboard(world, client):
    world.anna.start()
    sent = await client.send_message(
        world.anna.id,
        "<b>Deal 😀</b> &lt;1&gt;",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=1),
    )
    assert sent.text == "Deal 😀 <1>"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 7)]
    assert sent.reply_markup.inline_keyboard[0][0].style == "success"
    assert sent.reply_to_message.text == "/start"
    assert sent.from_user.id == 42
    assert world.anna.screen().labels == ["Take", "Site"]


async def test_a_press_is_answered_and_the_card_changes_in_place(world, client):
    world.anna.start()
    await client.send_message(world.anna.id, "Lead", reply_markup=KEYBOARD)
    press = world.anna.press(world.anna.screen(), "Take")
    update = (await client.get_updates())[-1]
    query = update.callback_query
    assert (query.data, query.from_user.id, query.message.text) == ("take:1", world.anna.id, "Lead")
    edited = await client.edit_message_text(
        "Taken", chat_id=world.anna.id, message_id=query.message.message_id
    )
    assert edited.reply_markup is None
    assert await client.answer_callback_query(query.id, "Yours", show_alert=True)
    answer = await press
    assert (answer.text, answer.alert) == ("Yours", True)
    assert world.anna.screen().text == "Taken"
    assert world.anna.unread() == 1
    world.anna.read()
    assert world.anna.unread() == 0
    assert len(world.tg.messages(world.anna)) == 2


async def test_a_long_poll_wakes_at_once(world, client):
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await world.bot.updates.polled()
    world.anna.start()
    assert (await poll)[0].message.text == "/start"


async def test_it_refuses_strangers_and_those_who_blocked_the_bot(world, client):
    with pytest.raises(TelegramBadRequest, match=r"chat not found"):
        await client.send_message(world.anna.id, "hi")
    world.tg.add_group("Sales", [world.anna])
    with pytest.raises(TelegramForbiddenError, match=r"bot can't initiate conversation with a user"):
        await client.send_message(world.anna.id, "hi")
    world.anna.start()
    await client.send_message(world.anna.id, "hi")
    world.anna.block()
    with pytest.raises(TelegramForbiddenError, match=r"bot was blocked by the user"):
        await client.send_message(world.anna.id, "hi")
    change = (await client.get_updates())[-1].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
