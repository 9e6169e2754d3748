"""Rows in portions, read in a thread: a file may be large, and other people press buttons meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import islice
from typing import TypeVar

from services.ports import Table, TableRow

PORTION = 500
"""Rows that are loaded, or taken back, in one transaction."""

T = TypeVar("T")


async def portions(
    table: Table, digest: Callable[[Sequence[TableRow]], T], skip: int = 0, size: int = PORTION
) -> AsyncIterator[T]:
    """What `digest` makes of each portion of rows, behind the first `skip` ones."""
    rows = table.rows()

    def pull(count: int) -> list[TableRow]:
        return list(islice(rows, count))

    def next_digest() -> tuple[bool, T]:
        taken = pull(size)
        return bool(taken), digest(taken)

    while skip:
        passed = len(await asyncio.to_thread(pull, min(skip, size)))
        skip = skip - passed if passed else 0
    while True:
        found, digested = await asyncio.to_thread(next_digest)
        if not found:
            return
        yield digested
