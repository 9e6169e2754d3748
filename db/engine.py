"""Opens the database: engine, pragmas and the two kinds of transaction."""

import json
from time import monotonic
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Dialect, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.sqlite import connect

READERS = 4
RESTED = 5.0
"""Seconds after which a connection that was not used is asked whether its server still knows it."""


def open_engine(url: str) -> AsyncEngine:
    """An engine for SQLite (aiosqlite) or PostgreSQL (psycopg); any other URL is refused with ValueError."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        engine = create_async_engine(
            url, pool_size=READERS, max_overflow=0, pool_timeout=60, json_deserializer=read_json
        )
        event.listen(engine.sync_engine, "do_connect", connect)
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        engine = create_async_engine(url, pool_size=10, max_overflow=0, json_deserializer=read_json)
        event.listen(engine.sync_engine, "connect", _tune_postgres)
        _wake_with_a_ping(engine)
        return engine
    raise ValueError(f"unknown database {backend!r}: use sqlite+aiosqlite or postgresql+psycopg")


def writing(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, its transactions begun as writers.

    The SQLite driver opens no transaction on SELECT, so a plain "read, then write" loses updates silently,
    and a deferred one fails at once when another writer came between; BEGIN IMMEDIATE does neither.
    """
    return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")


def looking(engine: AsyncEngine) -> AsyncEngine:
    """The same pool without transactions: a statement costs itself and nothing to begin or to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine.execution_options(sqlite_begin=None)


def read_json(text: str | bytes) -> Any:
    """A page reads dozens of short lists, each of which takes the standard library twenty times as long."""
    try:
        return from_json(text)
    except ValueError:  # half a surrogate, which only the standard library lets pass
        return json.loads(text)


def _wake_with_a_ping(engine: AsyncEngine) -> None:
    """Ask connections that have rested, since asking at each use costs a press a tenth of all it costs.

    One that died between two uses fails the second one, which drops them all and is tried again like any
    other passing trouble.
    """
    dialect: Dialect = engine.sync_engine.dialect

    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    def wake(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("rests_since", monotonic()) < RESTED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine.sync_engine, "checkin", rest)
    event.listen(engine.sync_engine, "checkout", wake)


def _tune_postgres(connection: Any, _record: Any) -> None:
    """Compiling a statement costs more than ours, which are short, could win by it."""
    connection.autocommit = True  # else it would hold for a transaction only
    cursor = connection.cursor()
    cursor.execute("SET jit TO off")
    cursor.close()
    connection.autocommit = False


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    if statement is not None:
        raw: Any = connection.connection.dbapi_connection
        raw.begin(statement)
