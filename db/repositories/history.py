"""Writing and reading the append-only history."""

from sqlalchemy import insert, select

from db.models import Event, Person
from db.repositories.base import Repository


class HistoryRepository(Repository):
    """Events are only ever added."""

    async def append(self, **values: object) -> int:
        """Add one event and return its id."""
        result = await self.session.execute(insert(Event).values(**values).returning(Event.id))
        return result.scalar_one()

    async def get(self, event_id: int) -> Event | None:
        """One event."""
        return await self.session.get(Event, event_id)

    async def of_update(self, bot_id: int, update_id: int) -> Event | None:
        """The event that this update has caused."""
        query = select(Event).where(Event.bot_id == bot_id, Event.update_id == update_id).limit(1)
        return (await self.session.execute(query)).scalar_one_or_none()

    async def last_of(
        self, subject: str, subject_id: int, limit: int, before: int | None = None
    ) -> list[tuple[Event, str | None]]:
        """The newest events of a subject with their actors' names, newest first, older than `before`."""
        query = (
            select(Event, Person.name)
            .outerjoin(Person, Person.id == Event.actor_id)
            .where(Event.subject == subject, Event.subject_id == subject_id)
            .order_by(Event.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(Event.id < before)
        return [(event, name) for event, name in await self.session.execute(query)]
