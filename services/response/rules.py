"""What follows when a lead is not answered: steps, each after so many minutes of working time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST = 7 * 24 * 60
"""A week of working time: whoever waits longer has no rule."""


class Step(StrEnum):
    """What is done, in the order that holds for steps due at the same moment."""

    REMIND = "remind"
    """The manager is reminded; of a lead that nobody has taken, the department."""
    TASK = "task"
    """The manager gets a task to call."""
    PASS_ON = "pass_on"  # noqa: S105 - no password, but the way of a lead
    """The lead goes to another manager."""
    ALARM = "alarm"
    """The head and the team chat are told, once for a lead."""


DEFAULT: Mapping[Step, int] = {Step.REMIND: 10, Step.TASK: 15, Step.PASS_ON: 30, Step.ALARM: 30}


@dataclass(frozen=True, slots=True)
class Rules:
    """A department's steps with their minutes; one that is switched off is not among them."""

    minutes: Mapping[Step, int] = field(default_factory=lambda: DEFAULT)

    @classmethod
    def of(cls, data: dict[str, Any] | None) -> "Rules":
        """From what is kept; a step of which nothing is kept is as by default, 0 is off."""
        kept = {step: int((data or {}).get(step, DEFAULT[step])) for step in Step}
        return cls({step: minutes for step, minutes in kept.items() if minutes})

    @property
    def data(self) -> dict[str, int]:
        """As it is kept."""
        return {step.value: self.minutes.get(step, 0) for step in Step}

    def with_step(self, step: Step, minutes: int) -> "Rules":
        """The same with other minutes for a step; 0 switches it off."""
        return Rules.of({**self.data, step.value: minutes})
