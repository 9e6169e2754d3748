"""Several statements in one trip to PostgreSQL, or one hop to SQLite's thread: that is what costs most."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import psycopg as postgres
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from db.engine import read_json
from db.sqlite import Outcome

Step = tuple[Executable, Mapping[str, object]]
Way = Callable[[Any], Any]
Answer = tuple[int, Sequence[Sequence[Any]]]
"""How many rows a statement met, and those it gives."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as the driver takes it, its own values, and what some pass through on their way.

    `ways`: there, by name; `back`: from there, by column.
    """

    text: str
    own: Mapping[str, object]
    ways: tuple[tuple[str, Way], ...]
    back: tuple[tuple[int, Way], ...]

    def values(self, given: Mapping[str, object]) -> dict[str, Any]:
        """All of its values."""
        values: dict[str, Any] = {**self.own, **given}
        for name, way in self.ways:
            values[name] = way(values[name])
        return values

    def rows(self, found: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """What it gives, as the models have it."""
        if not self.back:
            return found
        rows = [list(row) for row in found]
        for row in rows:
            for column, way in self.back:
                row[column] = way(row[column])
        return rows


async def together(session: AsyncSession, *steps: Step) -> list[Answer]:
    """Carry out statements none of which needs another's answer: in one trip, or on SQLite in one hop.

    What begins the transaction, if nothing has yet, travels along; without transactions the trip is one. What
    the ORM has still to write goes first. Raises OperationalError for passing trouble, and some DBAPIError
    for what is refused.
    """
    if session.new or session.dirty or session.deleted:
        await session.flush()
    connection = await session.connection()
    assert connection.sync_connection is not None
    held: Any = connection.sync_connection.connection
    written = [_written(statement, connection.dialect.name) for statement, _ in steps]
    texts = [(one.text, one.values(values)) for one, (_, values) in zip(written, steps, strict=True)]
    if connection.dialect.name == "sqlite":
        try:
            outcomes: Sequence[Outcome] = await held.dbapi_connection.run_all(texts)
        except sqlite3.Error as error:
            raise _known(error, sqlite3.OperationalError) from error
        return [
            (outcome.rowcount, one.rows(outcome.rows or ()))
            for one, outcome in zip(written, outcomes, strict=True)
        ]
    driver: psycopg.AsyncConnection[Any] = held.driver_connection
    try:
        # One statement that begins nothing is a trip by itself.
        async with nullcontext() if driver.autocommit and len(texts) == 1 else driver.pipeline():
            cursors = [await driver.execute(text, values) for text, values in texts]
        return [
            (cursor.rowcount, one.rows(await cursor.fetchall()) if cursor.description else ())
            for one, cursor in zip(written, cursors, strict=True)
        ]
    except psycopg.Error as error:
        if driver.closed:
            await connection.invalidate(error)
        raise _known(error, psycopg.OperationalError) from error


def _known(error: Exception, passing: type[Exception]) -> DBAPIError:
    """The driver's error as SQLAlchemy would raise it."""
    kind = OperationalError if isinstance(error, passing) else DBAPIError
    return kind(None, None, error)


@cache
def _dialect(backend: str) -> Dialect:
    """As the engine's, but that values go by name to both."""
    kinds: dict[str, Callable[..., Dialect]] = {"sqlite": aiosqlite.dialect, "postgresql": postgres.dialect}
    style = "named" if backend == "sqlite" else None
    return kinds[backend](paramstyle=style, json_deserializer=read_json)


@cache
def _written(statement: Any, backend: str) -> _Written:
    """Those that come here are a few that live as long as the program."""
    dialect = _dialect(backend)
    compiled = statement.compile(dialect=dialect)
    own = {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}
    ways = {name: _there(bind.type, dialect) for bind, name in compiled.bind_names.items()}
    back = [_back(one.type, dialect) for one in getattr(statement, "exported_columns", ())]
    return _Written(
        compiled.string,
        own,
        tuple((name, way) for name, way in ways.items() if way),
        tuple((column, way) for column, way in enumerate(back) if way),
    )


def _there(kind: TypeEngine[Any], dialect: Dialect) -> Way | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _back(kind: TypeEngine[Any], dialect: Dialect) -> Way | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
