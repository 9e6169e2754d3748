"""Ten thousand notifications leave by the whole program: how fast, urgent ones first, no chat forgotten.

One chat has two hundred messages before all others, of which Telegram takes one a second; the rest lie round
by round over five hundred chats. A third of the way something urgent is queued for each of these.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, select

from benchmarks.company import Seller, found_company
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.processes import ours, running
from benchmarks.telegram import FakeTelegram, Fields
from bot.limits import Rates
from db.models import Deal
from db.uow import Database
from services import notices
from services.clock import SystemClock
from services.notices import NoticeKind, Place, Priority

CHATS, ROUNDS, GREEDY = 500, 19, 200
QUICK_CHATS, QUICK_ROUNDS, QUICK_GREEDY = 50, 4, 10
AT_ONCE = 500
SHARE = 0.95
URGENT = "Olga the urgent"
HASTE = 1.25
"""Times what the limiter takes for the urgent ones alone; some of the others are on their way already."""
SILENCE = 3.0
"""Times a round of all chats; one of these rounds the urgent ones take."""

Letter = tuple[Seller, int, Priority]
"""To whom, about which of their deals, how soon."""


@dataclass(slots=True)
class Post:
    """When messages left, and to whom."""

    size: int
    third: asyncio.Event = field(default_factory=asyncio.Event)
    everything: asyncio.Event = field(default_factory=asyncio.Event)
    sent: list[float] = field(default_factory=list)
    urgent: list[float] = field(default_factory=list)
    chats: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, method: str, fields: Fields) -> None:
        """A call of the bot."""
        if method != "sendMessage":
            return
        now = perf_counter()
        self.sent.append(now)
        self.chats.setdefault(fields["chat_id"], []).append(now)
        if URGENT in fields["text"]:
            self.urgent.append(now)
        if len(self.sent) >= self.size // 3:
            self.third.set()
        if len(self.sent) == self.size:
            self.everything.set()

    def silence(self, chat: int) -> float:
        """The longest time in which a chat heard nothing, from the first message of all to its last one."""
        return max(after - before for before, after in pairwise([self.sent[0], *self.chats[str(chat)]]))


async def run(options: Options) -> list[Figure]:
    """The rate, the haste of what is urgent, the longest silence of a chat."""
    chats, rounds, greedy = (
        (QUICK_CHATS, QUICK_ROUNDS, QUICK_GREEDY) if options.quick else (CHATS, ROUNDS, GREEDY)
    )
    size, rate = chats * (rounds + 1) + greedy, Rates().queue
    telegram = FakeTelegram()
    await telegram.start()
    box = telegram.add(42, "bench_bot")
    post = box.heard = Post(size)
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        url = new_database(options.backend, Path(folder))
        sellers = await found_company(url, chats + 1)
        db = Database.open(url)
        deals = await _more_deals(db, sellers, max(rounds + 1, greedy))
        first, others = sellers[0], sellers[1:]
        usual: list[Letter] = [(first, deal, Priority.BULK) for deal in deals[first.person_id][:greedy]]
        usual += [
            (one, deals[one.person_id][turn], Priority.BULK) for turn in range(rounds) for one in others
        ]
        await _queue(db, usual)
        with running(ours(url, telegram.url, "42:benchmark", Path(folder))):
            async with asyncio.timeout(60 + size / rate * 2):
                await post.third.wait()
                asked = perf_counter()
                await _queue(db, [(one, deals[one.person_id][rounds], Priority.URGENT) for one in others])
                await post.everything.wait()
        await db.close()
    await telegram.stop()
    pace = (size - 1) / (post.sent[-1] - post.sent[0])
    silence = max(post.silence(one.telegram_id) for one in others)
    return [
        Figure(f"the rate of {size:,} notifications", pace, "/s", at_least=SHARE * rate),
        Figure(f"{chats} urgent ones among them", post.urgent[-1] - asked, "s", chats / rate, at_most=HASTE),
        Figure("the longest silence of a chat", silence, "s", chats / rate, at_most=SILENCE),
    ]


async def _more_deals(db: Database, sellers: Sequence[Seller], each: int) -> dict[int, list[int]]:
    """So many deals for everybody, since news of one deal become one message; their ids by the owner's."""
    found: dict[int, list[int]] = {}
    async with db.write() as uow:
        model = (await uow.session.scalars(select(Deal).limit(1))).one()
        same = {
            column.name: getattr(model, column.name)
            for column in Deal.__table__.columns
            if column.name not in ("id", "owner_id", "contact_id")
        }
        rows = [same | {"owner_id": seller.person_id} for seller in sellers for _ in range(each)]
        for start in range(0, len(rows), AT_ONCE):
            await uow.session.execute(insert(Deal), rows[start : start + AT_ONCE])
        for owner, deal in await uow.session.execute(select(Deal.owner_id, Deal.id)):
            found.setdefault(owner, []).append(deal)
    return found


async def _queue(db: Database, letters: Sequence[Letter]) -> None:
    """Written by another process, as a replica would write them."""
    for start in range(0, len(letters), AT_ONCE):
        async with db.write() as uow:
            for seller, deal, priority in letters[start : start + AT_ONCE]:
                await notices.send(
                    uow,
                    SystemClock().now(),
                    [Place(seller.telegram_id, seller.person_id)],
                    NoticeKind.DEAL_GIVEN,
                    f"benchmark:{deal}",
                    {"id": deal, "by": URGENT if priority is Priority.URGENT else "Olga"},
                    priority=priority,
                )
