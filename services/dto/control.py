"""A department as it stands now, for whoever watches over it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.dto.common import EventLine, Page, Ref, Sum
from services.dto.deals import DealLine
from services.dto.leads import LeadLine
from services.dto.task_lists import LateTask


class Watched(StrEnum):
    """The lists behind the figures."""

    FREE = "free"
    """Free leads."""
    LEADS = "leads"
    """Somebody's leads in work."""
    DEALS = "deals"
    """Somebody's deals in work; nobody's, if no person is named."""
    ADRIFT = "adrift"
    """Deals without a next step."""
    LATE = "late"
    """Overdue tasks."""
    UNANSWERED = "late_leads"
    """Leads of which a head was told that nobody answers them."""
    ROTTING = "rotting"
    """Deals that stand too long in their stage."""
    SILENT = "silent"
    """Deals whose clients have heard nothing for too long."""
    TODAY = "today"
    """What somebody has done today."""


@dataclass(frozen=True, slots=True)
class Violations:
    """How much is not as it should be."""

    unanswered: int = 0
    rotting: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """What is looked at: a department (0: all that one heads), in it a person (0: everybody).

    `digest`: the period of the digest that led there, by its code; 0: none did.
    """

    department_id: int = 0
    person_id: int = 0
    digest: int = 0


@dataclass(frozen=True, slots=True)
class Deeds:
    """How much somebody has done today."""

    taken: int = 0
    calls: int = 0
    moves: int = 0
    done: int = 0
    paid: int = 0
    """Payments that came for deals of theirs."""

    @property
    def all(self) -> int:
        """All of it together."""
        return self.taken + self.calls + self.moves + self.done + self.paid


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody with what they have in work and what they have done today."""

    person: Ref
    leads: int
    deals: int
    today: Deeds


@dataclass(frozen=True, slots=True)
class DepartmentNow:
    """A department, or all of them together."""

    department: Ref | None
    choice: tuple[Ref, ...]
    """The departments that the reader may look at."""
    at: datetime
    free: int
    oldest: datetime | None
    """Since when the longest waiting free lead does."""
    adrift: int
    late: int
    orphans: int
    """Deals in work that nobody owns."""
    violations: Violations
    sellers: Page[Seller]


@dataclass(frozen=True, slots=True)
class SellerNow:
    """One seller, within what the reader looks at."""

    where: Where
    at: datetime
    person: Ref
    leads: int
    deals: int
    total: Sum
    adrift: int
    late: int
    violations: Violations
    today: Deeds


@dataclass(frozen=True, slots=True)
class DeedLine:
    """Something that was done, and the card of what it was done to."""

    event: EventLine
    subject: str
    subject_id: int
    title: str
    currency: str


Line = LeadLine | DealLine | LateTask | DeedLine


@dataclass(frozen=True, slots=True)
class WatchedList:
    """A page of a list."""

    watched: Watched
    where: Where
    person: Ref | None
    page: Page[Line] = field(default_factory=lambda: Page((), None))
