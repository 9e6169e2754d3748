"""Care for the database as a whole: checkpoints, snapshots and their checks, what a restored one forgets.

A snapshot is a SQLite file, whatever the database is: one format to check, to look into, and to restore into
either. Rows are copied by the tables that are found, not by the models, so older schemas can be copied too.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import open_engine, writing
from db.guards import unguarded
from db.models import Beat, Form, Inbox, Outbox, Timer, Workspace
from db.schema import SchemaError, current, migrate, revisions

BATCH = 1000
VERSION = "alembic_version"


class SnapshotError(Exception):
    """A file is no snapshot that can be used; the message says why."""


async def checkpoint(engine: AsyncEngine) -> None:
    """Write SQLite's journal into its file, so that nothing is left to do at the next start."""
    if engine.dialect.name == "sqlite":
        await _bare(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


async def snapshot(engine: AsyncEngine, target: Path) -> None:
    """Copy the database as it is at one moment into a new file; others go on working."""
    if engine.dialect.name == "sqlite":
        await _bare(engine, "VACUUM INTO ?", str(target))
        return
    copy = open_engine(sqlite_url(target))
    try:
        revision = await current(engine)
        if revision is None:
            raise SchemaError("The database is empty: there is nothing to back up.")
        await migrate(copy, revision)
        moment = engine.execution_options(isolation_level="REPEATABLE READ")
        async with moment.connect() as source, writing(copy).begin() as into, unguarded(into):
            await source.execute(text("SET TRANSACTION READ ONLY"))
            await source.execute(text("SET TIME ZONE 'UTC'"))
            for table in await into.run_sync(_tables):
                origin = await source.run_sync(_table, table.name)
                stream = await source.stream(select(origin))
                async for rows in stream.mappings().partitions(BATCH):
                    await into.execute(insert(table), [_for_sqlite(row) for row in rows])
    finally:
        await copy.dispose()
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, as VACUUM INTO makes it


def check(file: Path) -> str:
    """The revision of a snapshot that is whole. Raises SnapshotError for anything else."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            damage = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            if damage != ["ok"]:
                raise SnapshotError(f"{file} is damaged: {damage[0]}")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise SnapshotError(f"{file} has rows that refer to missing ones")
            revision = connection.execute(f"SELECT version_num FROM {VERSION}").fetchone()  # noqa: S608 - a constant
    except sqlite3.DatabaseError as error:
        raise SnapshotError(f"{file} is no backup of Sdelka: {error}") from error
    except UnicodeDecodeError as error:  # SQLite names in its complaint what it could not read
        raise SnapshotError(f"{file} is damaged: its tables have no readable names") from error
    if revision is None or revision[0] not in revisions():
        raise SnapshotError(
            f"{file} was made by another version of Sdelka (schema {revision and revision[0]})"
        )
    return str(revision[0])


async def fill(engine: AsyncEngine, file: Path) -> None:
    """Replace all rows of a PostgreSQL database by a snapshot's, of the same schema, in one transaction."""
    copy = open_engine(sqlite_url(file))
    try:
        async with copy.connect() as source, engine.begin() as into, unguarded(into):
            tables = await into.run_sync(_tables)
            names = ", ".join(f'"{table.name}"' for table in tables)
            await into.execute(text(f"TRUNCATE {names}"))
            for table in tables:
                origin = await source.run_sync(_table, table.name)
                stream = await source.stream(select(origin))
                async for rows in stream.mappings().partitions(BATCH):
                    await into.execute(insert(table), [_for_postgresql(row) for row in rows])
                await into.run_sync(_continue_numbers, table)
    finally:
        await copy.dispose()


async def forget_the_past(engine: AsyncEngine, now: datetime) -> None:
    """Let a restored database send nothing old: what waited was sent, or is of no use any more."""
    async with writing(engine).begin() as connection:
        await connection.execute(update(Workspace).values(outbox_epoch=Workspace.outbox_epoch + 1))
        await connection.execute(
            update(Outbox)
            .where(Outbox.state.in_(("new", "leased")))
            .values(state="cancelled", error="restored", lease_owner=None, lease_until=None)
        )
        await connection.execute(
            update(Inbox)
            .where(Inbox.state.in_(("new", "applied")))
            .values(state="done", raw="", error="restored", lease_owner=None, lease_until=None)
        )
        await connection.execute(
            update(Timer)
            .where(Timer.state == "new", Timer.due_at <= now)
            .values(state="cancelled", error="restored", fired_at=now)
        )
        await connection.execute(update(Timer).values(lease_owner=None, lease_until=None))
        await connection.execute(delete(Form))
        await connection.execute(delete(Beat))


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


async def _bare(engine: AsyncEngine, statement: str, *parameters: str) -> None:
    """Execute outside of any transaction."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(statement, parameters)


def _tables(connection: Connection) -> list[Table]:
    """All tables but the schema's version, referred ones first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION]


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection, resolve_fks=False)


def _for_sqlite(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        key: value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
        for key, value in row.items()
    }


def _for_postgresql(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        key: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for key, value in row.items()
    }


def _continue_numbers(connection: Connection, table: Table) -> None:
    """New rows get numbers above the copied ones."""
    sequence = (
        connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")).where(text("true")))
        if "id" in table.c
        else None
    )
    if sequence is not None:
        highest = connection.scalar(select(func.max(table.c.id)))
        connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))
