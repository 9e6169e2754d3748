"""Does deeds by hand in the whole program, without the sockets, and tells what came of them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.types import Update
from sqlalchemy import event

from bot.outside import outside
from db.leases import Holder
from db.models import Outbox
from db.uow import Cause
from handlers.screen import Screen
from keyboards.data import Press
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.presses import Press as Pressed
from services.bundle import Services
from tests.cast import CAST, STRANGER, TurnedClock, cast_company
from tests.databases import database_at
from tests.matrix.company import LEO, Company, build_company
from tests.matrix.deeds import Answered, Forwarded, Sent, Step, Typed
from tests.matrix.ledger import Ledger
from tests.matrix.wire import DirectSession
from tests.world import World, open_world

_SPACING = re.compile(r"[ ()\u00a0-]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was told: the toast, every byte that left, the buttons of the last screen."""

    toast: str
    wire: str
    calls: int
    labels: tuple[str, ...]
    chats: frozenset[int]

    def has(self, word: str) -> bool:
        """Whether a word left, a phone also with its spaces."""
        return word in self.wire or (word[:1] == "+" and word in _SPACING.sub("", self.wire))

    @property
    def said(self) -> str:
        """What is the same for things that differ only in their number."""
        texts = re.findall(r'"text": "((?:[^"\\]|\\.)*)"', self.wire)
        return " | ".join([self.toast, *texts])


class Rig:
    """A world with the matrix' company in it."""

    def __init__(self, world: World, company: Company, ledger: Ledger) -> None:
        self.world, self.company, self.ledger = world, company, ledger
        people = world.telegram.people
        self.people = {name: people[part.telegram_id] for name, part in CAST.items()}
        self.people |= {"eve": people[STRANGER], "leo": people[LEO]}
        shown = self.people["anna"].screen()
        assert shown is not None
        self._lent = shown
        everybody = list(self.people.values())
        self._elsewhere = world.telegram.add_group("Elsewhere", everybody, bots=())

    async def press(self, reader: str, data: Press | str, on: Message | None = None) -> Answer:
        """Forge a press; outsiders have no screen of their own and use one that was sent to Anna."""
        person = self.people[reader]
        card = on or person.screen() or self._lent
        packed = data if isinstance(data, str) else data.pack()
        since = len(self.world.telegram.calls)
        pressed = person.press(card, data=packed)
        await self.deliver()
        return self._answer(person, since, pressed)

    async def say(self, reader: str, text: str) -> Answer:
        """Send a text in private."""
        return await self.act(reader, "send", None, text)

    async def act(self, reader: str, act: str, *args: object, **options: object) -> Answer:
        """Do anything else that a person can do."""
        person = self.people[reader]
        since = len(self.world.telegram.calls)
        getattr(person, act)(*args, **options)
        await self.deliver()
        return self._answer(person, since, None)

    async def do(self, reader: str, steps: tuple[Step, ...]) -> Answer:
        """Press and type, one after the other; the last answer, with all that was sent on the way."""
        since = len(self.world.telegram.calls)
        toasts = []
        for step in steps:
            last = await self._step(reader, step)
            toasts.append(last.toast)
            if last.toast:
                break
        wire = self.world.telegram.wire(since=since)
        return Answer(" ".join(filter(None, toasts)), wire, last.calls, last.labels, last.chats)

    async def answer(self, reader: str, form: Typed) -> Answer:
        """Answer to a form that is open from better days."""
        await self.open(reader, form.state, form.data)
        return await self.say(reader, form.text)

    async def open(self, reader: str, state: str, data: dict[str, Any]) -> None:
        """Have somebody's form open in this state."""
        user, bot = self.people[reader].id, self.world.bot.id
        async with self.world.db.write() as uow:
            await uow.forms.save(bot, user, user, 0, state, data, self.world.clock.now())

    async def draw(self, person: str | None, kind: str, params: dict[str, object]) -> Screen | None:
        """Draw a queued message for somebody, or for the team chat."""
        person_id = self.company.people[person] if person else None
        return await self.world.renderer(Outbox(kind=kind, params=params, person_id=person_id))

    async def _step(self, reader: str, step: Step) -> Answer:
        if isinstance(step, Answered):
            return await self._answer_card(reader, step)
        if isinstance(step, Forwarded):
            said = self.people["eve"].send(self._elsewhere, step.text)
            return await self.act(reader, "forward", said)
        if isinstance(step, Sent):
            return await self.act(reader, step.how, None, *step.what)
        return await (self.say(reader, step) if isinstance(step, str) else self.press(reader, step))

    async def _answer_card(self, reader: str, step: Answered) -> Answer:
        """Answer a message that, from better days, is the card of a thing."""
        person = self.people[reader]
        card = person.screen()
        if card is None:
            return await self.say(reader, step.text)
        async with self.world.db.write() as uow:
            await uow.cards.unbind(person.id, card.id)
            await uow.cards.bind(person.id, step.subject, step.id, card.id, None, self.world.clock.now())
        return await self.act(reader, "send", None, step.text, reply_to=card)

    async def deliver(self) -> None:
        """Hand over what Telegram has, each update stored before it is handled, as the intake does."""
        updates, bot = self.world.telegram.bot.updates, self.world.bot
        for one in updates.head(100):
            updates.confirm(one.id + 1)
            holder = Holder("matrix", self.world.clock.now())
            async with self.world.db.write() as uow:
                await uow.inbox.store([(bot.id, one.id, "matrix", one.body)], holder, 1, shared=False)
            update = Update.model_validate(one.body, context={"bot": bot})
            await self.world.front.handle(update, Cause(bot.id, one.id))

    def _answer(self, person: Person, since: int, pressed: Pressed | None) -> Answer:
        calls = list(self.world.telegram.calls)[since:]
        toast = pressed.answer.text if pressed is not None and pressed.answer is not None else ""
        screen = person.screen()
        return Answer(
            toast,
            "\n".join(call.wire() for call in calls),
            sum(call.method != "answerCallbackQuery" for call in calls),
            tuple(screen.labels) if screen else (),
            frozenset(call.chat_id for call in calls if call.chat_id is not None),
        )


@asynccontextmanager
async def open_rig(url: str, folder: Path) -> AsyncIterator[Rig]:
    """The company on a database of its own."""
    clock, db = TurnedClock(), database_at(url)
    if db.backend == "sqlite":
        # Nobody cuts the power here, so the disk need not be waited for.
        event.listen(db.engine.sync_engine, "connect", _hurry)
    services = Services(db, clock, outside(mails=True))
    await cast_company(db, services, clock)
    async with open_world(db, services, clock, folder) as world:
        session, world.bot.session = world.bot.session, DirectSession(world.telegram)
        world.telegram.add_person(LEO, "Leo", username="leo", language_code="en").start()
        await world.settle()
        company = await build_company(world)
        await world.settle()
        assert world.running is not None
        world.running.cancel()  # It would take what is handled here by hand as soon as a lease has ended.
        ledger = Ledger(url)
        try:
            yield Rig(world, company, ledger)
        finally:
            ledger.close()
            world.bot.session = session
    await db.close()


def _hurry(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DB-API connection
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
