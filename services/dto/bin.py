"""What lies in the bin, and what would go there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BinPlan:
    """What the deletion of a subject comes to; tables with the number of their rows."""

    kind: str
    id: int
    version: int
    title: str
    goes: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, int], ...]
    """Also `its_client`, `its_company` and `its_lead`."""
    days: int
    """For so many it can be brought back."""


@dataclass(frozen=True, slots=True)
class BinLine:
    """A deleted subject as one reader may see it."""

    id: int
    kind: str
    subject_id: int
    title: str
    deleted_at: datetime
    deleted_by: str | None
    days_left: int
    may_restore: bool
    may_destroy: bool


@dataclass(frozen=True, slots=True)
class TaskShelf:
    """Deleted tasks, page by page."""

    items: tuple[BinLine, ...]
    page: int
    more: bool
