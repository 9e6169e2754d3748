"""Somebody presses while a broadcast goes out: nobody in the office may notice that one does.

Every manager is told about their deal at once; the limiter lets 25 messages a second go. One person presses
five times a second meanwhile.
"""

import asyncio
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.company import Seller, found_company
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.load import Load
from benchmarks.press import our_pressers
from benchmarks.processes import ours, running
from benchmarks.telegram import FakeTelegram, Fields
from bot.limits import Rates
from db.uow import Database
from services import notices
from services.clock import SystemClock

RATE = 5


class Watch:
    """The moments at which messages leave."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.sent: list[float] = []
        self.all_sent = asyncio.Event()

    def __call__(self, method: str, _fields: Fields) -> None:
        """A call of the bot."""
        if method == "sendMessage":
            self.sent.append(perf_counter())
            if len(self.sent) == self._size:
                self.all_sent.set()


async def run(options: Options) -> list[Figure]:
    """The wait of whoever presses, and the broadcast's rate."""
    size = 150 if options.quick else 600
    seconds = size / Rates().queue
    telegram = FakeTelegram()
    await telegram.start()
    box = telegram.add(42, "bench_bot")
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        url = new_database(options.backend, Path(folder))
        sellers = await found_company(url, size + 1)
        with running(ours(url, telegram.url, "42:benchmark", Path(folder))):
            async with asyncio.timeout(60):
                await box.polled.wait()
            load = Load(box, our_pressers(sellers[-1:]))
            await load.closed(20)
            watch = load.also = Watch(size)
            await _queue(url, sellers[:-1])
            outcome = await load.paced(RATE, int(seconds * RATE))
            async with asyncio.timeout(seconds * 2 + 10):
                await watch.all_sent.wait()
    await telegram.stop()
    # The limiter lets a few leave at once at first; from there on the rate is its own.
    rate = (size - 1) / (watch.sent[-1] - watch.sent[0])
    return [
        Figure(f"p95 of a press during a broadcast of {size}", outcome.percentile(95), "ms", at_most=100),
        Figure("the broadcast's rate", rate, "/s", at_least=0.95 * Rates().queue),
        Figure(f"presses lost of {len(outcome.waits) + outcome.unanswered}", outcome.lost, "", at_most=0),
    ]


async def _queue(url: str, sellers: list[Seller]) -> None:
    """A message to each of them, written by another process as a replica would write it."""
    db = Database.open(url)
    try:
        async with db.write() as uow:
            for seller in sellers:
                await notices.send(
                    uow,
                    SystemClock().now(),
                    [notices.Place(seller.telegram_id, seller.person_id)],
                    notices.NoticeKind.DEAL_GIVEN,
                    f"benchmark:{seller.deal_id}",
                    {"id": seller.deal_id, "by": "Olga"},
                    priority=notices.Priority.BULK,
                )
    finally:
        await db.close()
