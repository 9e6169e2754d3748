"""Writes the next migration from the difference between the models and the last one.

    python -m db.migrations "What changes"

It compares with an empty SQLite database at the newest revision. Read what it wrote: a renamed column
looks to it like one dropped and one added.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from sqlalchemy import Connection

from db.base import TelegramName, UtcDateTime
from db.engine import open_engine
from db.schema import MIGRATIONS, migrate, revisions


def render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column type as the plain one below it, so that a migration needs no import of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, TelegramName):
        return "sa.String(length=64)"
    return False


def write(connection: Connection, message: str) -> None:
    """Write the file; `connection` leads to a database at the newest revision."""
    config = Config(attributes={"connection": connection, "render_item": render})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    number = int(revisions()[-1]) + 1 if revisions() else 1
    command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


async def main(message: str) -> None:
    """Write the next migration."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite+aiosqlite:///{Path(folder) / 'head.db'}")
        if revisions():
            await migrate(engine)
        async with engine.connect() as connection:
            await connection.run_sync(write, message)
        await engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(main(sys.argv[1]))
