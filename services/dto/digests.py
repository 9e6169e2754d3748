"""What a digest tells."""

from dataclasses import dataclass, field
from datetime import date, datetime

from services.digests.times import DigestKind
from services.dto.common import Ref, Sum, TaskLine
from services.dto.control import Violations
from services.dto.deals import StageRef
from services.dto.plans import PersonTarget, Some, Target
from services.dto.reports import Figures, Funnel


@dataclass(frozen=True, slots=True)
class Answers:
    """Requests that came, and how they were answered: `median` in minutes of working time."""

    came: int = 0
    answered: int = 0
    in_time: int = 0
    median: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where requests came from, and how many of them became deals."""

    source: str
    came: int
    qualified: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One seller's part of it."""

    person: Ref
    answers: Answers
    sales: Figures


@dataclass(frozen=True, slots=True)
class StageConversion:
    """Deals that came to a stage in some days, and what became of them within these, see `conversions`."""

    stage: StageRef
    came: int
    on: int
    lost: int


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """The month in which a digest's days end, as it stands at their end."""

    month: date
    target: Target
    """Of the departments that have a plan."""
    some: Some | None
    """How many have one, where only their sales are held against it."""
    people: tuple[PersonTarget, ...]
    """Whoever has a plan, the furthest first."""
    days: Target | None
    """What the plan asks of the digest's own days; none where they are more than a week."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is not as it should be: alarms of these days, and what waits now."""

    alarms: int
    free: int
    oldest: datetime | None
    adrift: int
    late: int
    violations: Violations = field(default_factory=Violations)


@dataclass(frozen=True, slots=True)
class Digest:
    """Some days of a department, or of all that the reader heads."""

    first: date
    last: date
    place: Ref | None
    currency: str
    answers: Answers
    came_before: int
    """Requests in as many days before."""
    sales: Figures
    sales_before: Figures
    losses: tuple[tuple[str, int], ...]
    """Why deals were lost, the most frequent reason first; an empty one where none was given."""
    sources: tuple[SourceLine, ...]
    people: tuple[PersonLine, ...]
    """Whoever got requests or sold, the best first."""
    funnels: tuple[Funnel, ...]
    watch: Watch
    plan: MonthPlan | None = None
    """None where nothing is planned."""
    conversion: tuple[StageConversion, ...] = ()
    """Stages to which any deal came; nothing for more than a month."""

    def sum(self, minor: int) -> Sum:
        """An amount as money."""
        return Sum(minor, self.currency)


@dataclass(frozen=True, slots=True)
class WonDeal:
    """A deal that was won, as a row for a spreadsheet; the sum in minor units."""

    id: int
    title: str
    client: str
    amount: int | None
    closed_on: date | None
    owner: str
    department: str
    source: str
    tags: str


@dataclass(frozen=True, slots=True)
class DigestBook:
    """A digest with all that goes into its file."""

    digest: Digest
    won: tuple[WonDeal, ...] | None
    """None for whoever may not take deals out of the program."""
    more: bool
    """Whether more deals were won than the file lists."""
    protect: bool


@dataclass(frozen=True, slots=True)
class Morning:
    """What waits for somebody today."""

    day: date
    overdue: int
    due: int
    tasks: tuple[TaskLine, ...]
    """The first of them."""
    unanswered: int
    """One's own requests without an answer."""
    free_leads: int
    adrift: int
    currency: str
    plan: Target | None = None
    """One's own of this month; none where there is none."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.overdue or self.due or self.unanswered or self.free_leads or self.adrift)


@dataclass(frozen=True, slots=True)
class DigestChoice:
    """Which digests come to somebody, and to which team chats of theirs the week comes."""

    person_id: int
    kinds: tuple[tuple[DigestKind, bool], ...]
    chats: tuple[tuple[Ref, bool], ...]
    mails: bool
    """Whether they could come by e-mail."""
