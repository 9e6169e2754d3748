"""Small values that many cards share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ref:
    """Something by its id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Money in minor units of a currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in one line."""

    id: int
    text: str
    due_at: datetime
    overdue: bool
    high: bool = False
    items: int = 0
    """How many items its checklist has."""
    items_done: int = 0
    repeats: bool = False
    waits: bool = False
    """It waits to be accepted."""
    place: str | None = None
    """What the deal, lead or client is called it is for, where lists tell it and the reader may see that."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in one line; `files` counts them, `kind` and `name` are those of one of them."""

    text: str
    origin: str | None = None
    """Whose words they are, where they were forwarded, and of when."""
    origin_at: datetime | None = None
    edited: bool = False
    files: int = 0
    kind: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of a history: a code and its changes, turned into words by the view."""

    id: int
    at: datetime
    actor: str | None
    action: str
    changes: dict[str, list[object]]
    notes: tuple[NoteLine, ...] = ()
    """The notes that it added."""
    was: str | None = None
    """What a note said before this edit of it."""
    owners: tuple[str | None, ...] = ()
    """The names of the old and the new owner, if it changed hands."""
    firms: tuple[str | None, ...] = ()
    """The names of the old and the new employer of a contact, if both are still there."""
    crew: tuple[str | None, ...] = ()
    """The names of who went and who came, if others work on it now."""
    hands: tuple[str | None, ...] = ()
    """The same of who watches a task, or of who does an item of its checklist."""
    door: str = "private"
    """By which it came, see `services.access.Door`; `import`: what an import has made."""
    erased: bool = False
    """Whether what it says of a person was erased."""
    request: str | None = None
    """What the lead says of which it made a deal."""
    subject: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of a setting: what those are called of whom it tells the numbers, as `stage:3`."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list; `next_after` is the key to go on with, none at the end."""

    items: tuple[T, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class History:
    """A page of what happened to a subject, newest first."""

    subject: str
    id: int
    title: str
    page: Page[EventLine]
    currency: str
