"""What happened with a client, across all that belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dto.clients import ClientKind
from services.dto.common import Sum
from services.dto.talk import FileKind


class TouchKind(StrEnum):
    """What happened with a client."""

    DEAL = "deal"
    MOVE = "move"
    """A deal went from stage to stage."""
    END = "end"
    """A deal was won or lost."""
    PAYMENT = "payment"
    LEAD = "lead"
    TASK = "task"
    COMMENT = "comment"
    """Of a task."""
    NOTE = "note"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class TouchFile:
    """What was sent with a note; of several: how many, and one of them."""

    id: int
    kind: FileKind
    name: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that happened; `subject` and `subject_id` name the card that tells more."""

    kind: TouchKind
    at: datetime
    text: str
    subject: str
    subject_id: int
    author: str | None
    done: bool = False
    """Of a task; of the end of a deal: that it was won."""
    amount: Sum | None = None
    """Of a payment, or of a deal."""
    beside: str | None = None
    """The stage of a deal; of a move: the title of the deal."""
    stages: tuple[str, str] | None = None
    """Of a move: the old and the new one."""
    file: TouchFile | None = None
    note_id: int | None = None
    """Of a note or a comment."""


@dataclass(frozen=True, slots=True)
class Touches:
    """A page of what happened with a client, the newest first."""

    kind: ClientKind
    id: int
    name: str
    touches: tuple[Touch, ...]
    page: int
    more: bool
