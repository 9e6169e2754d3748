"""What a person's own program shows: people, chats and messages as plain JSON."""

from collections.abc import Iterator
from typing import Any

from sandbox.accounts import COLORS
from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.client_words import service_words, summary
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import Telegram

Json = dict[str, Any]
_FILES = ("document", "video", "audio", "voice", "video_note")


def person_json(person: Person) -> Json:
    """One entry of the list of people."""
    return {
        "id": person.id,
        "name": person.full_name,
        "username": person.username,
        "color": person.color,
        "subtitle": person.subtitle,
        "language": person.language_code,
    }


def chat_id(chat: Chat) -> int:
    """How a person's program names a chat: a private one by the bot's id."""
    return chat.bot.id if isinstance(chat, PrivateChat) else chat.id


def find_chat(world: Telegram, person: Person, number: int) -> Chat:
    """The chat that `chat_id` named, if this person sees it."""
    for bot in world.bots.values():
        if bot.id == number:
            return world.private(person, bot)
    group = world.groups.get(number)
    if group is None or not group.member(person).present:
        raise ImpossibleError("there is no such chat")
    return group


def find_message(chat: Chat, number: int) -> Message:
    """The message with this number."""
    message = chat.messages.get(number)
    if message is None:
        raise ImpossibleError("there is no such message any more")
    return message


def shown_message(chat: Chat, person: Person, place: float) -> Message:
    """The message that stands at this place of the person's screen, an ephemeral one, too."""
    for message in person.whispers(chat):
        if message.place == place:
            return message
    return find_message(chat, int(place) if place.is_integer() else 0)


def chats_of(world: Telegram, person: Person) -> list[Chat]:
    """All chats of a person, the newest first; the bots are there before they are started."""
    private: list[Chat] = [world.private(person, bot) for bot in world.bots.values()]
    groups = [g for g in world.groups.values() if g.member(person).present and g.migrated_to is None]
    return sorted([*private, *groups], key=_last_date, reverse=True)


def _last_date(chat: Chat) -> tuple[float, int]:
    last = chat.last_message()
    return (last.date, last.id) if last else (0, 0)


def chat_json(chat: Chat, person: Person) -> Json:
    """One entry of the list of chats."""
    private = isinstance(chat, PrivateChat)
    last = chat.last_message()
    return {
        "id": chat_id(chat),
        "kind": chat.kind,
        "title": chat.bot.full_name if isinstance(chat, PrivateChat) else chat.brief()["title"],
        "bot": private,
        "blocked": chat.blocked if isinstance(chat, PrivateChat) else False,
        "forum": chat.forum,
        "topics": [
            {"id": t.id, "name": t.name, "icon_color": f"#{t.icon_color:06x}", "closed": t.closed}
            for t in chat.topics.values()
        ],
        "unread": chat.unread.get(person.id, 0),
        "started": chat.started if isinstance(chat, PrivateChat) else True,
        "commands": _commands(chat, person),
        "members": None if private else sum(1 for _ in chat.people()),
        "last": _last_json(last, person) if last else None,
    }


def _last_json(message: Message, person: Person) -> Json:
    return {
        "text": summary(message, person.language_code),
        "date": message.date,
        "from_name": sender_json(message)["name"],
        "out": message.sender is person,
    }


def _commands(chat: Chat, person: Person) -> list[Json]:
    """What the commands menu offers this person here."""
    found: list[Json] = []
    for bot in chat.bots():
        found += bot.commands_for(*_scopes(chat, person), language=person.language_code)
    return found


def _scopes(chat: Chat, person: Person) -> Iterator[tuple[Any, ...]]:
    """The command scopes that apply, the narrowest first, in Telegram's order."""
    if not isinstance(chat, Group):
        yield ("chat", chat.id)
        yield ("all_private_chats",)
        return
    admin = chat.member(person).is_admin
    yield ("chat_member", chat.id, person.id)
    if admin:
        yield ("chat_administrators", chat.id)
    yield ("chat", chat.id)
    if admin:
        yield ("all_chat_administrators",)
    yield ("all_group_chats",)


