"""Open forms, kept in the database."""

from typing import Any

from db.uow import Database
from services.clock import Clock


class StoredForm:
    """The form of one person in one chat and topic."""

    def __init__(
        self, db: Database, clock: Clock, bot_id: int, chat_id: int, user_id: int, thread: int | None
    ) -> None:
        self._db = db
        self._clock = clock
        self._key = (bot_id, chat_id, user_id, thread or 0)

    async def load(self) -> tuple[str | None, dict[str, Any]]:
        """The state, and what was filled in so far."""
        async with self._db.read() as uow:
            return await uow.forms.load(*self._key)

    async def save(self, state: str | None, data: dict[str, Any]) -> None:
        """Replace both; no state closes the form."""
        async with self._db.write() as uow:
            await uow.forms.save(*self._key, state, data, self._clock.now())
