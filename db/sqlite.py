"""SQLite under SQLAlchemy: each statement is one hop to the connection's thread.

SQLAlchemy's own adapter hops for the cursor, the statement, its rows and the cursor's end, and once more for
BEGIN: hopping, not SQLite, was most of what a press cost. Here a statement, its rows and a BEGIN that is due
before it go together, and a transaction in which nothing was done ends without a hop.
"""

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import await_only


class Outcome(NamedTuple):
    """What a statement left behind."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: list[Any] | None = None


Step = tuple[str, dict[str, Any]]
"""A statement with its values by name."""


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that holds nothing but the outcome of its last statement."""

    __slots__ = ("_outcome", "_run", "arraysize")

    def __init__(self, adapt_connection: Any) -> None:
        self._run: Callable[..., Outcome] = adapt_connection.run
        self._outcome = Outcome()
        self._rows = deque()
        self.arraysize = 1

    @property
    def description(self) -> Any:
        """The columns of the rows; None where there are none."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 where nobody counts."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> Any:
        """The id of the last row that was inserted."""
        return self._outcome.lastrowid

    def execute(self, operation: Any, parameters: Any = None) -> None:
        """Run a statement and fetch all its rows."""
        self._keep(self._run(_execute, operation, parameters or ()))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        """Run a statement for each set of parameters."""
        self._keep(self._run(_executemany, operation, seq_of_parameters))

    def _keep(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._rows = deque(outcome.rows or ())

    def close(self) -> None:
        """Forget the rows; the thread has closed its own cursor already."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is open."""


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose transactions begin with their first statement."""

    __slots__ = ("_begin", "_begun")

    _cursor_cls = OneHopCursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._begun = False

    def begin(self, statement: str) -> None:
        """Begin a transaction by this statement, together with whatever comes first in it."""
        self._begin = statement

    def run(self, work: Callable[..., Outcome], operation: Any, parameters: Any) -> Outcome:
        """Carry out one statement in the connection's thread, after a BEGIN that is due."""
        try:
            hop: Awaitable[Outcome] = self._hop(work, operation, parameters)
            return await_only(hop)
        except Exception as error:  # noqa: BLE001 - it is always raised again, as SQLAlchemy knows it
            self._handle_exception(error)

    def run_all(self, steps: Sequence[Step]) -> Awaitable[list[Outcome]]:
        """Carry out several in one hop, all or none. Raises sqlite3's errors as they are."""
        alone = self._begin is None and not self._begun
        hop: Awaitable[list[Outcome]] = self._hop(_execute_alone if alone else _execute_all, steps)
        return hop

    def _hop(self, work: Callable[..., Any], *given: Any) -> Any:
        begin, self._begin = self._begin, None
        self._begun = self._begun or begin is not None
        return self._connection._execute(work, self._connection._conn, begin, *given)

    def cursor(self, server_side: bool = False) -> Any:
        """A cursor; one that streams cannot wait with BEGIN."""
        if server_side and self._begin is not None:
            self.run(_execute, "SELECT 1", ())
        return super().cursor(server_side)

    def commit(self) -> None:
        """Make it durable; there is nothing to do where nothing was."""
        self._begin = None
        if self._begun:
            super().commit()
            self._begun = False

    def rollback(self) -> None:
        """Undo it; there is nothing to do where nothing was."""
        self._begin = None
        if self._begun:
            super().rollback()
            self._begun = False


def connect(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> OneHopConnection:
    """Listen with this to `do_connect` of an engine on aiosqlite."""
    dbapi: Any = dialect.loaded_dbapi
    return OneHopConnection(dbapi, dbapi.connect(*arguments, **options)._connection)


def _execute(connection: sqlite3.Connection, begin: str | None, operation: str, parameters: Any) -> Outcome:
    if begin is not None:
        connection.execute(begin)
    return _outcome(connection.execute(operation, parameters))


def _executemany(
    connection: sqlite3.Connection, begin: str | None, operation: str, parameters: Any
) -> Outcome:
    if begin is not None:
        connection.execute(begin)
    return _outcome(connection.executemany(operation, parameters))


def _execute_all(connection: sqlite3.Connection, begin: str | None, steps: Sequence[Step]) -> list[Outcome]:
    if begin is not None:
        connection.execute(begin)
    return [_outcome(connection.execute(statement, values)) for statement, values in steps]


def _execute_alone(connection: sqlite3.Connection, _begin: None, steps: Sequence[Step]) -> list[Outcome]:
    """The same outside of any transaction: several are one by themselves."""
    if len(steps) == 1:
        return _execute_all(connection, None, steps)
    try:
        outcomes = _execute_all(connection, "BEGIN IMMEDIATE", steps)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return outcomes


def _outcome(cursor: sqlite3.Cursor) -> Outcome:
    description = cursor.description
    rows = cursor.fetchall() if description else None
    outcome = Outcome(description, cursor.rowcount, cursor.lastrowid, rows)
    cursor.close()
    return outcome
