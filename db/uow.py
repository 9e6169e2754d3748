"""The unit of work: one transaction with its repositories. `commit` is written here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import looking, open_engine, writing
from db.repositories.all import Repositories


@dataclass(frozen=True, slots=True)
class Cause:
    """The Telegram update that asks for a change; an update changes things once, however often it comes."""

    bot_id: int
    update_id: int


class AlreadyAppliedError(Exception):
    """This update's effect is in the database already."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(f"update {cause.update_id} was applied before")
        self.cause = cause


class UnitOfWork(Repositories):
    """The repositories of one transaction, and the update that asked for it."""

    def __init__(self, session: AsyncSession, cause: Cause | None = None) -> None:
        super().__init__(session)
        self.cause = cause


class Database:
    """Opens units of work on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.backend = engine.dialect.name
        self._writer = writing(engine)
        self._looker = looking(engine)
        # SQLite has one writer at a time; queueing here is fair, while its busy handler sleeps and polls.
        self._queue = asyncio.Lock() if self.backend == "sqlite" else None
        self.when_queued: Callable[[], None] = lambda: None
        """Called after a commit that has queued messages, so that they leave at once."""

    @classmethod
    def open(cls, url: str) -> "Database":
        """Open the database that a URL names."""
        return cls(open_engine(url))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that changes nothing."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session)
            session.expunge_all()  # What was changed by mistake is not written.
            await _end(session)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[UnitOfWork]:
        """For a single question: no transaction, so that asking costs nothing more than the answer."""
        async with AsyncSession(self._looker, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session)

    @asynccontextmanager
    async def write(self, cause: Cause | None = None) -> AsyncIterator[UnitOfWork]:
        """One change: everything written in the block, or nothing.

        With a cause, the update is marked as applied in the same transaction.
        Raises AlreadyAppliedError if it was applied before.
        """
        async with (
            self._queue or nullcontext(),
            AsyncSession(self._writer, expire_on_commit=False) as session,
        ):
            uow = UnitOfWork(session, cause)
            if cause is not None and not await uow.inbox.mark_applied(cause.bot_id, cause.update_id):
                raise AlreadyAppliedError(cause)
            yield uow
            await uow.words.keep()
            await _end(session)
            if "outbox" in vars(uow) and uow.outbox.queued:
                self.when_queued()

    @asynccontextmanager
    async def write_at_once(self) -> AsyncIterator[UnitOfWork]:
        """For what is written in one statement or one trip: by itself that is a transaction."""
        async with self._queue or nullcontext(), self.look() as uow:
            yield uow

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


async def _end(session: AsyncSession) -> None:
    """End a transaction, also one that has only read.

    psycopg forgets its prepared statements with every ROLLBACK, and to plan a card anew costs PostgreSQL ten
    times as much as to read it.
    """
    await session.commit()
