"""What is done by itself about the deals of a pipeline, each after so many working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from services.access import StageKind

LONGEST = 365
"""In days: whoever waits longer has no rule."""
NORM = 14
"""So many days a deal may stand in a stage, unless its pipeline says otherwise."""


class Rule(StrEnum):
    """What is done."""

    CALLBACK = "callback"
    """So long after the first contact the owner of the deal gets a task to call back."""
    SILENT = "silent"
    """So long after anything last happened with the client they get one to call again."""
    GREET = "greet"
    """On the birthday of a client whoever keeps them is told; with a day for on, whatever their number."""


DEFAULT: Mapping[Rule, int] = {Rule.CALLBACK: 3, Rule.SILENT: 3, Rule.GREET: 1}


@dataclass(frozen=True, slots=True)
class Rules:
    """A pipeline's rules with their days; one that is switched off is not among them."""

    days: Mapping[Rule, int] = field(default_factory=lambda: DEFAULT)

    @classmethod
    def of(cls, data: dict[str, Any] | None) -> "Rules":
        """From what is kept; a rule of which nothing is kept is as by default, 0 is off."""
        kept = {rule: int((data or {}).get(rule, DEFAULT[rule])) for rule in Rule}
        return cls({rule: days for rule, days in kept.items() if days})

    @property
    def data(self) -> dict[str, int]:
        """As it is kept."""
        return {rule.value: self.days.get(rule, 0) for rule in Rule}

    def with_rule(self, rule: Rule, days: int) -> "Rules":
        """The same with other days for a rule; 0 switches it off."""
        return Rules.of({**self.data, rule.value: days})


def usual_norm(kind: StageKind) -> int | None:
    """How long a deal may stand in a new stage of this kind; a closed one stands for ever."""
    return NORM if kind in (StageKind.OPEN, StageKind.PAYMENT) else None


def overstays(norm_days: int | None, since: datetime, now: datetime) -> int | None:
    """For how many days a deal stands in a stage, where that is longer than it may."""
    if norm_days is None or now - since <= timedelta(days=norm_days):
        return None
    return (now - since).days
