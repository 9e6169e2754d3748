"""What Telegram refuses when a bot writes, edits, deletes or answers, in Telegram's words."""

import json

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)


def inline(**button):
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**button)]])


async def post(http, method, **params):
    async with http.post(f"/bot42:TEST/{method}", json=params) as response:
        return response.status, await response.json()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "ы" * 20_000}, "text is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{nonsense"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "a"}]]}},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "я" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a", "style": "red"}]]},
            },
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101}},
            "reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "nonsense"}]]}},
            "inline keyboard button URL 'nonsense' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[{"request_contact": True}]]}},
            "can't parse keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "receive an entity with incorrect offset -1",
        ),
    ],
)
async def test_a_message_that_telegram_would_not_take(world, http, params, words):
    world.anna.start()
    status, body = await post(http, "sendMessage", chat_id=world.anna.id, **params)
    assert (status, body) == (400, {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"})
    assert world.anna.screen() is None


async def test_the_longest_text_and_the_longest_data_are_taken(world, client):
    world.anna.start()
    sent = await client.send_message(
        world.anna.id, "😀" * 4096, reply_markup=inline(text="a", callback_data="я" * 32)
    )
    assert len(sent.text) == 4096


async def test_a_missing_chat_and_a_bot_cannot_be_written_to(world, client):
    world.tg.add_bot("43:OTHER", "other_bot", "Other")
    for chat_id, kind, words in [
        (555, TelegramBadRequest, "chat not found"),
        (-5, TelegramBadRequest, "chat not found"),
        ("@nobody", TelegramBadRequest, "chat not found"),
        (43, TelegramForbiddenError, "bot can't send messages to bots"),
    ]:
        with pytest.raises(kind, match=words):
            await client.send_message(chat_id, "x")


async def test_a_deleted_account_is_refused(world, client):
    world.anna.start()
    world.anna.deactivate()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await client.send_message(world.anna.id, "x")


async def test_an_edit_needs_a_change_a_message_and_ones_own(world, client):
    world.anna.start()
    own = await client.send_message(world.anna.id, "x", reply_markup=inline(text="a", callback_data="a"))
    theirs = world.anna.send(None, "mine")
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Menu")]])
    with_keys = await client.send_message(world.anna.id, "keys", reply_markup=keyboard)
    for number, words in [
        (
            own.message_id,
            "message is not modified: specified new message content and reply markup are exactly the same",
        ),
        (999, "message to edit not found"),
        (theirs.id, "message can't be edited"),
        (with_keys.message_id, "message can't be edited"),
    ]:
        with pytest.raises(TelegramBadRequest, match=words):
            await client.edit_message_text(
                "x", chat_id=world.anna.id, message_id=number, reply_markup=own.reply_markup
            )
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await client.edit_message_reply_markup(
            chat_id=world.anna.id, message_id=own.message_id, reply_markup=own.reply_markup
        )
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await client.edit_message_caption(chat_id=world.anna.id, message_id=own.message_id, caption="c")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await client.edit_message_text("x" * 4097, chat_id=world.anna.id, message_id=own.message_id)


async def test_only_inline_keyboards_fit_an_edit(world, client, http):
    world.anna.start()
    own = await client.send_message(world.anna.id, "x")
    markup = json.loads(ForceReply().model_dump_json())
    status, body = await post(
        http,
        "editMessageText",
        chat_id=world.anna.id,
        message_id=own.message_id,
        text="y",
        reply_markup=markup,
    )
    assert (status, body["description"]) == (400, "Bad Request: inline keyboard expected")


async def test_a_message_can_be_deleted_for_two_days(world, client):
    world.anna.start()
    old = await client.send_message(world.anna.id, "old")
    world.clock.tick(48 * 3600 + 1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await client.delete_message(world.anna.id, old.message_id)
    fresh = await client.send_message(world.anna.id, "fresh")
    assert await client.delete_message(world.anna.id, fresh.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await client.delete_message(world.anna.id, fresh.message_id)
    more = [(await client.send_message(world.anna.id, str(n))).message_id for n in range(3)]
    assert await client.delete_messages(world.anna.id, [*more, 999])
    assert world.anna.screen().text == "old"


async def test_a_press_can_be_answered_once_and_in_time(world, client):
    world.anna.start()
    await client.send_message(world.anna.id, "x", reply_markup=inline(text="a", callback_data="a"))
    first, second = (world.anna.press(world.anna.screen(), "a") for _ in range(2))
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await client.answer_callback_query(first.id, "x" * 201)
    with pytest.raises(TelegramBadRequest, match="URL_INVALID"):
        await client.answer_callback_query(first.id, url="https://example.com")
    await client.answer_callback_query(first.id, url="https://t.me/sdelka_bot?start=x")
    too_old = "query is too old and response timeout expired or query ID is invalid"
    with pytest.raises(TelegramBadRequest, match=too_old):
        await client.answer_callback_query(first.id)
    world.clock.tick(151)
    with pytest.raises(TelegramBadRequest, match=too_old):
        await client.answer_callback_query(second.id)


async def test_an_unknown_token_and_an_unknown_method(world, client, http):
    with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
        await world.client("1:WRONG").get_me()
    assert await post(http, "sendWishes") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    assert await client.log_out()
    with pytest.raises(TelegramUnauthorizedError):
        await client.get_me()


async def test_a_group_that_became_a_supergroup_says_where_it_went(world, client):
    group = world.tg.add_group("Sales", [world.anna])
    await client.send_message(group.id, "here")
    new = group.upgrade()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await client.send_message(group.id, "x")
    assert moved.value.migrate_to_chat_id == new.id
    assert (await client.send_message(new.id, "there")).chat.type == "supergroup"
    moves = [u.message for u in await client.get_updates() if u.message]
    assert {m.migrate_to_chat_id for m in moves} == {None, new.id}
    assert {m.migrate_from_chat_id for m in moves} == {None, group.id}


async def test_a_bot_that_is_not_there_any_more_is_told_so(world, client):
    group = world.tg.add_group("Sales", [world.anna], supergroup=True)
    group.leave(world.bot, by=world.anna)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await client.send_message(group.id, "x")
    small = world.tg.add_group("Small", [world.anna])
    assert await client.leave_chat(small.id)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await client.send_message(small.id, "x")
    elsewhere = world.tg.add_group("Elsewhere", [world.anna], bots=())
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await client.send_message(elsewhere.id, "x")


async def test_a_bot_without_permission_may_not_write(world, client):
    group = world.tg.add_group("Sales", [world.anna])
    group.restrict(world.bot, can_send_messages=False)
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages to the chat"):
        await client.send_message(group.id, "x")


async def test_reply_buttons_that_ask_for_data_are_for_private_chats(world, client):
    group = world.tg.add_group("Sales", [world.anna])
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Phone", request_contact=True)]])
    with pytest.raises(TelegramBadRequest, match="phone number can be requested in private chats only"):
        await client.send_message(group.id, "x", reply_markup=keyboard)


async def test_a_lenient_reply_goes_out_without_its_reply(world, client):
    world.anna.start()
    parameters = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    sent = await client.send_message(world.anna.id, "x", reply_parameters=parameters)
    assert sent.reply_to_message is None


async def test_missing_parameters_are_named(world, http):
    assert (await post(http, "sendMessage", text="x"))[1]["description"] == "Bad Request: chat_id is empty"
    assert (await post(http, "sendContact", chat_id=1))[1][
        "description"
    ] == 'Bad Request: parameter "phone_number" is required'
