"""Reports as their readers see them: figures and names, all sums in minor units of the company's currency."""

from dataclasses import dataclass
from datetime import date

from services.dto.common import Ref, Sum
from services.dto.deals import StageRef
from services.report_periods import Period


@dataclass(frozen=True, slots=True)
class Figures:
    """Deals that were closed. `days` is the whole time from opening to winning of the `timed` won ones."""

    won: int = 0
    won_sum: int = 0
    lost: int = 0
    days: int = 0
    timed: int = 0

    @property
    def closed(self) -> int:
        """Won and lost together: the whole of which the win rate is a part."""
        return self.won + self.lost

    @property
    def average(self) -> int:
        """The average sum of the won deals, halves away from zero."""
        return (2 * self.won_sum + self.won) // (2 * self.won) if self.won else 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.won + other.won,
            self.won_sum + other.won_sum,
            self.lost + other.lost,
            self.days + other.days,
            self.timed + other.timed,
        )


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """A stage with what stands in it: an open one now, a closed one by what came to it in the period."""

    stage: StageRef
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stages of a pipeline in order."""

    pipeline: str
    lines: tuple[FunnelLine, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was sold in a period, and what stands where now."""

    period: Period
    person: Ref | None
    """Whose deals alone; none: everybody's within the reader's reach."""
    currency: str
    figures: Figures
    funnels: tuple[Funnel, ...]
    within: tuple[str, ...] | None = None
    """The departments that the reader's reach is limited to; none: the whole company."""

    def sum(self, minor: int) -> Sum:
        """An amount of the report as money."""
        return Sum(minor, self.currency)


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One seller's part; no `person`: deals that nobody owns."""

    person: Ref | None
    figures: Figures
    open: int
    """Deals in hand now."""


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Sellers by what they have won, the best first; one page of them."""

    period: Period
    currency: str
    lines: tuple[PersonFigures, ...]
    within: tuple[str, ...] | None
    """As in a report."""
    page: int
    before: int
    """How many stand on earlier pages."""
    more: bool


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """What the deals come to of which a field says one thing; no `value`: of which it says nothing."""

    value: str | bool | None
    figures: Figures
    open: int
    """Deals in hand now."""
    open_sum: int


@dataclass(frozen=True, slots=True)
class ByField:
    """Deals by what a field of the company's own says, the best-selling first."""

    period: Period
    currency: str
    field: Ref
    lines: tuple[FieldFigures, ...]


@dataclass(frozen=True, slots=True)
class FieldTotals:
    """What a field that is a number, or a sum, says of deals, added up by the stages that they stand in.

    A number is kept times 10 000; without a currency it is one.
    """

    period: Period
    currency: str | None
    field: Ref
    funnels: tuple[Funnel, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A month, a quarter (first month of it) or a year (January)."""

    first: date
    months: int


@dataclass(frozen=True, slots=True)
class ByTime:
    """Month after month, quarter after quarter or year after year: as fine as fits a screen."""

    period: Period
    person: Ref | None
    currency: str
    lines: tuple[tuple[Span, Figures], ...]
    total: Figures
    within: tuple[str, ...] | None = None
    """As in a report."""
