"""Tasks and the day as their readers see them, and what doors bring in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from services.access import Action
from services.dto import talk
from services.dto.common import Ref
from services.dto.mentions import Mentions
from services.understanding.recurrence import Recurrence

FORMER_CARD = "task_before"
"""What the card of a task becomes when news of the task are its card in that chat."""
OLDER_CARD = "task_too"
"""The card of a task that has got a newer one in its chat, and still shows the task."""
FACES = ("task", OLDER_CARD, "checklist")
"""As what a task stands in chats."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a task belongs to."""

    subject: Literal["deal", "lead", "contact", "firm"]
    id: int


@dataclass(frozen=True, slots=True)
class Linked:
    """The same with its title, for those who may see it."""

    link: Link
    title: str


@dataclass(frozen=True, slots=True)
class Seed:
    """The message of which a task is made, who wrote it, and who is named to do it."""

    said: talk.Said | None
    author: str | None = None
    to: Mentions = field(default_factory=Mentions)


@dataclass(frozen=True, slots=True)
class Source:
    """The message that a task was made of."""

    chat_id: int
    message_id: int
    author: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a line: the deed and the moment, if it names exactly one."""

    text: str
    at: datetime | None = None
    options: tuple[datetime, ...] = ()
    """Where the words name several moments."""
    past: datetime | None = None
    """Where the moment is over."""
    missing: str | None = None
    """A day, as it was written, that no calendar holds."""
    rule: Recurrence | None = None
    """How often it shall repeat; the moments are those of its first turn."""
    repeats: bool = False
    """It shall repeat in a way that no rule can say."""
    unclear: bool = False
    """No moment could be read where one was asked for."""
    or_every_other: bool = False
    """It may as well be meant to come every other day, from that moment on."""
    several: bool = False
    """The moments are times of day that were all named, and a task has one."""

    @property
    def timed(self) -> bool:
        """Whether anything was said of when."""
        return bool(self.at or self.options or self.past or self.missing or self.repeats or self.rule)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a task, or sent; `file` and `name` are those of one of its `files`."""

    at: datetime
    author: str | None
    text: str
    files: int = 0
    file: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """How a task repeats; `minutes` after midnight, counted from the day `anchor`."""

    rule: Recurrence
    minutes: int
    anchor: date
    shift: bool
    """A turn on a day off comes on the next working day."""
    missed: int
    """So many further turns have come while this one is open."""
    next_at: datetime | None
    """Where this turn is done: when the next one is due."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a checklist as one reader may see it."""

    id: int
    text: str
    assignee: Ref | None
    """None: whoever does the task."""
    done_at: datetime | None
    mine: bool
    """Whether the reader may tick it."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A task with its items."""

    task: "TaskCard"
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task as one reader may see it."""

    id: int
    version: int
    text: str
    due_at: datetime
    zone: str | None
    """The reader's time zone, where it is not the company's."""
    is_due: bool
    high: bool
    personal: bool
    ahead: int
    """Minutes before it is due that the assignee is reminded of it, besides at the time."""
    assignee: Ref
    author: Ref | None
    linked: Linked | None
    """None also where the reader may not see it."""
    done_at: datetime | None
    done_by: str | None
    mine: bool
    """Whether the reader is who has to do it."""
    can: frozenset[Action]
    series: SeriesFacts | None
    checks: bool
    """Its author wants to accept it."""
    handed_in_at: datetime | None
    """Since when it waits for that."""
    watchers: int
    files: int
    items: int
    items_done: int
    leads_on: bool
    """Whether the reader may set another task for the same deal or lead."""
    calls: bool
    """Whether the reader may log a call with what it belongs to."""
    source: Source | None
    comments: tuple[Comment, ...]
    """The newest few, the newest last."""
    blind: bool = False
    """Whoever has to do it does not see the deal that it is for; the reader does."""
    joining: int | None = None
    """The version of that deal, where the reader may bring them into it."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar; `number` counts months since the year 0."""

    number: int
    first: date
    today: date
    has_earlier: bool
    has_later: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of a day; those that are over are None."""

    day: date
    slots: tuple[datetime | None, ...]
