"""Seals over the history, and the events that they cover."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from db.models import Event, Seal, Unsealed
from db.repositories.base import Repository

# SQLite gives the number of a deleted last event to the next one.
_THERE = select(Event.id).where(Event.id == Unsealed.event_id, Event.at == Unsealed.at).exists()


class SealRepository(Repository):
    """Seals are only ever added."""

    async def last(self) -> Seal | None:
        """The newest."""
        found: Seal | None = await self.session.scalar(select(Seal).order_by(Seal.id.desc()).limit(1))
        return found

    async def after(self, seal_id: int, limit: int) -> Sequence[Seal]:
        """Those that follow, in their order."""
        query = select(Seal).where(Seal.id > seal_id).order_by(Seal.id).limit(limit)
        return (await self.session.scalars(query)).all()

    async def settled(self, after: int, before: datetime) -> int:
        """The last event after that one which is, with all before it, older than a moment; else that one."""
        young = select(func.min(Event.id)).where(Event.id > after, Event.at >= before)
        first = await self.session.scalar(young)
        if first is not None:
            return max(after, int(first) - 1)
        return int(await self.session.scalar(select(func.max(Event.id))) or after)

    async def events(self, after: int, upto: int, limit: int) -> Sequence[Event]:
        """The events of a stretch, in their order."""
        query = select(Event).where(Event.id > after, Event.id <= upto).order_by(Event.id).limit(limit)
        return (await self.session.scalars(query)).all()

    async def numbers_of(self, action: str) -> frozenset[int]:
        """The events of an action; for those that are rare."""
        return frozenset(await self.session.scalars(select(Event.id).where(Event.action == action)))

    async def count(self, after: int) -> int:
        """How many events come after that one."""
        return int(await self.session.scalar(select(func.count()).where(Event.id > after)) or 0)

    async def missing(self) -> tuple[int, int] | None:
        """How many events have gone before a seal covered them, and the first; none if all are there."""
        query = select(func.count(), func.min(Unsealed.event_id)).where(~_THERE)
        count, first = (await self.session.execute(query)).one()
        return (count, first) if count else None

    async def set(self, seal: Seal, covered: Sequence[Event]) -> None:
        """Add it over these events, unless another one of its number was faster."""
        values = {column.name: getattr(seal, column.name) for column in Seal.__table__.columns}
        if await self.affect(self.inserting(Seal).values(values).on_conflict_do_nothing()):
            noted = Unsealed.event_id.in_([event.id for event in covered])
            await self.session.execute(delete(Unsealed).where(noted, _THERE))
