"""Plans and what was sold of them, all sums in minor units of the company's currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.dto.common import Ref, Sum


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be sold, what was, and what would have been by now had each working day brought the same."""

    plan: int = 0
    done: int = 0
    due: int = 0

    @property
    def missing(self) -> int:
        """What is still to be sold."""
        return max(0, self.plan - self.done)

    @property
    def ahead(self) -> int:
        """How much more was sold than the straight line asks for; below zero: how much less."""
        return self.done - self.due

    def __add__(self, other: "Target") -> "Target":
        return Target(self.plan + other.plan, self.done + other.done, self.due + other.due)


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """One seller's part of a department's plan; without a plan only what was sold."""

    person: Ref
    target: Target


@dataclass(frozen=True, slots=True)
class Some:
    """Of how many people how many have a plan."""

    planned: int
    people: int

    def __add__(self, other: "Some") -> "Some":
        return Some(self.planned + other.planned, self.people + other.people)


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """A department's month."""

    department: Ref
    target: Target
    """By its own plan; where it has none, by those of its people together."""
    own: int
    """Its own plan; 0 for none."""
    some: Some | None
    """Where it has none and only some of its people have one: their sales alone are held against these."""
    sold: int
    """All that was sold in it."""
    former: int
    """What people have sold who have left the company, and have no row."""
    others: int
    """What was sold by nobody of these."""
    shared: int
    """The plans of its people together."""
    people: tuple[PersonTarget, ...]
    """Whoever sells in it or has a plan, by name; to a manager themselves alone."""
    gone: int
    """Working days that have begun."""
    days: int
    """Working days in all."""


def some_of(places: Iterable[PlacePlan]) -> Some | None:
    """The same of several departments together; of those that are counted whole nothing is said."""
    found = [place.some for place in places if place.some is not None]
    return sum(found, Some(0, 0)) if found else None


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """The plans of a month in the departments that the reader heads, or one's own."""

    month: date
    currency: str
    places: tuple[PlacePlan, ...]
    mine: bool
    """Whether it shows the reader's own part alone."""
    sets: bool
    """Whether the reader may set these plans."""
    many: bool
    """Whether the reader has other departments, too."""

    def sum(self, minor: int) -> Sum:
        """An amount as money."""
        return Sum(minor, self.currency)


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """Whose plan of which month is asked for, and what it is now."""

    month: date
    department: Ref
    person: Ref | None
    now: Sum | None
