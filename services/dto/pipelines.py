"""Pipelines as those see them who make and change them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.access import Action, Role, StageKind
from services.dto.common import Ref
from services.dto.deals import StageRef
from services.pipelines.auto_rules import Autos, Happening
from services.pipelines.robot_terms import Robot
from services.pipelines.shape import Color


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """A pipeline in one line, with how many deals are in work there."""

    id: int
    name: str
    stages: tuple[str, ...]
    deals: int


@dataclass(frozen=True, slots=True)
class PipelineList:
    """A page of all pipelines: those in use in their order, then those that are not."""

    used: tuple[PipelineLine, ...]
    away: tuple[Ref, ...]
    can: frozenset[Action]
    page: int = 0
    more: bool = False
    gone: "PipelineGone | None" = None
    """What was put out of use just now."""


@dataclass(frozen=True, slots=True)
class PipelineGone:
    """A pipeline that was put out of use, and how many deals went to which other one."""

    pipeline: Ref
    heir: Ref | None
    deals: int
    event: int
    """What it is taken back by."""


@dataclass(frozen=True, slots=True)
class PipelineCard:
    """A pipeline with its stages; `position` from 0 on among those in use."""

    id: int
    name: str
    position: int
    stages: tuple[StageRef, ...]
    deals: int
    """How many are in work there."""
    others: tuple[Ref, ...]
    """The other pipelines in use."""
    archived: bool
    can: frozenset[Action]
    gone: "StageGone | None" = None
    """The stage that was deleted just now."""
    dropped: tuple[Ref, ...] = ()
    """Stages that may come back, where this is told: by the event of their deletion, with their names."""


@dataclass(frozen=True, slots=True)
class StageGone:
    """A stage that was deleted, and how many deals went to which other one."""

    stage: Ref
    heir: Ref | None
    deals: int
    event: int
    """What it is taken back by."""


@dataclass(frozen=True, slots=True)
class StageCard:
    """A stage as it is set up."""

    id: int
    pipeline: Ref
    name: str
    kind: StageKind
    color: Color | None
    position: int
    """From 0 on."""
    of: int
    """So many stages has its pipeline."""
    up: bool
    """Whether it may change places with the stage before it."""
    down: bool
    required: tuple[str, ...]
    """What must be filled in to enter it: `amount`, `contact`, and codes of the company's own fields."""
    own: Mapping[str, str]
    """The names of the company's own fields of deals by their codes."""
    percent: int
    """How likely a deal there is won."""
    own_percent: bool
    """Whether that was set, and does not follow from its kind and its place."""
    norm_days: int | None
    role: Role | None
    result: str | None
    enter: tuple[Role, ...]
    """Who may move a deal there; none: whoever may at all."""
    leave: tuple[Role, ...]
    robots: tuple[Robot, ...]
    """The tasks that are set for each deal that comes there."""
    message: str | None
    autos: Autos
    """By what its deals move on by themselves."""
    leads_to: Mapping[Happening, tuple[Ref, ...]]
    """Where in its pipeline each event may lead that may at all."""
    abroad: Mapping[int, tuple[str, str]]
    """Where in other pipelines in use its rules lead: the names of pipeline and stage by the stage's id."""
    others: tuple[Ref, ...]
    """The other pipelines in use."""
    deals: int
    """How many stand there, those of the archive among them."""
    heirs: tuple[Ref, ...]
    """Where these may go if it is deleted."""


@dataclass(frozen=True, slots=True)
class AutoPlaces:
    """Where in another pipeline an event may lead from a stage."""

    card: StageCard
    pipeline: Ref
    stages: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PipelineReturn:
    """A pipeline that is in use again, or has a stage again, as if it had never been otherwise."""

    card: PipelineCard
    deals: int
    """How many came back to it."""
    stay: int
    """How many were changed since, or are gone."""


@dataclass(frozen=True, slots=True)
class StageLack:
    """How many deals come to a stage without all that it asks for, and what they lack."""

    stage: StageRef
    fields: tuple[str, ...]
    """As in `StageCard.required`."""
    deals: int


@dataclass(frozen=True, slots=True)
class StageDrop:
    """What it means to delete a stage."""

    card: StageCard
    heir: Ref | None
    """Where its deals were chosen to go, if there are any."""
    lacks: tuple[StageLack, ...]
    robots: bool
    """Whether the heir sets tasks for the deals that come there otherwise."""
    needed: str | None
    """Why it cannot be deleted: a code of an error."""


@dataclass(frozen=True, slots=True)
class PipelinePlan:
    """Where the deals in work of a pipeline would go, stage by stage."""

    pipeline: Ref
    heir: Ref
    steps: tuple[tuple[StageRef, int, StageRef], ...]
    """From which stage, how many, to which one."""
    choice: tuple[StageRef, ...]
    """The stages of the heir in which deals are in work."""
    lacks: tuple[StageLack, ...]
    own: Mapping[str, str]
    """The names of the company's own fields of deals by their codes."""
    robots: bool
    """Whether one of the stages sets tasks for the deals that come there otherwise."""


@dataclass(frozen=True, slots=True)
class LossReasons:
    """Why deals of a pipeline are lost: what is offered, in order, and what is no more."""

    pipeline: Ref
    own: bool
    """Whether these are its own; else the company's."""
    shared: tuple[str, ...]
    """The other pipelines in use that offer the same ones."""
    offered: tuple[Ref, ...]
    retired: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class LossReasonCard:
    """One of them."""

    reasons: LossReasons
    reason: Ref
    position: int
    """From 0 on among those that are offered."""
    retired: bool
    deals: int
    """How many deals are lost for it."""