def sender_json(message: Message) -> Json:
    """Who stands above a message."""
    if message.sender_chat is not None:
        chat = message.sender_chat
        return {"id": chat.id, "name": chat.brief().get("title", ""), "bot": False, "color": _color(chat.id)}
    sender = message.sender
    if sender is None:
        return {"id": 0, "name": "", "bot": False, "color": _color(0)}
    return {
        "id": sender.id,
        "name": sender.full_name,
        "bot": isinstance(sender, Bot),
        "color": _color(sender.id),
    }


def _color(number: int) -> str:
    return COLORS[abs(number) % len(COLORS)]


def message_json(message: Message, person: Person) -> Json:
    """One message as `person` sees it."""
    content = message.content
    return {
        "id": message.place,
        "chat": chat_id(message.chat),
        "thread": message.thread,
        "from": sender_json(message),
        "out": message.sender is person,
        "date": message.date,
        # As in Telegram's programs, cards of bots change without a mark.
        "edited": message.edit_date is not None and not message.from_bot,
        "text": message.text,
        "entities": message.entities,
        "reply_to": _reply_json(message.reply_to, person) if message.reply_to else None,
        "via": message.via_bot.username if message.via_bot is not None else None,
        "forward_from": _forward_name(message.forward_origin),
        "keyboard": [[_button_json(b) for b in row] for row in message.keyboard] or None,
        "file": _file_json(message),
        "contact": _contact_json(content),
        "location": content.get("location"),
        "reactions": [r["emoji"] for found in message.reactions.values() for r in found if "emoji" in r],
        "service": service_words(message, person.language_code) if message.service else None,
        "silent": message.silent,
        "protected": message.protected,
        "whispered": message.whisper is not None,
    }


def _reply_json(replied: Message, person: Person) -> Json:
    return {
        "id": replied.id,
        "from_name": sender_json(replied)["name"],
        "text": summary(replied, person.language_code),
    }


def _forward_name(origin: Json | None) -> str | None:
    if origin is None:
        return None
    if origin["type"] == "hidden_user":
        return str(origin["sender_user_name"])
    if origin["type"] == "user":
        user = origin["sender_user"]
        return f"{user['first_name']} {user.get('last_name', '')}".strip()
    return str((origin.get("chat") or origin.get("sender_chat") or {}).get("title", ""))


def _button_json(button: Json) -> Json:
    body = {"text": button["text"], "style": button.get("style")}
    for ours, theirs in (("data", "callback_data"), ("url", "url")):
        if theirs in button:
            body[ours] = button[theirs]
    if "copy_text" in button:
        body["copy"] = button["copy_text"]["text"]
    return body


def _contact_json(content: Json) -> Json | None:
    if (card := content.get("contact")) is None:
        return None
    name = f"{card['first_name']} {card.get('last_name', '')}".strip()
    return {"name": name, "phone": card["phone_number"]}


def _file_json(message: Message) -> Json | None:
    content = message.content
    if "photo" in content:
        found = content["photo"][-1]
        return _file(found, "photo", "photo.jpg", "image/jpeg")
    for kind in _FILES:
        if kind in content:
            found = content[kind]
            return _file(found, kind, found.get("file_name", kind), found.get("mime_type", ""))
    return None


def _file(found: Json, kind: str, name: str, mime: str) -> Json:
    url = f"/client/files/{found['file_id']}"
    body = {"kind": kind, "name": name, "size": found["file_size"], "mime": mime, "url": url}
    for field in ("width", "height", "duration"):
        if field in found:
            body[field] = found[field]
    return body


def reply_keyboard(chat: Chat, person: Person) -> list[list[Json]] | None:
    """The reply keyboard below the input line."""
    markup = chat.reply_keyboards.get(person.id)
    return markup["keyboard"] if markup else None
