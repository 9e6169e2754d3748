"""Reading the history."""

from db.uow import Cause, Database


class Trail:
    """The service of the history."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def subject_of(self, cause: Cause) -> tuple[str, int] | None:
        """What an update has changed, to show it again when the update comes twice."""
        async with self._db.read() as uow:
            event = await uow.history.of_update(cause.bot_id, cause.update_id)
        return (event.subject, event.subject_id) if event else None
