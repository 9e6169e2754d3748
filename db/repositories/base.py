"""What all repositories share: the session of their transaction, the SQL of a scope, and rows by person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    Executable,
    Table,
    and_,
    bindparam,
    false,
    or_,
    true,
)
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
        """Execute an INSERT, UPDATE or DELETE; how many rows it met."""
        result = await self.session.execute(change, values)
        return cast("CursorResult[Any]", result).rowcount


def by_person(rows: Iterable[Any]) -> list[tuple[Person, list[int]]]:
    """People in the order of rows of a person and one of their departments each, if they are in any."""
    found: dict[Person, list[int]] = {}
    for person, department_id in rows:
        found.setdefault(person, []).extend([department_id] if department_id is not None else [])
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Sight:
    """Which parts a scope has, whatever their values: a statement is built once for each such shape.

    It is executed with the values of `given`, which begin with its name.
    """

    everything: bool
    own: bool
    whole: bool
    free: bool
    settled: bool
    name: str = "seen"

    @property
    def others(self) -> bool:
        """Whether anything is seen besides one's own."""
        return self.everything or self.whole or self.free or self.settled

    @classmethod
    def of(cls, scope: Scope, name: str = "seen") -> Self:
        """That of a scope; where a statement asks for two, each has a name of its own."""
        return cls(
            scope.everything,
            scope.owner_id is not None,
            bool(scope.departments),
            bool(scope.free_in),
            scope.settled,
            name,
        )


def given(scope: Scope, name: str = "seen") -> dict[str, object]:
    """The values of a scope for a statement that was built by its shape."""
    return {
        f"{name}_owner": scope.owner_id,
        f"{name}_departments": sorted(scope.departments),
        f"{name}_free_in": sorted(scope.free_in),
    }


def owner_in(scope: Scope | Sight) -> Any:
    """Whose own rows lie in it, as a value or as the parameter for it."""
    return scope.owner_id if isinstance(scope, Scope) else bindparam(f"{scope.name}_owner", type_=BigInteger)


def _places(scope: Scope | Sight, name: str) -> Any:
    """Departments of a scope, as values or as the parameter for them."""
    if isinstance(scope, Scope):
        return sorted(getattr(scope, name))
    return bindparam(f"{scope.name}_{name}", expanding=True)


def within(
    scope: Scope | Sight,
    owner: InstrumentedAttribute[Any] | ColumnElement[Any],
    department: InstrumentedAttribute[Any] | ColumnElement[Any],
    settled: ColumnElement[bool] | None = None,
) -> ColumnElement[bool]:
    """The condition that a row lies in the scope."""
    sight = scope if isinstance(scope, Sight) else Sight.of(scope)
    if sight.everything:
        return true()
    parts: list[ColumnElement[bool]] = []
    if sight.own:
        parts.append(owner == owner_in(scope))
    if sight.whole:
        parts.append(department.in_(_places(scope, "departments")))
    if sight.free:
        parts.append(and_(owner.is_(None), department.in_(_places(scope, "free_in"))))
    if sight.settled and settled is not None:
        parts.append(settled)
    return or_(*parts) if parts else false()
