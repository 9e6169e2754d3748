"""The whole program on a local Telegram: the cast hold phones, and each deed is settled before the next.

await world.anna.say("/lead Windows, Ivan +7 916 123-45-67")
await world.boris.press("Take")
assert "Boris" in world.anna.text
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiogram import Bot
from sqlalchemy import func, select

from bot.bindings import Drawing, bind
from bot.engine import ALLOWED_UPDATES
from bot.front import Front
from bot.i18n import Speech
from bot.inbox import Intake, Worker
from bot.inbox.poller import GetRawUpdates
from bot.inbox.worker import ROOM
from bot.metrics import Metrics
from bot.render import Renderer
from bot.sender.journal import Bound
from bot.sender.passing import take_away
from bot.sender.post import Letter, deliver
from bot.sender.topics import TopicKeeper, is_anchor, is_face
from bot.sender.verdicts import Verdict
from db.models import Inbox, Outbox
from db.uow import Database
from handlers.guests import Guests
from handlers.routes import all_routes
from handlers.whispers import Whispers
from sandbox import Telegram
from sandbox.messages import Message
from sandbox.methods.calling import execute
from sandbox.methods.registry import Params
from sandbox.people import Person as SandboxPerson
from sandbox.server import serve
from sandbox.transcript import Call
from services.bundle import Services
from services.bursts import becomes, standing
from services.dto.news import Trouble
from services.notices import ONLY_IN_PLACE, NoticeKind
from tests.cast import CAST, STRANGER, TurnedClock
from tests.session import QuickSession

TOKEN = "42:TEST"
TROUBLES = {Verdict.UNREACHABLE: Trouble.GONE, Verdict.NO_RIGHTS: Trouble.RIGHTS}
_WAITING = select(func.count()).where(Inbox.state.in_(("new", "applied")))


class Hand:
    """One person's phone, in their private chat with the bot unless another chat is named."""

    def __init__(self, world: "World", person: SandboxPerson) -> None:
        self.world = world
        self.person = person
        self.toast: str | None = None

    @property
    def screen(self) -> Message:
        """The newest message of the bot, as it stands now."""
        message = self.person.screen()
        assert message is not None, "the bot has said nothing"
        return message

    @property
    def text(self) -> str:
        """What it says."""
        return self.screen.text

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [label for row in self.screen.labels for label in ([row] if isinstance(row, str) else row)]

    @property
    def messages(self) -> list[Message]:
        """The whole private chat."""
        return self.world.telegram.messages(self.person)

    async def say(self, text: str, where: Any = None, **options: Any) -> None:
        """Send a text."""
        self.person.send(where, text, **options)
        await self.world.settle()

    async def start(self, payload: str | None = None) -> None:
        """Open the chat with the bot."""
        self.person.start(payload=payload)
        await self.world.settle()

    async def press(
        self, label: str | None = None, on: Message | None = None, data: str | None = None
    ) -> str | None:
        """Press a button by its label (or forge `data`) and return the toast that answers."""
        press = self.person.press(on or self.screen, label, data=data)
        await self.world.settle()
        answer = await press
        self.toast = answer.text if answer else None
        return self.toast

    async def do(self, deed: str, *args: Any, **options: Any) -> None:
        """Anything else that a person can do, e.g. `do("send_contact", None, "+7...", "Ivan")`."""
        getattr(self.person, deed)(*args, **options)
        await self.world.settle()


