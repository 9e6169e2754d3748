"""What somebody's day consists of: tasks by due time, and deals that nobody has planned anything for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from db.models import Deal, Lead, Membership, Person, Task, TaskWatcher
from db.repositories.adrift import StepLimits, adrift
from db.repositories.base import Repository
from db.repositories.task_places import TaskPlace, place_of, placed
from db.scope import Scope

OPEN = and_(Task.done_at.is_(None), Task.handed_in_at.is_(None))
_Waiting = aliased(Task)
_OWN: ColumnElement[bool] = Deal.owner_id == bindparam("person")


_DUE = (
    placed(Task)
    .where(Task.assignee_id == bindparam("person"), OPEN, Task.due_at < bindparam("until"))
    .order_by(Task.due_at >= bindparam("now"), Task.high.desc(), Task.due_at, Task.id)
    .offset(bindparam("skip"))
    .limit(bindparam("at_most"))
)


@cache
def _count_adrift(later: int) -> Select[int]:
    return select(func.count()).select_from(Deal).where(_OWN, adrift(Deal, later))


@cache
def _adrift_page(later: int) -> Select[Deal]:
    query = select(Deal).where(_OWN, adrift(Deal, later), Deal.id > bindparam("after"))
    return query.order_by(Deal.id).limit(bindparam("at_most"))


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many open tasks somebody has."""

    overdue: int
    today: int
    tomorrow: int
    waiting: int
    """Tasks of others that they have set and have to accept."""


class WorkdayRepository(Repository):
    """Reads only."""

    async def counts(
        self, person_id: int, now: datetime, midnight: datetime, next_midnight: datetime
    ) -> DayCounts:
        """Open tasks before now, until midnight, on the day after, and those that wait to be accepted."""
        due = Task.due_at

        def among(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
            return func.count().filter(and_(*conditions))

        waiting = select(func.count()).select_from(_Waiting).where(_waits(_Waiting, person_id))
        query = (
            select(
                among(due < now),
                among(due >= now, due < midnight),
                among(due >= midnight, due < next_midnight),
                waiting.scalar_subquery(),
            )
            .select_from(Task)
            .where(Task.assignee_id == person_id, OPEN, due < next_midnight)
        )
        return DayCounts(*(await self.session.execute(query)).one())

    async def tasks(
        self, person_id: int, now: datetime, until: datetime, offset: int, limit: int
    ) -> Sequence[Task]:
        """Open tasks due before a moment: overdue ones first, of each the important ones, by due time."""
        query = (
            select(Task)
            .where(Task.assignee_id == person_id, OPEN, Task.due_at < until)
            .order_by(Task.due_at >= now, Task.high.desc(), Task.due_at, Task.id)
            .offset(offset)
            .limit(limit)
        )
        return (await self.session.scalars(query)).all()

    async def placed_tasks(
        self, person_id: int, now: datetime, until: datetime, offset: int, limit: int
    ) -> Sequence[tuple[Task, TaskPlace | None]]:
        """The same, each with what it is for."""
        given = {"person": person_id, "now": now, "until": until, "skip": offset, "at_most": limit}
        return [(row[0], place_of(row[1:])) for row in await self.session.execute(_DUE, given)]

    async def open_tasks(
        self, which: str, person_id: int, now: datetime, midnight: datetime, offset: int, limit: int
    ) -> Sequence[Task]:
        """All open tasks: overdue, today's, later ones; of each the important ones first, by due time.

        `which`: those that somebody has to do (mine), watches (seen), has set for others (given), or has to
        accept of these (wait).
        """
        open_, given = Task.done_at.is_(None), Task.author_id == person_id
        watched = select(TaskWatcher.task_id).where(TaskWatcher.person_id == person_id)
        theirs = {
            "mine": and_(Task.assignee_id == person_id, OPEN),
            "seen": and_(Task.id.in_(watched), open_),
            "given": and_(given, Task.assignee_id != person_id, open_),
            "wait": _waits(Task, person_id),
        }[which]
        order = Task.due_at >= now, Task.due_at >= midnight, Task.high.desc(), Task.due_at, Task.id
        query = select(Task).where(theirs).order_by(*order)
        return (await self.session.scalars(query.offset(offset).limit(limit))).all()

    async def count_adrift(self, person_id: int, steps: StepLimits) -> int:
        """How many of somebody's deals have no next step."""
        given = {**steps.given, "person": person_id}
        return await self.session.scalar(_count_adrift(len(steps.later)), given) or 0

    async def adrift(
        self, person_id: int, steps: StepLimits, after: int | None, limit: int
    ) -> Sequence[Deal]:
        """Those deals, the oldest first, after the row `after`."""
        given = {**steps.given, "person": person_id, "after": after or 0, "at_most": limit}
        return (await self.session.scalars(_adrift_page(len(steps.later)), given)).all()

    async def count_late(self, scope: Scope, but: int, now: datetime) -> int:
        """How many tasks in a scope are overdue, without those of one person."""
        query = (
            select(func.count())
            .select_from(Task)
            .outerjoin(Deal, Deal.id == Task.deal_id)
            .outerjoin(Lead, Lead.id == Task.lead_id)
        )
        return (await self.session.scalar(query.where(_late(scope, but, now)))) or 0

    async def late(
        self, scope: Scope, but: int, now: datetime, offset: int, limit: int
    ) -> Sequence[tuple[Task, str]]:
        """Those tasks with whose they are: the important ones, then the longest due first."""
        query = (
            select(Task, Person.name)
            .join(Person, Person.id == Task.assignee_id)
            .outerjoin(Deal, Deal.id == Task.deal_id)
            .outerjoin(Lead, Lead.id == Task.lead_id)
            .where(_late(scope, but, now))
            .order_by(Task.high.desc(), Task.due_at, Task.id)
            .offset(offset)
            .limit(limit)
        )
        return [(task, name) for task, name in await self.session.execute(query)]


def _waits(task: type[Task], person_id: int) -> ColumnElement[bool]:
    """Somebody has to accept it: the words of `ix_task_author_id_waiting`."""
    return and_(task.author_id == person_id, task.done_at.is_(None), task.handed_in_at.is_not(None))


def _late(scope: Scope, but: int, now: datetime) -> ColumnElement[bool]:
    """Overdue, somebody else's, not personal, and lying in the scope by its assignee, its deal or lead."""
    late = and_(OPEN, Task.due_at < now, Task.assignee_id != but, Task.personal.is_(False))
    if scope.everything:
        return late
    places = sorted(scope.departments)
    members = select(Membership.person_id).where(Membership.department_id.in_(places))
    return and_(
        late,
        or_(Task.assignee_id.in_(members), Deal.department_id.in_(places), Lead.department_id.in_(places)),
    )
