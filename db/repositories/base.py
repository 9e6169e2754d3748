"""What all repositories share: the session of their transaction, the SQL of a scope, and rows by person."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Executable, Table, and_, false, or_, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from db.models import Person
from db.scope import Scope


class Repository:
    """Bound to the session of one unit of work."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: object) -> None:
        """Insert a row when the transaction flushes."""
        self.session.add(row)

    async def flush(self) -> None:
        """Send pending inserts and updates, so that new rows have their ids."""
        await self.session.flush()

    def inserting(self, table: type[Base] | Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that can say, in either dialect, what is done about a row that is there already."""
        if self.session.get_bind().dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    async def affect(self, change: Executable, values: Mapping[str, object] | None = None) -> int:
        """Execute an UPDATE or DELETE; how many rows it met."""
        result = await self.session.execute(change, values)
        return cast("CursorResult[Any]", result).rowcount


def by_person(rows: Iterable[Any]) -> list[tuple[Person, list[int]]]:
    """People in the order of rows of a person and one of their departments each, if they are in any."""
    found: dict[Person, list[int]] = {}
    for person, department_id in rows:
        found.setdefault(person, []).extend([department_id] if department_id is not None else [])
    return list(found.items())


def within(
    scope: Scope,
    owner: InstrumentedAttribute[Any] | ColumnElement[Any],
    department: InstrumentedAttribute[Any] | ColumnElement[Any],
    settled: ColumnElement[bool] | None = None,
) -> ColumnElement[bool]:
    """The condition that a row lies in the scope."""
    if scope.everything:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.owner_id is not None:
        parts.append(owner == scope.owner_id)
    if scope.departments:
        parts.append(department.in_(sorted(scope.departments)))
    if scope.free_in:
        parts.append(and_(owner.is_(None), department.in_(sorted(scope.free_in))))
    if scope.settled and settled is not None:
        parts.append(settled)
    return or_(*parts) if parts else false()
