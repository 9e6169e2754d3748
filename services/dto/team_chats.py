"""Team chats as whoever binds them sees them."""

from dataclasses import dataclass
from enum import StrEnum


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
class TeamChatCard:
    """What has, or could have, a team chat."""

    holder: Holder
    name: str
    chat_id: int | None
