"""Which schema a database has, and how it gets the one that this program needs.

Alembic takes a second to import, so it is only imported when there is something to migrate.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engine import writing

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_335_301
"""Any number, the same in all replicas: the one that migrates holds PostgreSQL's advisory lock on it."""


class SchemaError(Exception):
    """The database does not fit this program; the message says what to do."""


def revisions() -> list[str]:
    """All revisions that this program knows, oldest first; they are numbered, so no file needs to be read."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """The revision that this program needs."""
    return revisions()[-1]


async def current(engine: AsyncEngine) -> str | None:
    """The database's revision; None for a database that is still empty."""
    async with engine.connect() as connection:
        return await connection.run_sync(_current)


async def at_head(engine: AsyncEngine) -> bool:
    """Whether the database has exactly the schema that this program needs."""
    return await current(engine) == head()


async def migrate(engine: AsyncEngine, target: str = "head") -> None:
    """Bring the database to a revision, up or down, in one transaction; at once if it has it already.

    Raises SchemaError for a database that was written by a newer program.
    """
    revision = await current(engine)
    if revision == (head() if target == "head" else target):
        return
    if revision is not None and revision not in revisions():
        raise SchemaError(
            f"The database has schema {revision}, this program knows up to {head()}. "
            "It was written by a newer Sdelka: install that version, or restore a backup."
        )
    async with _exclusive(engine) as connection:
        await connection.run_sync(_run, target)


@asynccontextmanager
async def _exclusive(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction in which nobody else migrates.

    SQLite alters a table by copying it, which foreign keys would turn into deletions: they are switched off
    meanwhile and checked at the end.
    """
    sqlite = engine.dialect.name == "sqlite"
    async with writing(engine).connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        if sqlite and driver is not None:
            await driver.execute("PRAGMA foreign_keys=OFF")
        try:
            async with connection.begin():
                if not sqlite:
                    await connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                    )
                yield connection
                if sqlite and (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first():
                    raise SchemaError(
                        "The migration would break references between tables; nothing was changed."
                    )
        finally:
            if sqlite and driver is not None:
                await driver.execute("PRAGMA foreign_keys=ON")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run(connection: Connection, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    known = revisions()
    found = _current(connection)  # another replica may have migrated while this one waited for the lock
    wanted = known[-1] if target == "head" else target
    if found == wanted:
        return
    down = wanted == "base" or (found is not None and known.index(wanted) < known.index(found))
    (command.downgrade if down else command.upgrade)(config, wanted)
