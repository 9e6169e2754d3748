"""What a deal's topic shows in the list of topics: its stage, its title, and whether it is closed."""

import re

from db.repositories.topics import TopicFacts
from services.access import CLOSED_KINDS, StageKind
from services.dto.topics import TopicLook
from services.lines import ERASED
from services.pipelines.shape import Color

NAME_LIMIT = 128
"""Telegram's own."""
SQUARES = {StageKind.OPEN: "🟦", StageKind.PAYMENT: "🟨", StageKind.WON: "🟩", StageKind.LOST: "🟥"}
COLORS = {
    Color.BLUE: "🟦",
    Color.GREEN: "🟩",
    Color.YELLOW: "🟨",
    Color.ORANGE: "🟧",
    Color.RED: "🟥",
    Color.PURPLE: "🟪",
    Color.BROWN: "🟫",
    Color.BLACK: "⬛",
    Color.WHITE: "⬜",
}
"""The squares of stages that have a colour of their own; of the others it is that of their kind."""
ICONS = {StageKind.OPEN: "💼", StageKind.PAYMENT: "💰", StageKind.WON: "🏆", StageKind.LOST: "🏁"}
"""Emoji of which Telegram has icons for topics."""
DIGITS = 7
"""So many of them could be a phone."""


def public_title(title: str) -> str | None:
    """A deal's title, unless it tells how to reach the client, or is gone with their data."""
    return None if title == ERASED or "@" in title or len(re.sub(r"\D", "", title)) >= DIGITS else title


def wanted(facts: TopicFacts) -> TopicLook:
    """How the topic of a deal is to look now."""
    deal, stage, kind = facts.deal, facts.stage, StageKind(facts.stage.kind)
    square = COLORS[Color(stage.color)] if stage.color else SQUARES[kind]
    ends = f" · {stage.name} · #{deal.id}"
    title = public_title(deal.title) or ""
    named = f"{square} {title}{ends}" if title else f"{square}{ends.removeprefix(' ·')}"
    if len(named) > NAME_LIMIT:
        named = f"{square} {title}"[: NAME_LIMIT - len(ends) - 1] + f"…{ends}"
    return TopicLook(named, ICONS[kind], kind in CLOSED_KINDS or deal.archived_at is not None)


def deal_named(name: str) -> int | None:
    """The deal that the name of a topic of ours tells."""
    found = re.search(r"#([0-9]{1,13})$", name)
    return int(found[1]) if found else None


def told(facts: TopicFacts) -> TopicLook | None:
    """How Telegram shows it; None for a topic that is not there."""
    topic = facts.topic
    if topic.thread is None or topic.name is None:
        return None
    return TopicLook(topic.name, topic.icon or "", topic.closed)


def is_elsewhere(facts: TopicFacts) -> bool:
    """Whether a topic stands in another group than the one in which its deal is to be spoken of now.

    A closed deal is spoken of no more, so its topic stays.
    """
    return facts.home not in (None, facts.topic.chat_id) and not wanted(facts).closed


def is_up_to_date(facts: TopicFacts) -> bool:
    """Whether nothing is to be told; a closed deal needs no topic."""
    look, shown = wanted(facts), told(facts)
    if is_elsewhere(facts):
        return False
    return look.closed if shown is None else look == shown
