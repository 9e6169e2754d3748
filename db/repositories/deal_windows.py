"""The statements that look for deals along indexes, built once for each shape of a filter."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, select, true, tuple_, union_all

from db.models import Deal, DealTag
from db.repositories.deal_filters import Shape, Shelf, judge
from db.repositories.field_conditions import has_field

SHAPES = 512
"""So many statements are kept; each mix of conditions, and each place in a list, has its own."""

_JUDGED: tuple[Any, ...] = (
    *(Deal.id, Deal.closed_on, Deal.stage_id, Deal.stage_since, Deal.owner_id, Deal.department_id),
    *(Deal.source, Deal.amount, Deal.created_at, Deal.archived_at),
)
_HELPED: Any = bindparam("helped", expanding=True)


class By(StrEnum):
    """What an index leads along."""

    ALL = "all"
    SOURCE = "source"
    """Those of a source that is asked for."""
    OWNER = "owner"
    """The deals of somebody who is asked for."""
    DEPARTMENT = "department"
    OWN = "own"
    """The reader's own deals."""
    HELPED = "helped"
    """Those on which the reader works besides."""
    FIELDS = "fields"
    """Those whose fields say what few deals' do."""
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Arm:
    """A way to a part of what the reader may see; `number` tells one department from another, and so of those
    who are asked for, and of sources."""

    by: By
    number: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where along an index it is looked."""

    shelf: Shelf
    after: bool
    """Only behind a deal."""
    made: tuple[bool, bool] = (False, False)
    """Only above an id, only below one: between such the deals of a period lie."""


@lru_cache(SHAPES)
def looking(shape: Shape, stretch: Stretch, arms: tuple[Arm, ...]) -> Select[Any]:
    """Of each arm the deals that are wanted among the first `width`, at most `at_most`, and its end.

    Rows of the arm's place among the arms, the closing day, the id, and whether this is the last deal that
    was looked at, be it wanted or not; where fewer than `width` lie there is no such row.
    """
    parts: list[Select[Any]] = []
    for place, arm in enumerate(arms):
        along = _along(shape, stretch, arm)
        part = along.limit(bindparam("width")).subquery()
        hits = select(part.c.closed_on, part.c.id).where(judge(shape, part.c))
        found = hits.order_by(*_order(stretch.shelf, part.c)).limit(bindparam("at_most")).subquery()
        end = (
            along.with_only_columns(Deal.closed_on, Deal.id)
            .offset(bindparam("width_less"))
            .limit(1)
            .subquery()
        )
        parts += [select(literal(place), found.c.closed_on, found.c.id, literal(value=False))]
        parts += [select(literal(place), end.c.closed_on, end.c.id, literal(value=True))]
    return select(union_all(*parts).subquery())


def _along(shape: Shape, stretch: Stretch, arm: Arm) -> Select[Any]:
    """The deals along an index, in the order of the shelf."""
    query = select(*_JUDGED).where(_leading(shape, arm))
    if arm.by is By.TAG:
        return _along_tag(query, stretch)
    if shape.stages == 1 and stretch.shelf is Shelf.BY_ID:
        query = query.where(Deal.stage_id == bindparam("stage_0"))
    if stretch.shelf is Shelf.CLOSED:
        query = query.where(*_closed(shape, stretch))
        return query.order_by(*_order(stretch.shelf, Deal))
    if stretch.shelf is Shelf.WORK:
        query = query.where(Deal.closed_on.is_(None))
    if stretch.after:
        query = query.where(Deal.id < bindparam("after_id"))
    above, below = stretch.made
    if above:
        query = query.where(Deal.id > bindparam("made_above"))
    if below:
        query = query.where(Deal.id < bindparam("made_below"))
    return query.order_by(*_order(stretch.shelf, Deal))


def _leading(shape: Shape, arm: Arm) -> ColumnElement[bool]:
    match arm.by:
        case By.SOURCE:
            return Deal.source == bindparam(f"source_{arm.number}")
        case By.OWNER:
            return Deal.owner_id == bindparam(f"owner_{arm.number}")
        case By.DEPARTMENT:
            return Deal.department_id == bindparam(f"department_{arm.number}")
        case By.OWN:
            return Deal.owner_id == bindparam("seen_owner")
        case By.HELPED:
            # By their numbers: whoever looks for them along an index of all deals passes too many others.
            return Deal.id.in_(_HELPED)
        case By.FIELDS:
            return and_(*(has_field(one, Deal.id) for one in shape.fields))
        case By.ALL | By.TAG:
            return true()


def _along_tag(query: Select[Any], stretch: Stretch) -> Select[Any]:
    """The deals of a tag, the newest first."""
    query = query.join(DealTag, DealTag.deal_id == Deal.id).where(DealTag.tag_id == bindparam("tag"))
    if stretch.after:
        query = query.where(DealTag.deal_id < bindparam("after_id"))
    return query.order_by(DealTag.deal_id.desc())


def _closed(shape: Shape, stretch: Stretch) -> list[ColumnElement[bool]]:
    if shape.closed:
        conditions = [Deal.closed_on >= bindparam("closed_from"), Deal.closed_on <= bindparam("closed_to")]
    else:
        conditions = [Deal.closed_on.is_not(None)]
    if stretch.after:
        last = tuple_(
            bindparam("after_day", type_=Deal.closed_on.type), bindparam("after_id", type_=Deal.id.type)
        )
        conditions.append(tuple_(Deal.closed_on, Deal.id) < last)
    return conditions


def _order(shelf: Shelf, on: Any) -> tuple[ColumnElement[Any], ...]:
    """What is in work has no closing day, and an index leads by that to the newest first."""
    return (on.id.desc(),) if shelf is Shelf.BY_ID else (on.closed_on.desc(), on.id.desc())
