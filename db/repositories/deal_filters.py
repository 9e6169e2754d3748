"""What a list of deals asks for, and the conditions of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal_column, or_, select

from db.models import Stage, Task
from db.repositories.base import Sight, given
from db.repositories.field_conditions import FieldCondition, has_field
from db.repositories.reach import deals_within
from db.scope import Scope

SETTLED = ("payment", "won", "lost")
OPEN = ("open", "payment")
CLOSED = ("won", "lost")


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
    stage_ids: tuple[int, ...] = ()
    """In which stage they stand, any of these; none: wherever."""
    only: Shelf | None = None
    """Where in the list all deals of several stages lie, if that is one place."""
    owner_ids: tuple[int, ...] = ()
    """Whose they are, anybody's of these; none: whoever's."""
    sources: tuple[str, ...] = ()
    """Any of these; none: from wherever."""
    tag_id: int | None = None
    created: tuple[datetime, datetime] | None = None
    """From a moment to before another."""
    closed: tuple[date, date] | None = None
    """From a day to a day."""
    due: tuple[datetime | None, datetime] | None = None
    """When the next task is due: from a moment to before another."""
    amount_from: int | None = None
    amount_to: int | None = None
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
        if len(self.stage_ids) == 1:
            return (Shelf.BY_ID,)
        if self.in_work:
            return (Shelf.WORK,)
        everybodys = not self.owner_ids and self.scope.everything
        if everybodys and (self.sources or self.created is not None):
            return (Shelf.BY_ID,)
        return (self.only,) if self.only is not None else (Shelf.WORK, Shelf.CLOSED)


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how the conditions of a filter read, whatever the values that it asks for."""

    sight: Sight
    stages: int
    """For how many it is asked; so of owners and sources."""
    owners: int
    sources: int
    tag: bool
    created: bool
    closed: bool
    amount_from: bool
    amount_to: bool
    no_task: bool
    due: bool
    overdue: bool
    """Due by a moment, however long since."""
    rotting: int | None
    """For how many stages it is told how long a deal may stand there."""
    fields: tuple[FieldCondition, ...]
    rare: bool

    @classmethod
    def of(cls, wanted: Wanted) -> "Shape":
        """That of what is wanted."""
        return cls(
            sight=Sight.of(wanted.scope),
            stages=len(wanted.stage_ids),
            owners=len(wanted.owner_ids),
            sources=len(wanted.sources),
            tag=wanted.tag_id is not None,
            created=wanted.created is not None,
            closed=wanted.closed is not None,
            amount_from=wanted.amount_from is not None,
            amount_to=wanted.amount_to is not None,
            no_task=wanted.no_task,
            due=wanted.due is not None,
            overdue=wanted.due is not None and wanted.due[0] is None,
            rotting=None if wanted.rotting is None else len(wanted.rotting),
            fields=wanted.fields,
            rare=wanted.rare,
        )

    @property
    def elsewhere(self) -> bool:
        """Whether it asks for what the deal's own row does not tell."""
        return self.no_task or self.due or bool(self.fields and not self.rare)


def asked(wanted: Wanted) -> dict[str, object]:
    """The values for a statement that was built by the shape."""
    values: dict[str, object] = {
        **given(wanted.scope),
        **_numbered("stage", wanted.stage_ids),
        **_numbered("owner", wanted.owner_ids),
        **_numbered("source", wanted.sources),
        "tag": wanted.tag_id,
        "amount_from": wanted.amount_from,
        "amount_to": wanted.amount_to,
        **_span("created", wanted.created),
        **_span("closed", wanted.closed),
        **_span("due", wanted.due),
    }
    for n, (stage, limit) in enumerate(wanted.rotting or ()):
        values |= {f"rotting_{n}": stage, f"rotting_before_{n}": limit}
    return values


def judge(shape: Shape, deal: Any) -> ColumnElement[bool]:
    """Everything that is asked for, of deals that an index has led to."""
    settled = deal.stage_id.in_(select(Stage.id).where(Stage.kind.in_(SETTLED)))
    return and_(
        deal.archived_at.is_(None),
        deals_within(shape.sight, settled, deal),
        *_of_columns(shape, deal),
        *(has_field(one, deal.id) for one in shape.fields if not shape.rare),
        *_of_work(shape, deal),
    )


def _of_columns(shape: Shape, deal: Any) -> Iterator[ColumnElement[bool]]:
    yield from _any(deal.stage_id, "stage", shape.stages)
    yield from _any(deal.owner_id, "owner", shape.owners)
    yield from _any(deal.source, "source", shape.sources)
    if shape.closed:
        yield deal.closed_on.between(bindparam("closed_from"), bindparam("closed_to"))
    if shape.created:
        yield deal.created_at >= bindparam("created_from")
        yield deal.created_at < bindparam("created_to")
    if shape.amount_from:
        yield deal.amount >= bindparam("amount_from")
    if shape.amount_to:
        yield deal.amount <= bindparam("amount_to")


def _of_work(shape: Shape, deal: Any) -> Iterator[ColumnElement[bool]]:
    """What only deals in work can be."""
    if shape.no_task or shape.due or shape.rotting is not None:
        yield deal.stage_id.in_(select(Stage.id).where(Stage.kind.in_(OPEN)))
    if shape.no_task:
        yield ~exists(select(literal_column("1")).where(*_open_task(deal)))
    if shape.due:
        first_due = select(func.min(Task.due_at)).where(*_open_task(deal)).scalar_subquery()
        yield first_due < bindparam("due_to")
        if not shape.overdue:
            yield first_due >= bindparam("due_from")
    if shape.rotting is not None:
        too_long = [
            and_(
                deal.stage_id == bindparam(f"rotting_{n}"),
                deal.stage_since < bindparam(f"rotting_before_{n}"),
            )
            for n in range(shape.rotting)
        ]
        yield or_(*too_long) if too_long else deal.id < 0


def _open_task(deal: Any) -> tuple[ColumnElement[bool], ...]:
    return (Task.deal_id == deal.id, Task.done_at.is_(None))


def _any(column: Any, name: str, count: int) -> Iterator[ColumnElement[bool]]:
    if count == 1:
        yield column == bindparam(f"{name}_0")
    elif count:
        yield column.in_([bindparam(f"{name}_{n}") for n in range(count)])


def _numbered(name: str, values: Sequence[object]) -> dict[str, object]:
    return {f"{name}_{n}": value for n, value in enumerate(values)}


def _span(name: str, span: tuple[object, object] | None) -> dict[str, object]:
    return dict(zip((f"{name}_from", f"{name}_to"), span, strict=True)) if span is not None else {}
