"""The board of a department's tasks: how many are in each column, whose they are, and which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, case, func, or_, select

from db.models import Deal, Lead, Membership, Person, Task
from db.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks somebody has in each column."""

    id: int
    name: str
    overdue: int
    todo: int
    waiting: int
    done: int


def _given(name: str) -> BindParameter[Any]:
    """A value that is known when the statement runs."""
    return bindparam(name)


_HERE, _NOW, _SINCE = _given("department"), _given("now"), _given("since")
_MEMBERS = select(Membership.person_id).where(Membership.department_id == _HERE)
_COLUMN: ColumnElement[Any] = case(
    (Task.done_at.is_not(None), "done"),
    (Task.handed_in_at.is_not(None), "waiting"),
    (Task.due_at < _NOW, "overdue"),
    else_="todo",
)


def _stands(column: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == _COLUMN
    return found


def _tasks(*columns: Any) -> Select[Any]:
    """What lies there and is open, or was done since a moment; never what is personal."""
    return (
        select(*columns)
        .select_from(Task)
        .join(Person, Person.id == Task.assignee_id)
        .outerjoin(Deal, Deal.id == Task.deal_id)
        .outerjoin(Lead, Lead.id == Task.lead_id)
        .where(
            Task.personal.is_(False),
            Task.dropped.is_(False),
            or_(Task.done_at.is_(None), Task.done_at >= _SINCE),
            or_(Deal.department_id == _HERE, Lead.department_id == _HERE, Task.assignee_id.in_(_MEMBERS)),
        )
    )


_OVERDUE, _TODO, _WAITING, _DONE = (
    func.count().filter(_stands(name)) for name in ("overdue", "todo", "waiting", "done")
)
_PEOPLE = (
    _tasks(Person.id, Person.name, _OVERDUE, _TODO, _WAITING, _DONE)
    .group_by(Person.id, Person.name, Person.name_folded)
    .order_by(_OVERDUE.desc(), Person.name_folded, Person.id)
)
_PAGE = (
    _tasks(Task, Person.name)
    .where(bindparam("column") == _COLUMN)
    .order_by(Task.high.desc(), Task.due_at, Task.id)
    .offset(bindparam("skip"))
    .limit(bindparam("at_most"))
)


class TaskBoardRepository(Repository):
    """Reads only."""

    async def people(self, department_id: int, now: datetime, since: datetime) -> list[Counts]:
        """Whose tasks lie there, the most overdue ones first; `since`: from when done ones count."""
        given = {"department": department_id, "now": now, "since": since}
        return [Counts(*row) for row in await self.session.execute(_PEOPLE, given)]

    async def page(
        self, department_id: int, column: str, now: datetime, since: datetime, skip: int, limit: int
    ) -> Sequence[tuple[Task, str]]:
        """The tasks of a column with whose they are: important ones, then by due time."""
        given = {"department": department_id, "column": column, "now": now, "since": since}
        rows = await self.session.execute(_PAGE, {**given, "skip": skip, "at_most": limit})
        return [(task, name) for task, name in rows]
