"""What a list of deals asks for, and the conditions of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select

from db.models import Stage, Task
from db.repositories.field_conditions import FieldCondition, has_field
from db.repositories.reach import deals_within
from db.scope import Scope

SETTLED = ("payment", "won", "lost")
OPEN = ("open", "payment")


class Shelf(StrEnum):
    """In which order the deals of a part of a list come."""

    BY_ID = "id"
    """The newest first."""
    WORK = "work"
    """Those in work, the newest first."""
    CLOSED = "closed"
    """Those that are closed, the last one first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list asks for; what is None is not asked for. Deals of the archive are in none."""

    scope: Scope
    stage_id: int | None = None
    owner_id: int | None = None
    source: str | None = None
    tag_id: int | None = None
    created: tuple[datetime, datetime] | None = None
    """From a moment to before another."""
    closed: tuple[date, date] | None = None
    """From a day to a day."""
    due: tuple[datetime | None, datetime] | None = None
    """When the next task is due: from a moment to before another."""
    amount_from: int | None = None
    no_task: bool = False
    rotting: tuple[tuple[int, datetime], ...] | None = None
    """By stage, since before when a deal stands there for too long."""
    fields: tuple[FieldCondition, ...] = ()
    """What the company's own fields have to say."""
    rare: bool = False
    """Whether one of these leads to so few deals that they are all looked at."""

    @property
    def in_work(self) -> bool:
        """Whether it asks for what only deals in work can be."""
        return self.no_task or self.rotting is not None or self.due is not None

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The parts of the list, one after the other."""
        if self.tag_id is not None:
            return (Shelf.BY_ID,)
        if self.closed is not None:
            return (Shelf.CLOSED,)
        if self.stage_id is not None:
            return (Shelf.BY_ID,)
        if self.in_work:
            return (Shelf.WORK,)
        everybodys = self.owner_id is None and self.scope.everything
        if everybodys and (self.source is not None or self.created is not None):
            return (Shelf.BY_ID,)
        return (Shelf.WORK, Shelf.CLOSED)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Where in a shelf a deal stands; greater ones come first."""

    closed_on: date
    deal_id: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The last deal that was looked at, and whether among those closed: it may be elsewhere by then."""

    deal_id: int
    closed: bool

    @classmethod
    def of(cls, number: int) -> "Mark":
        """From a button."""
        return cls(number // 2, bool(number % 2))

    @property
    def number(self) -> int:
        """For a button."""
        return self.deal_id * 2 + self.closed


@dataclass(frozen=True, slots=True)
class Found:
    """The deals of a page, in order, and where the list goes on."""

    ids: Sequence[int]
    next_after: int | None
    """Where the next page begins, if there may be one: a `Mark` as a number."""


def judge(wanted: Wanted, deal: Any) -> ColumnElement[bool]:
    """Everything that is asked for, of deals that an index has led to."""
    settled = deal.stage_id.in_(select(Stage.id).where(Stage.kind.in_(SETTLED)))
    return and_(
        deal.archived_at.is_(None),
        deals_within(wanted.scope, settled, deal),
        *_of_columns(wanted, deal),
        *(has_field(one, deal.id) for one in wanted.fields if not wanted.rare),
        *_of_work(wanted, deal),
    )


def _of_columns(wanted: Wanted, deal: Any) -> Iterator[ColumnElement[bool]]:
    same = {
        deal.stage_id: wanted.stage_id,
        deal.owner_id: wanted.owner_id,
        deal.source: wanted.source,
    }
    yield from (column == value for column, value in same.items() if value is not None)
    if wanted.closed is not None:
        yield deal.closed_on.between(*wanted.closed)
    if wanted.created is not None:
        first, last = wanted.created
        yield and_(deal.created_at >= first, deal.created_at < last)
    if wanted.amount_from is not None:
        yield deal.amount >= wanted.amount_from


def _of_work(wanted: Wanted, deal: Any) -> Iterator[ColumnElement[bool]]:
    """What only deals in work can be."""
    if wanted.in_work:
        yield deal.stage_id.in_(select(Stage.id).where(Stage.kind.in_(OPEN)))
    if wanted.no_task:
        yield ~exists(select(literal_column("1")).where(*_open_task(deal)))
    if wanted.due is not None:
        start, end = wanted.due
        first_due = select(func.min(Task.due_at)).where(*_open_task(deal)).scalar_subquery()
        yield first_due < end if start is None else and_(first_due >= start, first_due < end)
    if wanted.rotting is not None:
        too_long = [and_(deal.stage_id == one, deal.stage_since < limit) for one, limit in wanted.rotting]
        yield or_(*too_long) if too_long else deal.id < 0


def _open_task(deal: Any) -> tuple[ColumnElement[bool], ...]:
    return (Task.deal_id == deal.id, Task.done_at.is_(None))
