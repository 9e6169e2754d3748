"""Several statements in one trip to PostgreSQL: waiting for its answer is most of what a short one costs."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import ClauseElement
from sqlalchemy.engine import Compiled, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

Step = tuple[ClauseElement, Mapping[str, object]]


async def in_one_trip(session: AsyncSession, *steps: Step) -> list[tuple[int, Sequence[tuple[Any, ...]]]]:
    """Carry out statements none of which needs another's answer; how many rows each met, and those it gives.

    Values and rows are as the driver has them, without the types of the models. What begins the transaction,
    if nothing has yet, travels along. Raises what SQLAlchemy does, OperationalError for passing trouble.
    """
    connection = await session.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    try:
        async with driver.pipeline():
            cursors = []
            for statement, values in steps:
                written = _written(statement)
                cursors.append(await driver.execute(written.string, written.construct_params(values)))
        return [
            (cursor.rowcount, await cursor.fetchall() if cursor.description else ()) for cursor in cursors
        ]
    except psycopg.Error as error:
        if driver.closed:
            await connection.invalidate(error)
        kind = OperationalError if isinstance(error, psycopg.OperationalError) else DBAPIError
        raise kind(None, None, error) from error


@cache
def _written(statement: ClauseElement) -> Compiled:
    """A statement as the driver takes it; those that come here are a few that live as long as the program."""
    return statement.compile(dialect=make_url("postgresql+psycopg://").get_dialect()())
