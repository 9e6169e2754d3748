"""Whom somebody is to call, and by which rules."""

from dataclasses import dataclass
from datetime import date, datetime

from services.access import StageKind
from services.dto.common import Ref
from services.followup.rules import Rules


@dataclass(frozen=True, slots=True)
class CallLine:
    """A task to call that a rule has set."""

    task_id: int
    text: str
    title: str | None
    """Of the deal or lead, for whoever still owns it."""
    phone: str | None
    touched_at: datetime | None
    """When something last happened with the client."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A client who has a birthday."""

    contact_id: int
    name: str
    day: date
    turns: int | None
    """How old they will be, where the year is known."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What somebody is told as their working day begins."""

    today: date
    calls: tuple[CallLine, ...]
    greetings: tuple[Greeting, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.calls or self.greetings)


@dataclass(frozen=True, slots=True)
class StageNorm:
    """How many days a deal may stand in a stage; None for as long as it likes."""

    id: int
    name: str
    kind: StageKind
    days: int | None


@dataclass(frozen=True, slots=True)
class FollowUpCard:
    """The rules of a pipeline."""

    pipeline: Ref
    choice: tuple[Ref, ...]
    """All pipelines of the company."""
    rules: Rules
    stages: tuple[StageNorm, ...]
    """Those in which a deal is in work."""
