"""What a pipeline must be, whatever is done to it: its ends, its order, and what its stages may say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from services.access import CLOSED_KINDS, Role, StageKind
from services.errors import AppError

MOST_STAGES = 100
MOST_PIPELINES = 200
"""No company meets these: they stop a program that makes them without end."""
NAME_LIMIT = 40
RESULT_LIMIT = 200
NEEDED = (StageKind.OPEN, *CLOSED_KINDS)
"""A pipeline has a stage of each of these: where a deal enters, and where it ends."""
MOVERS = (Role.OWNER, Role.HEAD, Role.MANAGER)
"""The roles of whoever moves deals."""
REQUIRABLE = ("amount", "contact")
"""Fields of a deal that a stage may ask for."""


class Color(StrEnum):
    """The marks that a stage may have."""

    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PURPLE = "purple"
    BROWN = "brown"
    BLACK = "black"
    WHITE = "white"


class StageField(StrEnum):
    """What is said of a stage, one by one."""

    NAME = "name"
    COLOR = "color"
    KIND = "kind"
    REQUIRED = "required"
    NORM = "norm_days"
    PERCENT = "percent"
    ROLE = "role"
    RESULT = "result"
    ENTER = "enter"
    LEAVE = "leave"
    MESSAGE = "message"


TOGGLED = (StageField.REQUIRED, StageField.ENTER, StageField.LEAVE)
"""Lists of which each item is added and taken away by being named."""


class Step(Protocol):
    """A stage, as far as its place is concerned."""

    id: int
    kind: str
    position: int


S = TypeVar("S", bound=Step)


def arrange(stages: Iterable[S]) -> list[S]:
    """Number the stages from 0 on: those in work first, then the ends, each in the order that they had."""
    ordered = sorted(stages, key=lambda one: (one.kind in CLOSED_KINDS, one.position, one.id))
    for position, stage in enumerate(ordered):
        stage.position = position
    return ordered


def check_whole(kinds: Iterable[str]) -> None:
    """Raise `stage.last_of_kind` unless a pipeline of these kinds has its beginning and its ends."""
    found = Counter(kinds)
    for kind in NEEDED:
        if not found[kind]:
            raise AppError(f"stage.last_{kind}")


def has_neighbour(stages: Sequence[Step], stage: Step, *, later: bool) -> bool:
    """Whether a stage may change places with the next one: one in work never passes an end."""
    side = 1 if later else -1
    return any(
        (one.position - stage.position) * side > 0
        and (one.kind in CLOSED_KINDS) == (stage.kind in CLOSED_KINDS)
        for one in stages
    )


def shift(stages: Sequence[S], stage: S, *, later: bool) -> None:
    """Let a stage change places with its neighbour, if it has one."""
    ordered = arrange(stages)
    if has_neighbour(ordered, stage, later=later):
        other = ordered[stage.position + (1 if later else -1)]
        stage.position, other.position = other.position, stage.position


def heirs(stages: Iterable[S], stage: S) -> list[S]:
    """Where the deals of a stage may go when it is deleted: to another one of its kind.

    Any other way a deal would be closed, reopened or let past the payment guard without the right to it.
    """
    return [one for one in stages if one.id != stage.id and one.kind == stage.kind]
