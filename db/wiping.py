"""Empties a database, for the demo: nothing of a real company is ever wiped."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.guards import unguarded
from db.models import Beat

KEPT = Beat.__tablename__
"""Signs of life belong to the running program, not to the company."""


async def wipe(session: AsyncSession) -> None:
    """Delete every row of every table, the referring ones first."""
    async with unguarded(await session.connection()):
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != KEPT:
                await session.execute(delete(table))
