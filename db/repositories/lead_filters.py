"""What a list of leads asks for, the conditions of it, and the points by which leads are sorted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, select

from db.models import Call, Task
from db.repositories.base import within
from db.repositories.field_conditions import FieldCondition, has_field, says
from db.scope import Scope

STATUSES = ("new", "in_work", "qualified", "rejected")
UNOWNED = frozenset({"new", "rejected"})
"""In these nobody may have a lead."""


@dataclass(frozen=True, slots=True)
class PointRule:
    """So many points for a lead of which this holds: one of these is asked, see `services.scoring`."""

    points: int
    source: str | None = None
    amount: int | None = None
    """At least so much."""
    reached: bool = False
    field: FieldCondition | None = None


@dataclass(frozen=True, slots=True)
class WantedLeads:
    """What a list asks for; what is None is not asked for."""

    scope: Scope
    statuses: frozenset[str] = frozenset(STATUSES)
    owner_ids: tuple[int, ...] = ()
    """Whose they are, anybody's of these; none: whoever's."""
    unowned: bool = False
    sources: tuple[str, ...] = ()
    """Any of these; none: from wherever."""
    tag_id: int | None = None
    created: tuple[datetime, datetime] | None = None
    """From a moment to before another."""
    due: tuple[datetime | None, datetime] | None = None
    """When the next task is due: from a moment to before another."""
    amount_from: int | None = None
    amount_to: int | None = None
    no_task: bool = False
    fields: tuple[FieldCondition, ...] = ()
    rare: bool = False
    """Whether the fields say what few leads do: then these are looked up, as with deals."""
    points_from: int | None = None
    rules: tuple[PointRule, ...] = ()
    """By which they are scored."""
    hot: bool = False
    """Those with the most points first, instead of the newest."""


def judge(wanted: WantedLeads, lead: Any) -> ColumnElement[bool]:
    """Everything that is asked for, of leads that an index has led to."""
    return and_(
        within(wanted.scope, lead.owner_id, lead.department_id),
        *_of_columns(wanted, lead),
        *_of_tasks(wanted, lead),
        *(has_field(one, lead.id) for one in wanted.fields if not wanted.rare),
    )


def points_of(rules: Sequence[PointRule], lead: Any) -> ColumnElement[int]:
    """The points of a lead, of which each rule asks by one look into an index."""
    total: ColumnElement[int] = literal(0)
    for rule in rules:
        total = total + case((_holds(rule, lead), rule.points), else_=0)
    return total


def _holds(rule: PointRule, lead: Any) -> ColumnElement[bool]:
    if rule.source is not None:
        return and_(lead.source == rule.source)
    if rule.amount is not None:
        return and_(lead.amount.is_not(None), lead.amount >= rule.amount)
    if rule.reached:
        return exists(select(Call.id).where(Call.lead_id == lead.id, Call.outcome == "reached"))
    return says(rule.field, "lead", lead.id) if rule.field is not None else false()


def _of_columns(wanted: WantedLeads, lead: Any) -> Iterator[ColumnElement[bool]]:
    if wanted.statuses != frozenset(STATUSES):
        yield lead.status.in_(sorted(wanted.statuses))
    if wanted.owner_ids:
        yield lead.owner_id.in_(wanted.owner_ids)
    if wanted.unowned:
        yield lead.owner_id.is_(None)
    if wanted.sources:
        yield lead.source.in_(wanted.sources)
    if wanted.created is not None:
        first, last = wanted.created
        yield and_(lead.created_at >= first, lead.created_at < last)
    if wanted.amount_from is not None:
        yield lead.amount >= wanted.amount_from
    if wanted.amount_to is not None:
        yield lead.amount <= wanted.amount_to
    if wanted.points_from is not None:
        yield points_of(wanted.rules, lead) >= wanted.points_from


def _of_tasks(wanted: WantedLeads, lead: Any) -> Iterator[ColumnElement[bool]]:
    still = (Task.lead_id == lead.id, Task.done_at.is_(None))
    if wanted.no_task:
        yield ~exists(select(Task.id).where(*still))
    if wanted.due is not None:
        start, end = wanted.due
        first = select(func.min(Task.due_at)).where(*still).scalar_subquery()
        yield first < end if start is None else and_(first >= start, first < end)
