"""Opens the database: engine, pragmas and the two kinds of transaction."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.sqlite import connect

READERS = 4


def open_engine(url: str) -> AsyncEngine:
    """An engine for SQLite (aiosqlite) or PostgreSQL (psycopg); any other URL is refused with ValueError."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        engine = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=60)
        event.listen(engine.sync_engine, "do_connect", connect)
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        return create_async_engine(url, pool_size=10, max_overflow=0, pool_pre_ping=True)
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
