"""Team chats as whoever binds them sees them."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.dto.clients import ClientKind
from services.dto.topics import TopicLine


class HolderKind(StrEnum):
    """To what a team chat may belong."""

    DEPARTMENT = "department"
    PIPELINE = "pipeline"
    DEAL = "deal"
    CONTACT = "contact"
    FIRM = "firm"


CLIENTS = MappingProxyType({HolderKind.CONTACT: ClientKind.CONTACT, HolderKind.FIRM: ClientKind.FIRM})
"""Those of them that are clients."""
PARTED_CARDS = MappingProxyType({ClientKind.CONTACT: "contact_parted", ClientKind.FIRM: "firm_parted"})
"""What the card of a client becomes in a group that is theirs no more."""


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


@dataclass(frozen=True, slots=True)
class ClientFace:
    """A client as a whole team chat may see it: nothing by which they are reached, nothing that was said."""

    kind: ClientKind
    id: int
    name: str | None
    """None where it tells how to reach them."""
    owner: str | None
    department: str | None
    protect: bool
    """Telegram should hinder forwarding and saving."""
