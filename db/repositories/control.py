"""How some departments stand now: what waits there for somebody to care, counted and page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from db.models import Contact, Deal, Lead, Person, Stage, Task
from db.repositories.adrift import StepLimits, adrift, parts
from db.repositories.at_hand import AFTER, AT_MOST, LEAD_IN_WORK, MEMBERS, PERSON, here, named, unfinished
from db.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in some departments."""

    free: int
    oldest: datetime | None
    """Since when the longest waiting free lead does."""
    adrift: int
    orphans: int
    """Deals in work that nobody owns."""
    late: int


_NOW, _HIGH, _DUE = named("now"), named("high"), named("due")

_IS_FREE = and_(here(Lead.department_id), Lead.status == "new", Lead.owner_id.is_(None))

_IS_LATE = and_(
    Task.done_at.is_(None), Task.handed_in_at.is_(None), Task.due_at < _NOW, Task.personal.is_(False)
)
_LATE = and_(
    _IS_LATE,
    or_(here(Deal.department_id), here(Lead.department_id), Task.assignee_id.in_(MEMBERS)),
)


_ANYBODY = aliased(Person)


def _tasks(*columns: Any) -> Select[Any]:
    """Person by person: an index holds everybody's open tasks by when they are due, and none holds all."""
    return (
        select(*columns)
        .select_from(Task)
        .join(Person, Person.id == Task.assignee_id)
        .outerjoin(Deal, Deal.id == Task.deal_id)
        .outerjoin(Lead, Lead.id == Task.lead_id)
        .where(_LATE, Task.assignee_id.in_(select(_ANYBODY.id)))
    )


def _deals(condition: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(Deal).where(condition)


_FREE = select(func.count(Lead.id), func.min(Lead.created_at)).where(_IS_FREE).subquery()


def _adrift(later: int, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many deals without a next step lie here."""
    counts = (_deals(and_(here(Deal.department_id), part, *conditions)) for part in parts(Deal, later))
    return sum((count.scalar_subquery() for count in counts), start=literal(0))


@cache
def _waiting(later: int) -> Select[Any]:
    return select(
        _FREE.c[0],
        _FREE.c[1],
        _adrift(later).label("adrift"),
        _deals(unfinished() & Deal.owner_id.is_(None)).scalar_subquery(),
        _tasks(func.count()).scalar_subquery(),
    )


@cache
def _of_one(later: int) -> Select[Any]:
    late = _tasks(func.count()).where(Task.assignee_id == PERSON)
    return select(_adrift(later, Deal.owner_id == PERSON).label("adrift"), late.scalar_subquery())


_FREE_PAGE = select(Lead).where(_IS_FREE, Lead.id > AFTER).order_by(Lead.id).limit(AT_MOST)
_LEADS_PAGE = (
    select(Lead)
    .where(LEAD_IN_WORK, Lead.owner_id == PERSON, Lead.id > AFTER)
    .order_by(Lead.id)
    .limit(AT_MOST)
)


KEY = aliased(Deal)


def deal_page(*conditions: ColumnElement[bool]) -> Select[Deal, Stage, str, str]:
    """Found by their keys first: only what is shown is read as a whole."""
    keys = select(KEY.id).where(*conditions, KEY.id > AFTER).order_by(KEY.id).limit(AT_MOST)
    return (
        select(Deal, Stage, Contact.name, Person.name)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Contact, Contact.id == Deal.contact_id)
        .outerjoin(Person, Person.id == Deal.owner_id)
        .where(Deal.id.in_(keys))
        .order_by(Deal.id)
    )


_IN_HAND_PAGE = deal_page(unfinished(KEY), KEY.owner_id == PERSON)
_ORPHANS_PAGE = deal_page(unfinished(KEY), KEY.owner_id.is_(None))


@cache
def _adrift_page(later: int, *, of_one: bool) -> Select[Deal, Stage, str, str]:
    theirs = [KEY.owner_id == PERSON] if of_one else []
    return deal_page(here(KEY.department_id), adrift(KEY, later), *theirs)


_LATE_PAGE = _tasks(Task, Person.name).order_by(Task.high.desc(), Task.due_at, Task.id).limit(AT_MOST)
_LATE_OF_ONE = _LATE_PAGE.where(Person.id == PERSON)
_ANCHOR = select(Task.high, Task.due_at).where(Task.id == AFTER, _IS_LATE)
_BEHIND = or_(
    Task.high < _HIGH,
    and_(Task.high == _HIGH, or_(Task.due_at > _DUE, and_(Task.due_at == _DUE, Task.id > AFTER))),
)
_LATE_NEXT, _LATE_OF_ONE_NEXT = _LATE_PAGE.where(_BEHIND), _LATE_OF_ONE.where(_BEHIND)


class ControlRepository(Repository):
    """Reads only. `departments` are those that the reader may look at, all by their ids."""

    async def waiting(self, departments: Collection[int], steps: StepLimits, now: datetime) -> Waiting:
        """What waits for somebody to care."""
        given = {**steps.given, "departments": [*departments], "now": now}
        return Waiting(*(await self.session.execute(_waiting(len(steps.later)), given)).one())

    async def of_one(
        self, departments: Collection[int], person_id: int, steps: StepLimits, now: datetime
    ) -> tuple[int, int]:
        """Somebody's deals without a next step, and their overdue tasks."""
        given = {**steps.given, "departments": [*departments], "person": person_id, "now": now}
        idle, late = (await self.session.execute(_of_one(len(steps.later)), given)).one()
        return idle, late

    async def free(self, departments: Collection[int], after: int, limit: int) -> Sequence[Lead]:
        """Free leads, the oldest first, after one of them."""
        given = {"departments": [*departments], "after": after, "at_most": limit}
        return (await self.session.scalars(_FREE_PAGE, given)).all()

    async def leads(
        self, departments: Collection[int], person_id: int, after: int, limit: int
    ) -> Sequence[Lead]:
        """Somebody's leads in work, the oldest first, after one of them."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        return (await self.session.scalars(_LEADS_PAGE, given)).all()

    async def deals(
        self, departments: Collection[int], person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Somebody's deals in work (None: nobody's) with stage, client and owner, the oldest first."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        return await self._deals(_IN_HAND_PAGE if person_id else _ORPHANS_PAGE, given)

    async def adrift(
        self, departments: Collection[int], steps: StepLimits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Deals without a next step, of one or of all (None), the oldest first, after one of them."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        page = _adrift_page(len(steps.later), of_one=person_id is not None)
        return await self._deals(page, {**steps.given, **given})

    async def late(
        self, departments: Collection[int], person_id: int | None, now: datetime, after: int, limit: int
    ) -> list[tuple[Task, str]]:
        """Overdue tasks of one or of all (None) with their assignees, the longest due first.

        They go on after a task; from the start, if that one is overdue no more.
        """
        given = {"departments": [*departments], "person": person_id, "now": now, "at_most": limit}
        anchor = None
        if after:
            anchor = (await self.session.execute(_ANCHOR, {"after": after, "now": now})).one_or_none()
        if anchor is None:
            page = _LATE_OF_ONE if person_id else _LATE_PAGE
        else:
            page = _LATE_OF_ONE_NEXT if person_id else _LATE_NEXT
            given |= {"high": anchor[0], "due": anchor[1], "after": after}
        return [(task, name) for task, name in await self.session.execute(page, given)]

    async def _deals(
        self, page: Select[Deal, Stage, str, str], given: Mapping[str, object]
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        rows = await self.session.execute(page, given)
        return [(deal, stage, client, owner) for deal, stage, client, owner in rows]
