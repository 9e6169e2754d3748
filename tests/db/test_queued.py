"""Whoever queues a message wakes the sender; its own bookkeeping must not, or it would never sleep."""

from datetime import UTC, datetime, timedelta

from db.leases import Holder
from db.uow import Database
from services.notices import NoticeKind, Place, Priority, send

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


async def test_only_a_queued_message_wakes_the_sender(db: Database) -> None:
    woken: list[bool] = []
    db.when_queued = lambda: woken.append(True)
    async with db.write() as uow:
        await uow.outbox.claim(Holder("sender", NOW), {int(Priority.URGENT): 10})
    assert woken == []
    async with db.write() as uow:
        await send(uow, NOW, [Place(1001)], NoticeKind.DEAL_WON, "won:1", {"id": 1}, lives=timedelta(hours=1))
    assert woken == [True]
    async with db.write() as uow:
        await send(uow, NOW, [None], NoticeKind.DEAL_WON, "won:2", {"id": 2})
    assert woken == [True]
