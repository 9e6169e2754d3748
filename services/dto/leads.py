"""Leads as their readers see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import Action
from services.dto.common import EventLine, Page, Ref, Sum
from services.dto.fields import FieldLine
from services.dto.scoring import Score
from services.response.rules import Step


class LeadStatus(StrEnum):
    """Where a request stands."""

    NEW = "new"
    IN_WORK = "in_work"
    QUALIFIED = "qualified"
    REJECTED = "rejected"


class LeadField(StrEnum):
    """What of a lead is typed."""

    TITLE = "title"
    NAME = "name"
    PHONE = "phone"
    """Or an e-mail address, or a @username: any way to reach the client."""
    AMOUNT = "amount"
    SOURCE = "source"
    COMMENT = "comment"


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"


class RejectReason(StrEnum):
    """Why a request is no lead."""

    SPAM = "spam"
    WRONG_NUMBER = "wrong_number"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    NO_ANSWER = "no_answer"
    MISTAKE = "mistake"
    OTHER = "other"


class Shelf(StrEnum):
    """Which leads a list shows."""

    FREE = "free"
    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What somebody has planned to do about a lead."""

    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """Where on the web a request came from."""

    utm: tuple[str, ...]
    """Source, medium, campaign, content and term, as far as they are known."""
    page_url: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """That a lead is not answered yet: what follows, and when; neither is left when all has been done."""

    step: Step | None
    step_at: datetime | None
    alarmed: bool
    due_at: datetime | None = None
    """Since when the answer is due, where that is over."""
    step_in: bool = False
    """Whether the head knows, and is the reader, who can take it or give it to somebody else."""


@dataclass(frozen=True, slots=True)
class Offer:
    """That a free lead is offered to one person alone."""

    to: str
    until: datetime
    mine: bool = False
    """Whether that is the reader."""


@dataclass(frozen=True, slots=True)
class LeadAlarm:
    """An unanswered lead as a whole team chat may see it."""

    id: int
    title: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class LeadCard:
    """A lead as one reader may see it."""

    id: int
    version: int
    title: str
    name: str | None
    phone: str | None
    email: str | None
    username: str | None
    amount: Sum | None
    source: str
    comment: str | None
    status: LeadStatus
    reject_reason: str | None
    """A code of RejectReason, or somebody's own words."""
    department: Ref
    owner: Ref | None
    contact: Ref | None
    deal_id: int | None
    created_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    can: frozenset[Action]
    talk: tuple[EventLine, ...]
    """The last notes and calls."""
    next_step: NextStep | None = None
    trace: Trace | None = None
    waits: Waiting | None = None
    """None once it is answered or closed."""
    offer: Offer | None = None
    pipeline: str | None = None
    """Which it enters, where the way says so by which it came."""
    score: Score | None = None
    """None where the company has no rules for leads."""
    fields: tuple[FieldLine, ...] = ()
    """The company's own fields, those that say nothing yet among them."""
    tags: tuple[str, ...] = ()
    files: bool = False
    """Whether files lie with it."""


@dataclass(frozen=True, slots=True)
class LeadTeaser:
    """A free lead as a whole team chat may see it: nothing that names or reaches the client."""

    id: int
    title: str | None
    amount: Sum | None
    source: str
    waiting_since: datetime
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class LeadStub:
    """A lead that is no business of its reader any more."""

    id: int
    owner: str | None
    passed: bool = False
    """Whether the reader was offered it, and it has gone on."""


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A lead in one line of a list."""

    id: int
    title: str
    status: LeadStatus
    amount: Sum | None
    owner: str | None
    created_at: datetime
    can: frozenset[Action] = frozenset()
    """What its reader may do with it right in a list."""
    points: int | None = None
    """Where a list is in the order of the score."""


@dataclass(frozen=True, slots=True)
class LeadList:
    """A page of a shelf, and the shelves that the reader has."""

    shelf: Shelf
    shelves: tuple[Shelf, ...]
    page: Page[LeadLine]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a lead may be given, and the department where it would lie then."""

    id: int
    name: str
    department: Ref
