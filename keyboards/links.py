"""Links that open a card in the private chat with the bot, from wherever they stand."""

import re

from services.search import Kind

_CARD = re.compile(rf"({'|'.join(Kind)})_([0-9]{{1,13}})")
SEARCH = "find"
"""What the link to the search carries."""


def card_payload(kind: Kind, subject_id: int) -> str:
    """What the link to a card carries after `?start=`."""
    return f"{kind.value}_{subject_id}"


def card_link(bot: str, kind: Kind, subject_id: int) -> str:
    """The link itself; whoever follows it sees what they may see."""
    return f"https://t.me/{bot}?start={card_payload(kind, subject_id)}"


def card_of(payload: str) -> tuple[str, int] | None:
    """The subject that a payload names, if it is one of a card."""
    match = _CARD.fullmatch(payload)
    return (match[1], int(match[2])) if match is not None else None
