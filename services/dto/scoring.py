"""Scores and probabilities as their readers see them, with why."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.fields import Field, FieldSubject
from services.fields.filters import FilterValue


class When(StrEnum):
    """What gives points."""

    FIELD = "field"
    """A field of the company's own says something."""
    SOURCE = "source"
    AMOUNT = "amount"
    """The sum is at least so much."""
    REACHED = "reached"
    """The client was reached by a call."""


@dataclass(frozen=True, slots=True)
class Rule:
    """So many points, or percent of a deal, when this holds."""

    id: int
    subject: FieldSubject
    """Of leads, or of deals."""
    when: When
    points: int
    field_id: int = 0
    value: FilterValue = ""
    """What the field says; the source's code; the least sum in minor units."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with the field that it names, if it is there, and the currency of its sum."""

    rule: Rule
    field: Field | None
    currency: str


@dataclass(frozen=True, slots=True)
class Score:
    """What the rules come to: of a lead the points, of a deal the percent; and why."""

    total: int
    base: int | None
    """By the stage; none of a lead."""
    why: tuple[RuleLine, ...]
    """The rules that hold."""


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """All rules in the settings."""

    leads: tuple[RuleLine, ...]
    deals: tuple[RuleLine, ...]
    shown: bool
    """Whether deals show their probability."""
    fields: tuple[Field, ...] = ()
    """Fields that a new rule may name."""
