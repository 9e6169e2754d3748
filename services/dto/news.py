"""News of the company as its people see them, and the channel as its owner sees it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dto.common import Page


class NewsState(StrEnum):
    """How a piece of news stands."""

    OUT = "out"
    STUCK = "stuck"
    """The channel has not taken it."""
    WITHDRAWN = "withdrawn"


class Trouble(StrEnum):
    """Why nothing can be told in the channel."""

    RIGHTS = "rights"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class NewsDraft:
    """A piece of news as it would be told; `channel`: where, none: to everybody in private."""

    text: str
    author: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class NewsFace:
    """What everybody reads."""

    id: int
    text: str
    author: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class NewsCard:
    """A piece of news with what became of it."""

    id: int
    text: str
    author: str
    state: NewsState
    channel: str | None
    at: datetime
    edited_at: datetime | None
    trouble: Trouble | None
    """Of the channel that it went to, as far as that is still the company's."""
    may_mend: bool


@dataclass(frozen=True, slots=True)
class NewsShelf:
    """A page of news; `channel`: what the channel is called, if there is one."""

    page: Page[NewsCard]
    channel: str | None
    may_write: bool


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """The channel of the company's news, if there is one."""

    title: str | None
    trouble: Trouble | None
    tells_won: bool
    stuck: int
    """So many pieces of news it has not taken."""
