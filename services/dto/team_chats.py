"""Team chats as whoever binds them sees them."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.topics import TopicLine


class HolderKind(StrEnum):
    """To what a team chat may belong."""

    DEPARTMENT = "department"
    PIPELINE = "pipeline"
    DEAL = "deal"


@dataclass(frozen=True, slots=True)
class Holder:
    """The one thing that a team chat belongs to."""

    kind: HolderKind
    id: int


@dataclass(frozen=True, slots=True)
class TopicsMove:
    """So many topics of deals in work go from one group to another."""

    topics: int
    chat_id: int
    to_id: int


@dataclass(frozen=True, slots=True)
class TeamChatCard:
    """What has, or could have, a team chat."""

    holder: Holder
    name: str
    chat_id: int | None
    topic: TopicLine | None = None
    """Of a deal, where it has one in the group of its pipeline or its department."""
    may_open: bool = False
    """Whether a deal may have one, and there is a group for that."""
    shared: bool = False
    """Whether a second person works on a deal."""
