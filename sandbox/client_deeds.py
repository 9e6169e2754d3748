"""The deeds of a person's own program: what a POST `/client/{person}/<name>` with a JSON body does."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.client_view import find_chat, find_message, message_json, shown_message
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.presses import CallbackAnswer

Json = dict[str, Any]
Deed = Callable[[Person, Json], Awaitable[Json]]
DEEDS: dict[str, Deed] = {}


def deed(function: Deed) -> Deed:
    """Registers a POST `/client/{person}/<name>`."""
    DEEDS[function.__name__] = function
    return function


def chat_named(person: Person, body: Json, name: str = "chat") -> Chat:
    """The chat that the request names, if this person sees it."""
    return find_chat(person.world, person, int(body[name]))


def message_named(person: Person, body: Json) -> Message:
    """The message that the request names."""
    return find_message(chat_named(person, body), int(body["message"]))


def replied(chat: Chat, body: Json) -> Message | None:
    """The message that the request replies to."""
    return find_message(chat, int(body["reply_to"])) if body.get("reply_to") else None


def thread(body: Json) -> int | None:
    """The topic that the request names."""
    return int(body["thread"]) if body.get("thread") else None


def sent(message: Message, person: Person) -> Json:
    """The answer to a request that sent something."""
    return {"message": message_json(message, person)}


def _bot_named(person: Person, body: Json, name: str = "chat") -> Bot:
    chat = chat_named(person, body, name)
    if not isinstance(chat, PrivateChat):
        raise ImpossibleError("this is no chat with a bot")
    return chat.bot


@deed
async def start(person: Person, body: Json) -> Json:
    bot = _bot_named(person, body, "bot" if "bot" in body else "chat")
    return sent(person.start(bot, body.get("payload") or None), person)


@deed
async def send(person: Person, body: Json) -> Json:
    chat = chat_named(person, body)
    message = person.send(chat, str(body["text"]), reply_to=replied(chat, body), thread=thread(body))
    return sent(message, person)


@deed
async def press(person: Person, body: Json) -> Json:
    """With `data`, what the button carried when it was drawn: the message may have others by now."""
    message = shown_message(chat_named(person, body), person, float(body["message"]))
    if body.get("data"):
        return _answered(await person.press(message, data=str(body["data"])))
    try:
        button = message.keyboard[int(body["row"])][int(body["col"])]
    except IndexError:
        raise ImpossibleError("the button is not there any more") from None
    label, data = button["text"], button.get("callback_data")
    return _answered(await (person.press(message, data=data) if data else person.press(message, label)))


@deed
async def inline(person: Person, body: Json) -> Json:
    """What a bot offers for a query in this chat; nothing where there is no such bot, or it is silent."""
    name = str(body["bot"]).lower()
    bot = next((one for one in person.world.bots.values() if one.username.lower() == name), None)
    if bot is None or not bot.inline:
        return {"inline": None}
    asked = person.ask_inline(str(body["query"]), bot, chat_named(person, body))
    answer = await asked.answered()
    if answer is None:
        return {"inline": None}
    results = [{name: one[name] for name in ("id", "title", "description")} for one in answer.results]
    button = {**answer.button, "bot": bot.id} if answer.button is not None else None
    return {"inline": {"query": asked.id, "results": results, "button": button}}


@deed
async def choose(person: Person, body: Json) -> Json:
    """One of the results that a bot has offered."""
    asked = person.world.inline_queries.get(str(body["query"]))
    if asked is None:
        raise ImpossibleError("the bot has not offered this")
    chat = chat_named(person, body)
    return sent(person.choose_inline(asked, str(body["result"]), chat, thread(body)), person)


def _answered(answer: CallbackAnswer | None) -> Json:
    if answer is None:
        return {"answer": None}
    return {"answer": {"text": answer.text, "alert": answer.alert, "url": answer.url}}


@deed
async def contact(person: Person, body: Json) -> Json:
    chat = chat_named(person, body)
    if body.get("person"):
        message = person.share_contact(chat, person.world.people[int(body["person"])])
    elif body.get("name") or body.get("phone"):
        first, _, last = str(body["name"]).strip().partition(" ")
        message = person.send_contact(
            chat, str(body["phone"]), first, last, reply_to=replied(chat, body), thread=thread(body)
        )
    else:
        message = person.share_contact(chat)
    return sent(message, person)


@deed
async def people(person: Person, body: Json) -> Json:
    chosen = [person.world.people[int(number)] for number in body["people"]]
    return sent(person.share_users(int(body["request"]), *chosen, where=_bot_named(person, body)), person)


@deed
async def groups(person: Person, body: Json) -> Json:
    """Which ones a button offers that asks for one of them."""
    offered = person.chats_to_share(int(body["request"]), _bot_named(person, body))
    return {"groups": [one.id for one in offered]}


@deed
async def group(person: Person, body: Json) -> Json:
    chosen = chat_named(person, body, "group")
    if not isinstance(chosen, Group):
        raise ImpossibleError("only a group can be chosen")
    return sent(person.share_chat(int(body["request"]), chosen, where=_bot_named(person, body)), person)


@deed
async def location(person: Person, body: Json) -> Json:
    latitude, longitude = float(body["latitude"]), float(body["longitude"])
    return sent(person.send_location(chat_named(person, body), latitude, longitude), person)


@deed
async def forward(person: Person, body: Json) -> Json:
    return sent(person.forward(message_named(person, body), chat_named(person, body, "to")), person)


@deed
async def edit(person: Person, body: Json) -> Json:
    message = message_named(person, body)
    person.edit(message, str(body["text"]))
    return sent(message, person)


@deed
async def delete(person: Person, body: Json) -> Json:
    person.delete(message_named(person, body))
    return {}


@deed
async def read(person: Person, body: Json) -> Json:
    person.read(chat_named(person, body))
    return {}


@deed
async def block(person: Person, body: Json) -> Json:
    person.block(_bot_named(person, body))
    return {}


@deed
async def unblock(person: Person, body: Json) -> Json:
    person.unblock(_bot_named(person, body))
    return {}


@deed
async def react(person: Person, body: Json) -> Json:
    person.react(message_named(person, body), body.get("emoji") or None)
    return {}
