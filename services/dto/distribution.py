"""Who works now, and how a department gives out its leads."""

from dataclasses import dataclass
from datetime import datetime

from services.distribution.presence import Presence, Shift
from services.distribution.rules import Rules
from services.dto.common import Ref


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """Whether somebody works now."""

    person: Ref
    own: bool
    """Whether the reader is who it is about."""
    presence: Presence
    shift: Shift
    until: datetime | None
    """When this changes by itself: their word ends, or, without one, the working hours."""
    substitute: Ref | None
    department_id: int | None
    """One of their departments, to come back to."""


@dataclass(frozen=True, slots=True)
class TakerLine:
    """Somebody of a department, with their share of its leads."""

    id: int
    name: str
    weight: int
    load: int
    presence: Presence
    substitute: str | None


@dataclass(frozen=True, slots=True)
class DistributionCard:
    """How a department gives out its leads, or those of one pipeline."""

    department: Ref
    pipeline: Ref | None
    """None: all for which nothing else is set."""
    own: bool
    """Whether that pipeline has ways of its own; else it goes by the department's."""
    pipelines: tuple[tuple[Ref, bool], ...]
    """Those that could have, and whether they do; none where the company has only one."""
    rules: Rules
    people: tuple[TakerLine, ...]
    waiting: int
    """Free leads that nobody is offered now."""
    open: bool
    """Whether it works now."""


@dataclass(frozen=True, slots=True)
class Waiters:
    """Free leads of a department for which nobody is there."""

    department: Ref
    waiting: int
