"""A local Telegram with one bot, two people and the bot's own aiogram client, over real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiogram import Bot as Client

from sandbox import Bot, Person, Telegram
from sandbox.server import serve
from tests.session import QuickSession


@dataclass
class Clock:
    """Unix time that moves only when told to."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class World:
    """What most tests here need."""

    tg: Telegram
    clock: Clock
    bot: Bot
    anna: Person
    boris: Person
    url: str = ""
    clients: list[Client] = field(default_factory=list)

    def client(self, token: str = "42:TEST") -> Client:
        session = QuickSession(self.url)
        made = Client(token, session=session)
        self.clients.append(made)
        return made


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = Clock()
    tg = Telegram(clock=clock, limits=None)
    bot = tg.add_bot()
    anna = tg.add_person(1001, "Anna", "Orlova", username="anna", language_code="ru", phone="+79160000001")
    boris = tg.add_person(1002, "Boris", language_code="en", subtitle="Manager")
    made = World(tg, clock, bot, anna, boris)
    async with serve(tg) as server:
        made.url = server.url
        yield made
        for client in made.clients:
            await client.session.close()


@pytest.fixture
def client(world: World) -> Client:
    return world.client()


@pytest.fixture
async def http(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=world.url) as session:
        yield session
