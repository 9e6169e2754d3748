"""The open tasks of others, person by person, for those who watch over them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select, update

from db.models import Deal, Lead, Membership, Person, Task
from db.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """How many open tasks somebody has."""

    id: int
    name: str
    overdue: int
    today: int
    later: int


def _given(name: str) -> BindParameter[Any]:
    """A value that is known when the statement runs."""
    return bindparam(name)


_NOW, _MIDNIGHT = _given("now"), _given("midnight")
_PERSON, _SKIP, _MOST = _given("person"), _given("skip"), _given("at_most")


def _among(column: Any) -> ColumnElement[bool]:
    """Lies in one of the departments that are watched."""
    found: ColumnElement[bool] = column.in_(bindparam("departments", expanding=True))
    return found


_MEMBERS = select(Membership.person_id).where(_among(Membership.department_id))
_THERE = or_(_among(Deal.department_id), _among(Lead.department_id), Task.assignee_id.in_(_MEMBERS))
_OPEN = and_(Task.done_at.is_(None), Task.personal.is_(False))


def _tasks(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Task, Task.assignee_id == Person.id)
        .outerjoin(Deal, Deal.id == Task.deal_id)
        .outerjoin(Lead, Lead.id == Task.lead_id)
        .where(_OPEN)
    )


_OVERDUE = func.count().filter(Task.due_at < _NOW)
_COUNTS = _tasks(
    Person.id,
    Person.name,
    _OVERDUE,
    func.count().filter(Task.due_at >= _NOW, Task.due_at < _MIDNIGHT),
    func.count().filter(Task.due_at >= _MIDNIGHT),
).group_by(Person.id, Person.name, Person.name_folded)
_PEOPLE = (
    _COUNTS.where(Person.id != _given("but"))
    .order_by(_OVERDUE.desc(), Person.name_folded, Person.id)
    .offset(_SKIP)
    .limit(_MOST)
)
_ONE = _COUNTS.where(Person.id == _PERSON)
_PAGE = (
    _tasks(Task)
    .select_from(Person)
    .where(Person.id == _PERSON)
    .order_by(Task.due_at >= _NOW, Task.due_at >= _MIDNIGHT, Task.high.desc(), Task.due_at, Task.id)
    .offset(_SKIP)
    .limit(_MOST)
)
_PEOPLE_THERE, _ONE_THERE, _PAGE_THERE = (query.where(_THERE) for query in (_PEOPLE, _ONE, _PAGE))


class TeamTaskRepository(Repository):
    """Reads only. `departments` are those that are watched, None for all; personal tasks are never seen."""

    async def people(
        self,
        departments: Collection[int] | None,
        but: int,
        now: datetime,
        midnight: datetime,
        skip: int,
        limit: int,
    ) -> list[OpenTasks]:
        """Everybody but one who has open tasks there, those with the most overdue ones first."""
        given = {"but": but, "now": now, "midnight": midnight, "skip": skip, "at_most": limit}
        query = _PEOPLE if departments is None else _PEOPLE_THERE
        rows = await self.session.execute(query, given | _named(departments))
        return [OpenTasks(*row) for row in rows]

    async def of_one(
        self, departments: Collection[int] | None, person_id: int, now: datetime, midnight: datetime
    ) -> OpenTasks | None:
        """One of them."""
        given = {"person": person_id, "now": now, "midnight": midnight}
        query = _ONE if departments is None else _ONE_THERE
        row = (await self.session.execute(query, given | _named(departments))).one_or_none()
        return OpenTasks(*row) if row else None

    async def page(
        self,
        departments: Collection[int] | None,
        person_id: int,
        now: datetime,
        midnight: datetime,
        skip: int,
        limit: int,
    ) -> Sequence[Task]:
        """Somebody's open tasks there: overdue, today's, later ones; of each the important ones first."""
        given = {"person": person_id, "now": now, "midnight": midnight, "skip": skip, "at_most": limit}
        query = _PAGE if departments is None else _PAGE_THERE
        return (await self.session.scalars(query, given | _named(departments))).all()

    async def to_give(
        self,
        departments: Collection[int] | None,
        person_id: int,
        ids: Collection[int] | None = None,
        *,
        before: datetime | None = None,
        hold: bool = False,
        limit: int = 1000,
    ) -> Sequence[Task]:
        """What somebody still has to do there, by due time: of some ids, or due before a moment.

        `hold`: nobody else changes them until this transaction ends; they are held in one order.
        """
        query = _tasks(Task).select_from(Person).where(Person.id == person_id, Task.handed_in_at.is_(None))
        if departments is not None:
            query = query.where(_THERE)
        if ids is not None:
            query = query.where(Task.id.in_(sorted(ids)))
        if before is not None:
            query = query.where(Task.due_at < before)
        if hold:
            await self.session.execute(
                select(Task.id).where(Task.id.in_(sorted(ids or ()))).order_by(Task.id).with_for_update()
            )
        query = query.order_by(Task.due_at, Task.id).limit(limit)
        rows = await self.session.scalars(
            query.execution_options(populate_existing=True), _named(departments)
        )
        return rows.all()

    async def give(self, ids: Collection[int], heir_id: int) -> None:
        """Somebody else does these tasks from now on."""
        await self.session.execute(
            update(Task)
            .where(Task.id.in_(sorted(ids)))
            .values(assignee_id=heir_id, version=Task.version + 1)
            .execution_options(synchronize_session="fetch")
        )

    async def given(self, versions: Mapping[int, int], heir_id: int) -> Sequence[int]:
        """Those of these tasks that somebody has still to do, and that nobody has touched since a version."""
        await self.session.execute(
            select(Task.id).where(Task.id.in_(sorted(versions))).order_by(Task.id).with_for_update()
        )
        query = select(Task.id, Task.version).where(
            Task.id.in_(sorted(versions)), Task.assignee_id == heir_id, Task.done_at.is_(None)
        )
        rows = await self.session.execute(query.order_by(Task.id))
        return [one for one, version in rows if version == versions[one]]


def _named(departments: Collection[int] | None) -> dict[str, object]:
    return {} if departments is None else {"departments": sorted(departments)}
