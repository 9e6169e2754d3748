"""Messages that must go out."""

from sqlalchemy import insert

from db.models import Outbox
from db.repositories.base import Repository


class OutboxRepository(Repository):
    """Rows are written with their cause and claimed by the sender."""

    async def add_many(self, rows: list[dict[str, object]]) -> None:
        """Queue messages."""
        if rows:
            await self.session.execute(insert(Outbox), rows)
