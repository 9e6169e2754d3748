"""What the rules of a stage are: by which events its deals move on by themselves, and where to."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from services.access import CLOSED_KINDS, StageKind

LONGEST = 365


class Happening(StrEnum):
    """What may move a deal on."""

    PAID = "paid"
    """All of its sum has come."""
    FIRST_PAID = "first_paid"
    """The first money for it has come."""
    ANSWERED = "answered"
    """Its client was reached by a call about it, or about nothing else: it is their only deal in work; or
    they have written: by a form, or in a message that was passed on to it."""
    SILENT = "silent"
    """Nothing has happened with its client for so many working days."""


TARGETS = {
    Happening.PAID: (StageKind.OPEN, StageKind.PAYMENT, StageKind.WON),
    Happening.FIRST_PAID: (StageKind.OPEN, StageKind.PAYMENT),
    Happening.ANSWERED: (StageKind.OPEN, StageKind.PAYMENT),
    Happening.SILENT: (StageKind.OPEN, StageKind.PAYMENT),
}
"""To stages of which kinds an event may lead: money alone makes a deal won, and a loss needs its reason."""


def kinds_ahead(kind: str, what: Happening) -> tuple[StageKind, ...]:
    """To stages of which kinds an event leads from one of this kind.

    A closed deal stays, or its sale would be gone from every figure: after so long a silence a new one begins
    for its client, in work, in another pipeline.
    """
    if kind in CLOSED_KINDS:
        return (StageKind.OPEN,) if what is Happening.SILENT else ()
    return TARGETS[what]


class Step(Protocol):
    """A stage, as far as rules are concerned."""

    id: int
    pipeline_id: int
    kind: str


def leads(stage: Step, target: Step, what: Happening) -> bool:
    """Whether a rule may lead from a stage to another one; after a closed deal, in another pipeline."""
    fits = target.id != stage.id and target.kind in kinds_ahead(stage.kind, what)
    return fits and (stage.kind not in CLOSED_KINDS or target.pipeline_id != stage.pipeline_id)


@dataclass(frozen=True, slots=True)
class Autos:
    """The rules of a stage: the stage that each event leads to, and the days of silence."""

    to: dict[Happening, int] = field(default_factory=dict)
    days: int = 0

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Autos":
        """From what is kept."""
        return cls({one: int(data[one]) for one in Happening if data.get(one)}, int(data.get("days", 0)))

    @property
    def data(self) -> dict[str, int]:
        """As it is kept."""
        return {one.value: stage for one, stage in self.to.items()} | (
            {"days": self.days} if self.days else {}
        )

    def with_rule(self, what: Happening, stage_id: int, days: int) -> "Autos":
        """The same with another rule for an event; stage 0 for none."""
        to = {one: stage for one, stage in self.to.items() if one is not what}
        to |= {what: stage_id} if stage_id else {}
        if what is Happening.SILENT:
            return Autos(to, days if stage_id else 0)
        return Autos(to, self.days)

    def without(self, stage_id: int) -> "Autos":
        """The same without the rules that lead to a stage."""
        to = {one: stage for one, stage in self.to.items() if stage != stage_id}
        return Autos(to, self.days if Happening.SILENT in to else 0)