class World:
    """Database, program, Telegram and people in one."""

    def __init__(
        self, db: Database, services: Services, clock: TurnedClock, telegram: Telegram, bot: Bot, folder: Path
    ) -> None:
        self.db, self.services, self.clock, self.telegram, self.bot = db, services, clock, telegram, bot
        self.folder = folder
        self.hands = {name: Hand(self, telegram.people[part.telegram_id]) for name, part in CAST.items()}
        self.hands["eve"] = Hand(self, telegram.people[STRANGER])

        def tongue(language: str, zone: Any) -> Speech:
            return Speech(language, zone, clock)

        self.registry = all_routes()
        self.whispers = Whispers()
        """Off: an answer for one person comes in private. A test may turn them on."""
        guests = Guests(services, tongue, clock)
        self.front = Front(bot, db, clock, self.registry, services, tongue, guests, self.whispers)
        self.topics = TopicKeeper(bot, services.topics)
        self.renderer = Renderer(bot, self.registry, services, tongue)
        self.worker = Worker(bot, db, clock, "test", self.front.handle, Metrics())
        self.intake = Intake(db, clock, "test", self.worker, Metrics())
        self.running: asyncio.Task[None] | None = None
        """The worker at work."""
        self.url = ""
        """Of the local Telegram."""

    def __getattr__(self, name: str) -> Hand:
        try:
            return self.hands[name]
        except KeyError:
            raise AttributeError(name) from None

    async def settle(self) -> None:
        """Until every update is handled and every message that is due has left."""
        await self._fetch()
        await self._handled()
        while await self._send_due():
            if self.telegram.bot.updates.pending():
                await self._fetch()
                await self._handled()

    async def _fetch(self) -> None:
        """Take what Telegram has, as the poller does, and confirm it at once."""
        updates = self.telegram.bot.updates
        while updates.pending():
            raw = await self.bot(GetRawUpdates(timeout=0, allowed_updates=ALLOWED_UPDATES))
            await self.intake.store(self.bot.id, raw)
            updates.confirm(raw[-1]["update_id"] + 1)

    async def replay(self, calls: Sequence[Call]) -> None:
        """Let Telegram hear once more what the bot said when everybody had pressed Start."""
        bot = self.telegram.bot
        for call in calls:
            await execute(self.telegram, bot, call.method.lower(), Params(dict(call.params), call.files))
        bot.updates.confirm(bot.updates.history[-1].id + 1)

    async def again(self) -> None:
        """Let Telegram deliver the newest update once more, as after a crash before its confirmation."""
        self.telegram.deliver_again(self.telegram.bot.updates.history[-1])
        await self.settle()

    async def rows(self, statement: Any) -> list[Any]:
        """What stands in the database now."""
        async with self.db.look() as uow:
            return list((await uow.session.execute(statement)).all())

    async def count(self, model: type[Any]) -> int:
        """How many rows of a table there are."""
        return int((await self.rows(select(func.count()).select_from(model)))[0][0])

    async def _handled(self) -> None:
        # Asking the worker costs nothing, asking the database does; only that knows what is done for good.
        while self.worker.room() < ROOM or (await self.rows(_WAITING))[0][0]:
            await self.worker.recorded()
            await asyncio.sleep(0.001)

    async def _send_due(self) -> int:
        due = select(Outbox).where(Outbox.state == "new", Outbox.next_at <= self.clock.now())
        rows = [row[0] for row in await self.rows(due.order_by(Outbox.priority, Outbox.id))]
        newest = {row.coalesce: row.id for row in rows if row.coalesce}
        for row in rows:
            if row.coalesce and newest[row.coalesce] != row.id:
                await self._close(row, "cancelled")
            else:
                await self._send_one(row)
        return len(rows)

    async def _send_one(self, row: Outbox) -> None:
        if row.kind == NoticeKind.TOPIC:
            kept = await self.topics.carry_out(row)
            await self._close(row, "sent" if kept.finding is None else "dead")
            return
        if row.kind == NoticeKind.PASSING:
            await take_away(self.bot, row)
            await self._close(row, "sent")
            return
        screen = await self.renderer(row)
        async with self.db.read() as uow:
            card = await standing(uow, row, self.clock.now())
        if screen is None or (row.kind in ONLY_IN_PLACE and card is None):
            await self._close(row, "cancelled")
            return
        only_edit = row.kind in ONLY_IN_PLACE
        place = card.message_id if card is not None else None
        letter = Letter(screen, row.chat_id, row.thread, row.silent, place, only_edit, is_anchor(row))
        receipt = await deliver(self.bot, letter)
        if receipt.finding is not None and receipt.finding.verdict is Verdict.NO_THREAD:
            await self.topics.lost(row)
        if receipt.finding is not None and receipt.finding.verdict in TROUBLES:
            await self.services.news_channel.follow(row.chat_id, TROUBLES[receipt.finding.verdict])
        if receipt.gone and place is not None:
            async with self.db.write() as uow:
                await uow.cards.unbind(row.chat_id, place)
            if is_face(row):
                await self.topics.card_gone(row)
        await self._close(row, "sent" if receipt.finding is None else "dead")
        if receipt.message_id:
            subject = becomes(row, screen.subject)
            async with self.db.write() as uow:
                bound = [Bound(row.chat_id, receipt.message_id, *subject, row.person_id)]
                now, news = self.clock.now(), row.kind == NoticeKind.TASK_NEWS
                await bind(uow, [Drawing(bound, now, news=news)], now)

    async def _close(self, row: Outbox, state: str) -> None:
        async with self.db.write() as uow:
            (await uow.session.get_one(Outbox, row.id)).state = state


@asynccontextmanager
async def open_world(
    db: Database,
    services: Services,
    clock: TurnedClock,
    folder: Path,
    opening: Sequence[Call] | None = None,
) -> AsyncIterator[World]:
    """The cast with phones in their hands, everybody having started the bot.

    With an `opening` they did so when the database was made, and this is what the bot said then.
    """
    telegram = Telegram(clock=lambda: clock.now().timestamp(), limits=None)
    telegram.add_bot(token=TOKEN, username="sdelka_bot", name="Sdelka", inline=True)
    for name, part in CAST.items():
        telegram.add_person(part.telegram_id, part.name, username=name, language_code="en")
    telegram.add_person(STRANGER, "Eve", username="eve", language_code="en")
    async with serve(telegram, port=0) as server:
        session = QuickSession(server.url)
        bot = Bot(TOKEN, session=session)
        world = World(db, services, clock, telegram, bot, folder)
        world.url = server.url
        world.running = running = asyncio.create_task(world.worker.run())
        try:
            for part in CAST.values():
                telegram.people[part.telegram_id].start()
            if opening is None:
                await world.settle()
            else:
                await world.replay(opening)
            yield world
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await session.close()
