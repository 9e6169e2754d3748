"""Several statements in one trip to PostgreSQL: waiting for its answer is most of what a short one costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import psycopg
from sqlalchemy import CursorResult, Executable
from sqlalchemy.engine import Compiled, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

Step = tuple[Executable, Mapping[str, object]]
Answer = tuple[int, Sequence[Sequence[Any]]]
"""How many rows a statement met, and those it gives."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as the driver takes it, and what some of its values pass through on their way there."""

    compiled: Compiled
    ways: tuple[tuple[str, Callable[[Any], Any]], ...]

    def values(self, given: Mapping[str, object]) -> dict[str, Any]:
        """All of its values, its own ones among them."""
        values: dict[str, Any] = {**(self.compiled.construct_params(given) or {})}
        for name, way in self.ways:
            values[name] = way(values[name])
        return values


async def together(session: AsyncSession, *steps: Step) -> list[Answer]:
    """Carry out statements none of which needs another's answer: in one trip, or on SQLite one by one.

    What they give is to be numbers and texts, which both give alike. What the ORM has still to write goes
    first. Raises OperationalError for passing trouble, and some DBAPIError for what is refused.
    """
    if session.new or session.dirty or session.deleted:
        await session.flush()
    if session.get_bind().dialect.name == "postgresql":
        return await in_one_trip(session, *steps)
    answers: list[Answer] = []
    for statement, values in steps:
        result = cast("CursorResult[Any]", await session.execute(statement, values))
        answers.append((result.rowcount, result.all() if result.returns_rows else ()))
    return answers


async def in_one_trip(session: AsyncSession, *steps: Step) -> list[Answer]:
    """The same on PostgreSQL alone.

    Rows are as the driver has them, without the types of the models. What begins the transaction, if nothing
    has yet, travels along; without transactions the trip is one. Raises OperationalError for passing trouble.
    """
    connection = await session.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    try:
        async with driver.pipeline():
            cursors = []
            for statement, values in steps:
                written = _written(statement)
                cursors.append(await driver.execute(written.compiled.string, written.values(values)))
        return [
            (cursor.rowcount, await cursor.fetchall() if cursor.description else ()) for cursor in cursors
        ]
    except psycopg.Error as error:
        if driver.closed:
            await connection.invalidate(error)
        kind = OperationalError if isinstance(error, psycopg.OperationalError) else DBAPIError
        raise kind(None, None, error) from error


@cache
def _written(statement: Any) -> _Written:
    """Those that come here are a few that live as long as the program."""
    dialect = make_url("postgresql+psycopg://").get_dialect()()
    compiled = statement.compile(dialect=dialect)
    ways = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    named = compiled.construct_params(dict.fromkeys(ways))
    return _Written(compiled, tuple((name, way) for name, way in ways.items() if way and name in named))
