"""From a message to what it says: its words, its file, and where it was forwarded from."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from aiogram.enums import MessageEntityType
from aiogram.types import (
    Contact,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from services.dto.mentions import Mentions
from services.dto.talk import FileKind, Origin, Said, SentFile

STICKER = "🖼"
"""What a sticker says that stands for no emoji."""


def read_said(message: Message) -> Said:
    """What a message says; a place, a contact, a poll, a checklist and a sticker are said in words."""
    origin, name, written = _origin(message)
    return Said(
        chat_id=message.chat.id,
        message_id=message.message_id,
        text="\n".join(part for part in (_words(message), message.text or message.caption or "") if part),
        file=_file(message),
        album=message.media_group_id,
        origin=origin,
        origin_name=name,
        origin_at=written,
    )


def read_mentions(message: Message) -> Mentions:
    """Who is named in a message or under a file."""
    text = message.text or message.caption or ""
    names, shown = set(), dict[int, str]()
    for entity in message.entities or message.caption_entities or ():
        if entity.type == MessageEntityType.MENTION:
            names.add(entity.extract_from(text).removeprefix("@").lower())
        elif entity.user is not None:
            shown[entity.user.id] = entity.extract_from(text)
    return Mentions(frozenset(names), frozenset(shown), tuple(shown.items()))


def sent_as(message: Message) -> tuple[int, int]:
    """By what a message is found again when it is edited."""
    return message.chat.id, message.message_id


def pack(said: Said) -> dict[str, Any]:
    """As a form keeps it."""
    return {**asdict(said), "origin_at": said.origin_at.isoformat() if said.origin_at else None}


def unpack(packed: dict[str, Any]) -> Said:
    """Out of a form."""
    file, written = packed["file"], packed["origin_at"]
    return Said(
        **{
            **packed,
            "file": SentFile(**{**file, "kind": FileKind(file["kind"])}) if file else None,
            "origin": Origin(packed["origin"]) if packed["origin"] else None,
            "origin_at": datetime.fromisoformat(written) if written else None,
        }
    )


def _words(message: Message) -> str:
    """What is no file and no text."""
    if message.contact is not None:
        return _contact(message.contact)
    if message.venue is not None:
        return f"📍 {message.venue.title}, {message.venue.address}"
    if message.location is not None:
        return f"📍 {message.location.latitude:.6f}, {message.location.longitude:.6f}"
    if message.poll is not None:
        return _listed(f"📊 {message.poll.question}", [one.text for one in message.poll.options])
    if message.checklist is not None:
        return _listed(f"☑️ {message.checklist.title}", [one.text for one in message.checklist.tasks])
    if message.sticker is not None:
        return message.sticker.emoji or STICKER
    return ""


def _listed(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"• {line}" for line in lines)])


def _contact(contact: Contact) -> str:
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return f"👤 {name} +{contact.phone_number.lstrip('+')}"


def _file(message: Message) -> SentFile | None:
    if message.photo:
        largest = message.photo[-1]
        return SentFile(
            FileKind.PHOTO, largest.file_id, largest.file_unique_id, mime="image/jpeg", size=largest.file_size
        )
    for kind in (FileKind.VOICE, FileKind.VIDEO_NOTE, FileKind.VIDEO, FileKind.AUDIO, FileKind.DOCUMENT):
        file = getattr(message, kind)
        if file is not None:
            name, mime = getattr(file, "file_name", None), getattr(file, "mime_type", None)
            return SentFile(kind, file.file_id, file.file_unique_id, name, mime, file.file_size)
    return None


def _origin(message: Message) -> tuple[Origin | None, str | None, datetime | None]:
    origin = message.forward_origin
    name: str | None
    if isinstance(origin, MessageOriginUser):
        kind, name = Origin.USER, origin.sender_user.full_name
    elif isinstance(origin, MessageOriginHiddenUser):
        kind, name = Origin.HIDDEN_USER, origin.sender_user_name
    elif isinstance(origin, MessageOriginChat):
        kind, name = Origin.CHAT, origin.sender_chat.title
    elif isinstance(origin, MessageOriginChannel):
        kind, name = Origin.CHANNEL, origin.chat.title
    else:
        return None, None, None
    return kind, name or "…", origin.date.astimezone(UTC)
