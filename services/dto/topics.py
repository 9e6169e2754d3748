"""Topics of deals: what a team chat may know of a deal, and what Telegram has to be told."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.deals import StageRef

CHAT_CARD = "deal_chat"
"""The card that tells those who work on a deal where it is spoken of, and how its topic stands."""
MOVED_CARD = "deal_moved"
"""What the card of a deal becomes in a group where it is spoken of no more, or in a topic by now."""


class Refusal(StrEnum):
    """Why Telegram does not let us make a topic."""

    FORUM = "forum"
    """The group has no topics."""
    RIGHTS = "rights"
    """The bot may not manage them."""
    OTHER = "other"


class TopicState(StrEnum):
    """How far a topic has come."""

    WANTED = "wanted"
    OPEN = "open"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TopicLine:
    """The topic of a deal, for those who work on it."""

    state: TopicState
    chat_id: int
    thread: int | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class DealFace:
    """A deal as a whole team chat may see it: no client, no sum, nothing that was said."""

    id: int
    title: str | None
    """None where it tells how to reach the client."""
    stage: StageRef
    pipeline: str | None
    """Its name, unless it is the one that new deals enter."""
    department: str
    owner: str | None
    crew: tuple[str, ...]
    archived: bool
    refusal: Refusal | None = None
    """Why it has no topic in the team's group, if it was to have one."""


@dataclass(frozen=True, slots=True)
class DealHome:
    """Where a deal is spoken of now."""

    deal_id: int
    place: str
    """Whose group it is, by name."""
    topic: TopicLine | None


@dataclass(frozen=True, slots=True)
class TopicLook:
    """What a topic shows in the list of topics."""

    name: str
    icon: str
    """An emoji; Telegram has a sticker for it, or none."""
    closed: bool


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """What a topic is to look like, and what Telegram was last told of it."""

    deal_id: int
    chat_id: int
    thread: int | None
    tries: int
    wanted: TopicLook
    told: TopicLook | None
    anchor: int | None
    """The message that is pinned."""
    card: int | None
    """The message that is the deal's card."""
