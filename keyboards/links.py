"""Links that open a card in the private chat with the bot, from wherever they stand."""

import re

from services.search import Kind

_CARD = re.compile(rf"({'|'.join(Kind)})_([0-9]{{1,13}})")
SEARCH = "find"
"""What the link to the search carries; the name of a command is what leads to it."""
SUPERGROUPS = 1_000_000_000_000
"""The number of a supergroup is this and its own one together, below zero."""


def card_payload(kind: Kind, subject_id: int) -> str:
    """What the link to a card carries after `?start=`."""
    return f"{kind.value}_{subject_id}"


def card_link(bot: str, kind: Kind, subject_id: int) -> str:
    """The link itself; whoever follows it sees what they may see."""
    return f"https://t.me/{bot}?start={card_payload(kind, subject_id)}"


def command_link(bot: str, command: str) -> str:
    """The link that opens the private chat with what a command shows."""
    return f"https://t.me/{bot}?start={command}"


def chat_link(bot: str) -> str:
    """The link that only opens the private chat."""
    return f"https://t.me/{bot}"


def message_link(chat_id: int, message_id: int) -> str | None:
    """The link to a message or a topic; there is none in a group that is no supergroup."""
    number = -chat_id - SUPERGROUPS
    return f"https://t.me/c/{number}/{message_id}" if number > 0 else None


def card_of(payload: str) -> tuple[str, int] | None:
    """The subject that a payload names, if it is one of a card."""
    match = _CARD.fullmatch(payload)
    return (match[1], int(match[2])) if match is not None else None
