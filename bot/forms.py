"""Open forms, kept in the database."""

from typing import Any

from db.uow import Cause, Database
from services.clock import Clock

Content = tuple[str | None, dict[str, Any]]
"""The state (none if no form is open) and what was filled in so far."""
BEFORE = "_before"


class StoredForm:
    """The form of one person in one chat and topic, as one update finds and leaves it.

    An update that is handled again after a crash finds the form as it was when the update first came:
    what it typed is not added twice, and an answer that closed the form is no free text now.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        bot_id: int,
        chat_id: int,
        user_id: int,
        thread: int | None,
        cause: Cause | None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._key = (bot_id, chat_id, user_id, thread or 0)
        self._cause = cause
        self._found: Content = (None, {})

    async def load(self) -> Content:
        """The form as this update finds it."""
        async with self._db.read() as uow:
            state, data = await uow.forms.load(*self._key)
        before = data.pop(BEFORE, None)
        again = before is not None and self._cause is not None and before["update"] == self._cause.update_id
        self._found = (before["state"], before["data"]) if again else (state, data)
        return self._found

    async def save(self, state: str | None, data: dict[str, Any]) -> None:
        """Replace both; no state closes the form. Call it after `load`."""
        kept = dict(data)
        if self._cause is not None:
            found, filled = self._found
            kept[BEFORE] = {"update": self._cause.update_id, "state": found, "data": filled}
        async with self._db.write() as uow:
            await uow.forms.save(*self._key, state, kept, self._clock.now())
