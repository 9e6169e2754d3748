"""Whatever a bot sends, the server answers: it accepts it or refuses it, and never falls over."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import ApiError, Telegram
from sandbox.methods import METHODS
from sandbox.methods.registry import Context, Params

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
NAMES = st.sampled_from(
    [
        "inline_keyboard",
        "keyboard",
        "text",
        "url",
        "callback_data",
        "web_app",
        "copy_text",
        "style",
        "type",
        "offset",
        "length",
        "message_id",
        "request_users",
        "force_reply",
        "remove_keyboard",
        "media",
        "command",
        "description",
        "chat_id",
        "user_id",
        "emoji",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "text",
        "parse_mode",
        "entities",
        "reply_markup",
        "reply_parameters",
        "link_preview_options",
        "media",
        "scope",
        "message_thread_id",
        "message_ids",
        "commands",
        "reaction",
        "caption",
        "caption_entities",
        "action",
        "name",
        "document",
        "photo",
        "latitude",
        "longitude",
        "phone_number",
        "first_name",
        "menu_button",
        "results",
        "user_id",
        "callback_query_id",
        "language_code",
        "icon_color",
        "icon_custom_emoji_id",
        "file_id",
        "limit",
    ]
)
SYNCHRONOUS = sorted(set(METHODS) - {"getupdates", "setwebhook", "deletewebhook", "logout", "close"})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    name=st.sampled_from(SYNCHRONOUS),
    values=st.dictionaries(FIELDS, VALUES, max_size=5),
    number=st.sampled_from([1, 2, 3, 999]),
    group=st.booleans(),
)
def test_any_parameters_get_a_result_or_a_refusal(name, values, number, group):
    tg = Telegram(limits=None)
    bot = tg.add_bot()
    anna = tg.add_person(1001, "Anna")
    forum = tg.add_group("Sales", [anna], bot_admin={"can_manage_topics": True}, forum=True)
    anna.start()
    METHODS["sendmessage"](Context(tg, bot, Params({"chat_id": 1001, "text": "card"}, {})))
    chat = forum.id if group else anna.id
    params = {**values, "chat_id": chat, "from_chat_id": chat, "message_id": number}
    try:
        result = METHODS[name](Context(tg, bot, Params(params, {})))
    except ApiError as refusal:
        result = refusal.as_json()
    json.dumps(result, ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"chat_id": 1001, "text": "\\ud83d"}', "application/json"),
        (
            b"chat_id=1001&text=x&reply_markup=" + b'{"keyboard":[["\\ud83d"]]}',
            "application/x-www-form-urlencoded",
        ),
        (b'{"chat_id": 1001, "text": "\xff"}', "application/json"),
        (b"\xff", "application/x-www-form-urlencoded"),
    ],
)
async def test_strings_that_are_no_unicode_are_refused(world, http, body, kind):
    world.anna.start()
    async with http.post("/bot42:TEST/sendMessage", data=body, headers={"Content-Type": kind}) as response:
        answer = await response.json()
    assert (answer["error_code"], answer["description"]) == (
        400,
        "Bad Request: strings must be encoded in UTF-8",
    )


@pytest.mark.parametrize("body", [b"{nonsense", b"[1]"])
async def test_a_body_that_is_no_json_object_is_refused(http, body):
    headers = {"Content-Type": "application/json"}
    async with http.post("/bot42:TEST/getMe", data=body, headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse request JSON object"


async def test_parameters_come_by_query_form_json_and_multipart_alike(world, http):
    world.anna.start()
    where = "/bot42:TEST/sendMessage"
    ways = [
        http.get(where, params={"chat_id": "1001", "text": "1"}),
        http.post(where, data={"chat_id": "1001", "text": "2"}),
        http.post(where, json={"chat_id": 1001, "text": "3"}),
        http.post(where.replace("sendMessage", "SENDmessage"), json={"chat_id": "1001", "text": "4"}),
    ]
    for way in ways:
        async with way as response:
            assert response.status == 200
    assert [m.text for m in world.tg.messages(world.anna)] == ["/start", "1", "2", "3", "4"]
