"""What the page asks for: chats, messages, deeds, the live stream."""

import asyncio
import json

import aiohttp
import pytest
from aiogram.types import (
    BotCommand,
    ChatAdministratorRights,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from sandbox.errors import ImpossibleError

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Take", callback_data="take", style="success")],
        [
            InlineKeyboardButton(text="Site", url="https://example.com/"),
            InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="+7")),
        ],
    ]
)


class Page:
    """One person's program."""

    def __init__(self, http, person) -> None:
        self.http = http
        self.base = f"/client/{person.id}"

    async def get(self, path, status=200):
        async with self.http.get(self.base + path) as response:
            assert response.status == status
            return await response.json()

    async def post(self, deed, status=200, **body):
        async with self.http.post(f"{self.base}/{deed}", json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
def page(world, http):
    return Page(http, world.anna)


async def test_people_and_the_bot_are_listed(world, http):
    async with http.get("/client/people") as response:
        body = await response.json()
    assert body["languages"] == ["ru", "en"]
    assert [(p["id"], p["name"], p["language"]) for p in body["people"]] == [
        (1001, "Anna Orlova", "ru"),
        (1002, "Boris", "en"),
    ]
    assert body["people"][1]["subtitle"] == "Manager"
    async with http.get("/client/info") as response:
        assert (await response.json())["bot"]["name"] == "Sdelka"


async def test_the_chat_with_the_bot_is_there_before_the_start(world, client, page):
    await client.set_my_commands([BotCommand(command="lead", description="New lead")])
    [chat] = (await page.get("/chats"))["chats"]
    assert (chat["id"], chat["title"], chat["bot"], chat["started"], chat["last"]) == (
        42,
        "Sdelka",
        True,
        False,
        None,
    )
    assert chat["commands"] == [{"command": "lead", "description": "New lead"}]
    await page.post("start", bot=42, payload="abc")
    assert (await client.get_updates())[0].message.text == "/start abc"
    [chat] = (await page.get("/chats"))["chats"]
    assert (chat["started"], chat["last"]["text"], chat["last"]["out"]) == (True, "/start abc", True)


async def test_a_conversation_is_shown(world, client, page):
    world.anna.start()
    await client.send_message(world.anna.id, "<b>Card</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    body = await page.get("/chats/42/messages")
    own, card = body["messages"]
    assert (own["out"], own["from"]["name"], own["chat"]) == (True, "Anna Orlova", 42)
    assert (card["out"], card["from"]["bot"], card["text"]) == (False, True, "Card")
    assert card["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert card["keyboard"] == [
        [{"text": "Take", "style": "success", "data": "take"}],
        [
            {"text": "Site", "style": None, "url": "https://example.com/"},
            {"text": "Copy", "style": None, "copy": "+7"},
        ],
    ]
    assert body["reply_keyboard"] is None
    assert (await page.get("/chats"))["chats"][0]["unread"] == 1
    await page.post("read", chat=42)
    assert (await page.get("/chats"))["chats"][0]["unread"] == 0


async def test_messages_come_in_pages(world, page):
    for number in range(7):
        world.anna.send(None, str(number))
    newest = (await page.get("/chats/42/messages?limit=3"))["messages"]
    assert [m["text"] for m in newest] == ["4", "5", "6"]
    older = (await page.get(f"/chats/42/messages?limit=3&before={newest[0]['id']}"))["messages"]
    assert [m["text"] for m in older] == ["1", "2", "3"]


async def test_a_press_waits_for_the_answer(world, client, page):
    world.anna.start()
    sent = await client.send_message(world.anna.id, "Card", reply_markup=KEYBOARD)
    pressing = asyncio.create_task(page.post("press", chat=42, message=sent.message_id, row=0, col=0))
    update = (await client.get_updates(offset=-1, timeout=5))[-1]
    while update.callback_query is None:
        update = (await client.get_updates(offset=update.update_id + 1, timeout=5))[-1]
    await client.answer_callback_query(update.callback_query.id, "Yours")
    assert await pressing == {"answer": {"text": "Yours", "alert": False, "url": None}}
    link = await page.post("press", chat=42, message=sent.message_id, row=1, col=0)
    assert link["answer"]["url"] == "https://example.com/"
    gone = await page.post("press", 400, chat=42, message=sent.message_id, row=5, col=0)
    assert gone == {"error": "the button is not there any more"}


async def test_everything_that_one_can_send(world, client, page, http):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={}, forum=True)
    topic = group.open_topic("Leads", by=world.anna)
    first = (await page.post("send", chat=42, text="hi"))["message"]
    await page.post("send", chat=42, text="again", reply_to=first["id"])
    await page.post("send", chat=group.id, text="talk", thread=topic.id)
    await page.post("contact", chat=42, name="Ivan Petrov", phone="+7916")
    await page.post("contact", chat=42, person=world.anna.id)
    await page.post("location", chat=42, latitude=55.7, longitude=37.6)
    await page.post("forward", chat=42, message=first["id"], to=group.id)
    await page.post("edit", chat=42, message=first["id"], text="hello")
    form = aiohttp.FormData({"chat": "42", "kind": "document", "caption": "see"})
    form.add_field("file", b"<script>", filename="x.html", content_type="text/html")
    async with http.post(f"{page.base}/file", data=form) as response:
        uploaded = (await response.json())["message"]
    assert (uploaded["text"], uploaded["file"]["name"], uploaded["file"]["size"]) == ("see", "x.html", 8)
    async with http.get(uploaded["file"]["url"]) as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Security-Policy"] == "sandbox"
    updates = await client.get_updates()
    assert updates[1].message.text == "hi"
    assert updates[2].message.reply_to_message.message_id == first["id"]
    assert updates[3].message.message_thread_id == topic.id
    assert (updates[4].message.contact.last_name, updates[4].message.contact.user_id) == ("Petrov", None)
    assert updates[5].message.contact.user_id == world.anna.id
    assert updates[6].message.location.latitude == 55.7
    assert updates[7].message.forward_origin.sender_user.id == world.anna.id
    assert updates[8].edited_message.text == "hello"
    assert updates[9].message.document.file_name == "x.html"
    shown = (await page.get("/chats/42/messages"))["messages"]
    assert (shown[0]["text"], shown[0]["edited"]) == ("hello", True)
    assert shown[1]["reply_to"] == {"id": first["id"], "from_name": "Anna Orlova", "text": "hello"}
    assert shown[2]["contact"] == {"name": "Ivan Petrov", "phone": "+7916"}
    await page.post("delete", chat=42, message=first["id"])
    assert (await page.get("/chats/42/messages"))["messages"][0]["text"] == "again"
    chats = {c["id"]: c for c in (await page.get("/chats"))["chats"]}
    assert chats[group.id]["topics"] == [
        {"id": topic.id, "name": "Leads", "icon_color": "#6fb9f0", "closed": False}
    ]


async def test_reply_keyboards_are_shown_and_taken_away(world, client, page):
    world.anna.start()
    rows = [[KeyboardButton(text="Menu"), KeyboardButton(text="Phone", request_contact=True)]]
    await client.send_message(world.anna.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    body = await page.get("/chats/42/messages")
    assert body["reply_keyboard"] == [[{"text": "Menu"}, {"text": "Phone", "request_contact": True}]]
    world.anna.reply_button("Menu")
    world.anna.reply_button("Phone")
    updates = await client.get_updates()
    assert updates[-2].message.text == "Menu"
    assert updates[-1].message.contact.user_id == world.anna.id
    await client.send_message(world.anna.id, "y", reply_markup=ReplyKeyboardRemove())
    assert (await page.get("/chats/42/messages"))["reply_keyboard"] is None


async def test_people_are_shared_as_far_as_the_button_asks(world, client, page):
    world.anna.start()
    asked = KeyboardButtonRequestUsers(request_id=7, max_quantity=2, request_name=True)
    rows = [[KeyboardButton(text="Choose", request_users=asked)]]
    markup = ReplyKeyboardMarkup(keyboard=rows, one_time_keyboard=True)
    await client.send_message(world.anna.id, "x", reply_markup=markup)
    with pytest.raises(ImpossibleError, match="share_users"):
        world.anna.reply_button("Choose")
    for number, people in ((8, [world.boris]), (7, []), (7, [world.anna, world.boris, world.anna])):
        with pytest.raises(ImpossibleError):
            world.anna.share_users(number, *people)
    await page.post("people", chat=42, request=7, people=[world.boris.id])
    message = (await client.get_updates())[-1].message
    assert message.user_shared.user_id == world.boris.id
    assert message.users_shared.request_id == 7
    assert message.users_shared.user_ids == [world.boris.id]
    [user] = message.users_shared.users
    assert (user.user_id, user.first_name, user.username) == (world.boris.id, world.boris.first_name, None)
    assert (await page.get("/chats/42/messages"))["reply_keyboard"] is None
    with pytest.raises(ImpossibleError, match="asks by request_users"):
        world.anna.share_users(7, world.boris)


async def test_a_bot_that_asks_for_a_group_gets_one_where_it_has_the_rights(world, client, page):
    world.anna.start()
    topics = dict.fromkeys(ChatAdministratorRights.model_fields, False) | {"can_manage_topics": True}
    asked = KeyboardButtonRequestChat(
        request_id=7,
        chat_is_channel=False,
        request_title=True,
        user_administrator_rights=ChatAdministratorRights(**topics),
        bot_administrator_rights=ChatAdministratorRights(**topics),
    )
    rows = [[KeyboardButton(text="Choose", request_chat=asked)]]
    await client.send_message(world.anna.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    mine = world.tg.add_group("Mine", [world.anna], bots=(), forum=True)
    other = world.tg.add_group("Not mine", [world.boris, world.anna], bots=(), forum=True)
    channel = world.tg.add_channel("News", world.anna)
    for number, group in ((8, mine), (7, other), (7, channel)):
        with pytest.raises(ImpossibleError):
            world.anna.share_chat(number, group)
    await page.post("group", chat=42, request=7, group=mine.id)
    added, shared = (await client.get_updates())[-2:]
    assert added.my_chat_member.new_chat_member.can_manage_topics
    assert (shared.message.chat_shared.chat_id, shared.message.chat_shared.title) == (mine.id, "Mine")
    assert "error" in await page.post("group", 400, chat=42, request=7, group=42)


async def test_blocking_stops_the_bot(world, page):
    world.anna.start()
    await page.post("block", chat=42)
    assert (await page.get("/chats"))["chats"][0]["blocked"] is True
    assert await page.post("send", 400, chat=42, text="x") == {"error": "Anna Orlova has blocked the bot"}
    await page.post("unblock", chat=42)
    await page.post("send", chat=42, text="x")


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("send", {"chat": 42, "text": "  "}),
        ("send", {"chat": 42}),
        ("send", {"chat": -7, "text": "x"}),
        ("edit", {"chat": 42, "message": 99, "text": "x"}),
        ("dance", {}),
        ("block", {"chat": 999}),
        ("start", {"bot": 42, "payload": "a b"}),
    ],
)
async def test_what_cannot_be_done_is_told(page, deed, body):
    assert "error" in await page.post(deed, 400, **body)


async def test_strangers_and_other_sites_are_kept_out(world, http, page):
    group = world.tg.add_group("Board", [world.boris])
    await page.get(f"/chats/{group.id}/messages", 400)
    async with http.get("/client/999/chats") as response:
        assert response.status == 400
    headers = {"Origin": "https://evil.example"}
    async with http.post(f"{page.base}/send", json={"chat": 42, "text": "x"}, headers=headers) as response:
        assert response.status == 403
    async with http.post(f"{page.base}/send", data='{"chat": 42, "text": "x"}') as response:
        assert response.status == 400
    assert world.tg.messages(world.anna) == []


class Stream:
    """Reads Server-Sent Events."""

    def __init__(self, response) -> None:
        self.response = response

    async def next(self):
        fields = {}
        while True:
            line = (await self.response.content.readline()).decode().rstrip("\n")
            if not line and fields:
                return fields["event"], json.loads(fields["data"]), fields["id"]
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value


async def test_the_stream_tells_everything_and_resumes(world, client, http, page):
    async with http.get(f"{page.base}/events") as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        await response.content.readline()
        stream = Stream(response)
        world.boris.start()
        world.anna.start()
        kind, body, _ = await stream.next()
        assert (kind, body["chat"], body["message"]["text"]) == ("message", 42, "/start")
        sent = await client.send_message(world.anna.id, "card")
        assert (await stream.next())[1]["message"]["text"] == "card"
        await client.edit_message_text("card 2", chat_id=world.anna.id, message_id=sent.message_id)
        kind, body, last = await stream.next()
        assert (kind, body["message"]["text"]) == ("edit", "card 2")
    await client.delete_message(world.anna.id, sent.message_id)
    world.boris.send(None, "not for Anna")
    async with http.get(f"{page.base}/events", headers={"Last-Event-ID": last}) as response:
        stream = Stream(response)
        kind, body, _ = await stream.next()
        assert (kind, body["message"]["id"]) == ("delete", sent.message_id)
        await page.post("read", chat=42)
        assert (await stream.next())[0] == "read"
        world.anna.block()
        kind, body, _ = await stream.next()
        assert (kind, body["chat"], body["info"]["blocked"]) == ("chat", 42, True)


async def test_a_stream_that_was_away_too_long_reloads(world, http, page):
    async with http.get(f"{page.base}/events", headers={"Last-Event-ID": "99999"}) as response:
        kind, body, _ = await Stream(response).next()
        assert (kind, body["chat"]) == ("chat", 42)


async def test_the_language_is_changed_by_the_hosting_program(world, http):
    async with http.post("/client/language", json={"language": "en"}) as response:
        assert response.status == 400
    chosen = []

    async def rebuild(language):
        chosen.append(language)

    world.tg.on_language = rebuild
    async with http.post("/client/language", json={"language": "en"}) as response:
        assert response.status == 200
    async with http.post("/client/language", json={"language": "xx"}) as response:
        assert response.status == 400
    assert chosen == ["en"]


async def test_service_messages_speak_the_readers_language(world, http, page):
    group = world.tg.add_group("Sales", [world.anna, world.boris])
    group.leave(world.boris)
    [message] = (await page.get(f"/chats/{group.id}/messages"))["messages"]
    assert message["service"] == "Boris больше не в группе"


async def test_only_files_of_the_page_are_served(http):
    async with http.get("/page/../world.py") as response:
        assert response.status == 404
    async with http.get("/page/%2e%2e/world.py") as response:
        assert response.status == 404
