"""What became of messages, written down in groups."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.bindings import Drawing, bind
from bot.ledger import Ledger
from bot.metrics import Metrics
from bot.trouble import backoff
from db.models import Outbox
from db.repositories.outbox import Outcome
from db.uow import Database
from services.clock import Clock

GIVEN_UP_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Bound:
    """The message that now shows a subject's card; without a subject, one that shows none any more."""

    chat_id: int
    message_id: int
    subject: str
    subject_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class _Landed:
    """What is to be recorded of a message."""

    chat_id: int
    outcome: Outcome
    drawing: Drawing | None = None


class Journal:
    """Records outcomes; `landed` is told the chats of those that are durable now."""

    def __init__(
        self, db: Database, clock: Clock, metrics: Metrics, landed: Callable[[list[int]], None]
    ) -> None:
        self._db = db
        self._clock = clock
        self._metrics = metrics
        self._landed = landed
        self._ledger = Ledger("outbox", self._record, lambda landed: replace(landed, drawing=None))

    async def run(self) -> None:
        """Write until cancelled."""
        await self._ledger.run()

    async def written(self) -> None:
        """Wait until nothing is left to write."""
        await self._ledger.written()

    def note(self, row: Outbox, outcome: Outcome, drawing: Drawing | None = None) -> None:
        """Record an outcome, and which cards stand where after it."""
        self._ledger.note(_Landed(row.chat_id, outcome, drawing))

    def put_off(self, row: Outbox, error: str) -> None:
        """Something is wrong with this message: it steps aside for the others of its chat."""
        now = self._clock.now()
        if now - row.created_at > GIVEN_UP_AFTER:
            self.end(row, "dead", error=error)
            return
        pause = timedelta(seconds=backoff(row.attempts + 1, first=2, most=3600))
        self.note(row, Outcome(row.id, "new", row.attempts + 1, now + pause, error=error))

    def end(
        self,
        row: Outbox,
        state: str,
        *,
        error: str | None = None,
        message_id: int | None = None,
        drawing: Drawing | None = None,
    ) -> None:
        """Nothing more is to be done with it."""
        now = self._clock.now()
        sent_at = now if state == "sent" else None
        if state != "sent":
            self._metrics.sends.labels(state).inc()
        self.note(row, Outcome(row.id, state, row.attempts, now, error, message_id, sent_at), drawing)

    async def _record(self, landed: list[_Landed]) -> None:
        async with self._db.write() as uow:
            await uow.outbox.finish([one.outcome for one in landed])
            await bind(uow, [one.drawing for one in landed if one.drawing], self._clock.now())
        self._landed([one.chat_id for one in landed])
