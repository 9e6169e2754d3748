"""The engine on a local Telegram, with the smallest product that does everything an engine is for.

Each text becomes one event and one queued message to its sender, in one transaction, and then an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from sqlalchemy import func, select

from bot.engine import Engine, Options
from bot.inbox.worker import GiveUp
from bot.limits import Rates
from bot.ticker import Fire
from db.models import Event, Inbox, Outbox, Timer
from db.repositories.cards import CardBinding
from db.uow import AlreadyAppliedError, Cause, Database
from handlers.screen import Screen
from keyboards.tongue import esc
from sandbox import Telegram
from sandbox.limits import Limits as TelegramLimits
from sandbox.server import serve
from services.clock import Clock, SystemClock
from tests.session import QuickSession

FAST = Rates(overall=1e4, queue=1e4, chat=1e4, chat_burst=100, group_minute=10_000)
TOKEN = "42:TEST-token-that-is-long-enough"


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 20) -> None:
    """Wait for something that another process or task brings about."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(0.02)


def message(chat_id: int, text: str, key: str, **values: Any) -> dict[str, Any]:
    """A row for the outbox."""
    now = datetime.now(UTC)
    defaults = {
        "epoch": 1,
        "dedupe": key,
        "coalesce": None,
        "kind": "text",
        "params": {"text": text},
        "person_id": None,
        "chat_id": chat_id,
        "thread": None,
        "priority": 1,
        "silent": False,
        "created_at": now,
        "next_at": now,
        "expires_at": None,
    }
    return {**defaults, **values}


class Product:
    """What the engine drives."""

    def __init__(self, db: Database, bot: Bot) -> None:
        self.db = db
        self.bot = bot
        self.seen: list[str] = []
        self.quiet = False
        self.bindings: Sequence[CardBinding] = ()
        """What a quiet product has drawn."""
        self.before: Callable[[Update], Awaitable[None]] | None = None

    async def handle(self, update: Update, cause: Cause) -> Sequence[CardBinding]:
        """One event and one queued message, then an answer."""
        if self.before is not None:
            await self.before(update)
        if self.quiet:
            return self.bindings
        text = (update.message.text if update.message else None) or "nothing"
        chat_id = update.message.chat.id if update.message else 0
        try:
            async with self.db.write(cause) as uow:
                event = await uow.history.append(
                    at=datetime.now(UTC),
                    door="telegram",
                    action="said",
                    subject="lead",
                    subject_id=1,
                    bot_id=cause.bot_id,
                    update_id=cause.update_id,
                    changes={},
                )
                await uow.outbox.add_many([message(chat_id, f"queued {text}", f"event:{event}@{chat_id}")])
        except AlreadyAppliedError:
            self.seen.append(f"again {text}")
        else:
            self.seen.append(text)
        await self.bot.send_message(chat_id, f"answer {text}")
        return ()

    async def render(self, row: Outbox) -> Screen | None:
        """The text of the row; a row without one has lost its reason."""
        text = row.params.get("text")
        subject = (row.params["subject"], row.params["id"]) if "subject" in row.params else None
        said, away = esc(text) if not row.params.get("raw") else text, "away" in row.params
        return Screen(said, subject=subject, away=away) if text else None


@dataclass
class Rig:
    """Everything in reach of a test."""

    telegram: Telegram
    url: str
    bot: Bot
    db: Database
    product: Product
    folder: Path
    clock: Clock = field(default_factory=SystemClock)
    timers: Mapping[str, Fire] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    give_up: GiveUp | None = None
    engine: Engine | None = None
    task: asyncio.Task[None] | None = None

    def build(self) -> Engine:
        """An engine that does not run yet."""
        return Engine(
            bot=self.bot,
            db=self.db,
            clock=self.clock,
            handle=self.product.handle,
            render=self.product.render,
            timers=self.timers,
            options=Options(data_dir=self.folder, **{"rates": FAST, **self.options}),
            give_up=self.give_up,
        )

    async def start(self) -> Engine:
        """Start."""
        self.engine = self.build()
        self.db.when_queued = self.engine.wake_sender
        self.task = asyncio.create_task(self.engine.run())
        started = asyncio.create_task(self.engine.started.wait())
        await asyncio.wait([started, self.task], return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        return self.engine

    async def stop(self) -> None:
        """End in order; raises what the engine died of."""
        if self.engine is not None and self.task is not None:
            self.engine.stop()
            await self.task
            self.engine = self.task = None

    async def queue(self, *rows: dict[str, Any]) -> None:
        """Put messages into the outbox."""
        async with self.db.write() as uow:
            await uow.outbox.add_many(list(rows))
        if self.engine is not None:
            self.engine.wake_sender()

    async def timer(self, kind: str, due_in: float, key: str) -> None:
        """Set a timer."""
        now = self.clock.now()
        async with self.db.write() as uow:
            await uow.timers.set(
                kind=kind,
                subject="deal",
                subject_id=1,
                dedupe=key,
                params={},
                due_at=now + timedelta(seconds=due_in),
                created_at=now,
            )

    async def states(self, table: type[Inbox | Outbox | Timer]) -> dict[str, int]:
        """How many rows are in which state."""
        async with self.db.read() as uow:
            rows = await uow.session.execute(select(table.state, func.count()).group_by(table.state))
            return {row[0]: row[1] for row in rows}

    async def events(self) -> list[int]:
        """The updates that had an effect."""
        async with self.db.read() as uow:
            return sorted((await uow.session.scalars(select(Event.update_id))).all())

    async def all(self, table: type[Any]) -> list[Any]:
        """All rows of a table."""
        async with self.db.read() as uow:
            return list((await uow.session.scalars(select(table).order_by(table.id))).all())

    def sent(self, prefix: str = "queued") -> list[str]:
        """The texts that Telegram accepted."""
        return [
            call.params["text"]
            for call in self.telegram.calls.of("sendMessage")
            if call.status == 200 and call.params["text"].startswith(prefix)
        ]

    async def settled(self) -> None:
        """Until everything that came in is done and everything that must go out is out."""

        async def quiet() -> bool:
            waiting = {"new", "applied", "leased"}
            return not waiting & ((await self.states(Inbox)).keys() | (await self.states(Outbox)).keys())

        await until(quiet)


@asynccontextmanager
async def open_rig(db: Database, folder: Path, *, limits: TelegramLimits | None = None) -> AsyncIterator[Rig]:
    """A local Telegram with Anna and Boris, and an engine to be started."""
    telegram = Telegram(limits=limits)
    telegram.add_bot(token=TOKEN, username="sdelka_bot", name="Sdelka")
    telegram.add_person(1001, "Anna", "Orlova", username="anna")
    telegram.add_person(1002, "Boris", "Orlov", username="boris")
    async with serve(telegram, port=0) as server:
        session = QuickSession(server.url)
        bot = Bot(TOKEN, session=session)
        rig = Rig(telegram, server.url, bot, db, Product(db, bot), folder)
        try:
            yield rig
        finally:
            await rig.stop()
            await session.close()
