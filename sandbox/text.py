"""Formatted text: cleaning, trimming, UTF-16 offsets and the entities that Telegram finds by itself."""

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

_REMOVED = dict.fromkeys([0x0D, 0x0333, 0x033F, 0x030A, *range(0x2028, 0x202F)])
_CLEANED = {**{code: " " for code in range(32) if code != 0x0A}, **_REMOVED}
_DIRTY = re.compile("[\x00-\x09\x0b-\x1f\u0333\u033f\u030a\u2028-\u202e]")

# One alternative per kind of entity; the name of the group is the entity's type.
_FOUND = re.compile(
    r"(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<url>(?:https?://|\bwww\.|\bt\.me/)[^\s<>\"]*[^\s<>\".,!?:;)])"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w#])(?P<hashtag>\#\w*[^\W\d]\w*)"
    r"|(?<!\w)(?P<phone_number>\+\d[\d\-() ]{7,16}\d)(?!\w)"
)
_TRIGGER = re.compile(r"[@/#+.]")
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


@dataclass(slots=True)
class FormattedText:
    """A text with its entities; offsets and lengths are UTF-16 code units."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units `text` takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """`text` without the characters that Telegram removes or turns into spaces (controls, bidi overrides)."""
    return text.translate(_CLEANED) if _DIRTY.search(text) else text


def trimmed(formatted: FormattedText) -> FormattedText:
    """Without white space at both ends; a leading one stays if an entity begins with it."""
    text = formatted.text.rstrip()
    start = 0
    stop = min((entity["offset"] for entity in formatted.entities), default=len(text))
    while start < len(text) and start < stop and text[start] in " \n":
        start += 1
    text = text[start:]
    end = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        offset = entity["offset"] - start
        length = min(entity["length"], end - offset)
        if length > 0:
            entities.append({**entity, "offset": offset, "length": length})
    return FormattedText(text, entities)


def with_found_entities(formatted: FormattedText) -> FormattedText:
    """Adds links, mentions, commands, hashtags, e-mails and phone numbers that stand in the plain text."""
    text = formatted.text
    if not _TRIGGER.search(text):
        return formatted
    taken = [(e["offset"], e["offset"] + e["length"]) for e in formatted.entities if e["type"] in _OPAQUE]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if any(offset < end and begin < offset + length for begin, end in taken):
            continue
        found.append({"type": match.lastgroup, "offset": offset, "length": length})
    if not found:
        return formatted
    return FormattedText(text, in_order(formatted.entities + found))


def in_order(entities: list[Entity]) -> list[Entity]:
    """Sorted as the server sends them: by offset, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
