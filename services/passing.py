"""Words over a group that are of use for two minutes, and then taken away again."""

from datetime import timedelta

from db.uow import Database
from services import notices
from services.clock import Clock
from services.notices import NoticeKind, Place, Priority

STAYS = timedelta(minutes=2)


class Passing:
    """The service that remembers to take them away; it changes nothing else, so no right is asked for."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def take_away(self, chat_id: int, message_id: int) -> None:
        """Delete this message of ours by and by."""
        now = self._clock.now()
        async with self._db.write() as uow:
            await notices.send(
                uow,
                now,
                [Place(chat_id)],
                NoticeKind.PASSING,
                f"passing:{message_id}",
                {"message": message_id},
                priority=Priority.BULK,
                gather=STAYS,
            )
