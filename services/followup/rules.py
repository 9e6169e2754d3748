"""What is done by itself about the deals of a pipeline, each after so many days."""

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
    """So many working days after the first contact the owner of the deal gets a task to call back."""
    SILENT = "silent"
    """So many working days after anything last happened with the client they get one to call again."""
    STEP = "step"
    """So many days after that a deal for which nothing is planned is listed, for its owner and the head."""
    GREET = "greet"
    """So many days before the birthday of a client whoever keeps them is told."""


DEFAULT: Mapping[Rule, int] = {Rule.CALLBACK: 3, Rule.SILENT: 3, Rule.STEP: 0, Rule.GREET: 0}
LEAST: Mapping[Rule, int] = {Rule.CALLBACK: 1, Rule.SILENT: 1, Rule.STEP: 0, Rule.GREET: 0}
MOST: Mapping[Rule, int] = {Rule.CALLBACK: LONGEST, Rule.SILENT: LONGEST, Rule.STEP: LONGEST, Rule.GREET: 30}


@dataclass(frozen=True, slots=True)
class Rules:
    """A pipeline's rules with their days; one that is switched off is not among them."""

    days: Mapping[Rule, int] = field(default_factory=lambda: DEFAULT)

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> "Rules":
        """From what is kept; a rule of which nothing is kept is as by default, None is off."""
        kept = {rule: (data or {}).get(rule, DEFAULT[rule]) for rule in Rule}
        return cls({rule: days for rule, days in kept.items() if days is not None and days >= LEAST[rule]})

    @property
    def data(self) -> dict[str, int | None]:
        """As it is kept."""
        return {rule.value: self.days.get(rule) for rule in Rule}

    def with_rule(self, rule: Rule, days: int | None) -> "Rules":
        """The same with other days for a rule; None, or fewer than it can have, switches it off."""
        return Rules.of({**self.data, rule.value: days})


def usual_norm(kind: StageKind) -> int | None:
    """How long a deal may stand in a new stage of this kind; a closed one stands for ever."""
    return NORM if kind in (StageKind.OPEN, StageKind.PAYMENT) else None


def overstays(norm_days: int | None, since: datetime, now: datetime) -> int | None:
    """For how many days a deal stands in a stage, where that is longer than it may."""
    if norm_days is None or now - since <= timedelta(days=norm_days):
        return None
    return (now - since).days
