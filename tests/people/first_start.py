"""A company before its first start: nobody has joined, and Olga holds the owner's link."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.outside import outside
from db.uow import Database
from services.bundle import Services
from services.setup import FOUNDINGS
from tests.cast import TurnedClock
from tests.stories.staging import Words
from tests.world import World, open_world


class Counted:
    """Olga's hands in a language, and how often they moved."""

    def __init__(self, world: World, language: str) -> None:
        self.hand = world.olga
        self.words = Words(language)
        self.presses = 0
        self.typed = 0

    @property
    def text(self) -> str:
        """What she reads."""
        return self.hand.text

    async def press(self, label: str) -> None:
        """Press a button by its English name up to its first parameter, in her language."""
        self.presses += 1
        await self.hand.press(self.words(label).partition("{")[0])

    async def press_as_it_is(self, label: str) -> None:
        """Press a button whose name is the company's own word."""
        self.presses += 1
        await self.hand.press(label)

    async def say(self, text: str) -> None:
        """Type."""
        self.typed += 1
        await self.hand.say(text)


@asynccontextmanager
async def before_the_first_start(
    db: Database, clock: TurnedClock, folder: Path, language: str, phone: str
) -> AsyncIterator[tuple[World, str]]:
    """The world and the owner's token; the program was installed in `language`, her phone speaks `phone`."""
    services = Services(db, clock, outside())
    await services.setup.ensure(FOUNDINGS[language])
    token = await services.setup.owner_link()
    assert token is not None
    async with open_world(db, services, clock, folder) as world:
        world.olga.person.language_code = phone
        yield world, token
