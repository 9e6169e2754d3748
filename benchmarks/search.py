"""The search over 10,000 contacts and over a million, against pages of lists that one index answers."""

import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import select

from benchmarks.clients import RARE, fill
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, found, reader
from bot.outside import outside
from db.models import Person
from db.uow import Database
from services.access import Actor, Door
from services.bundle import Services
from services.clock import SystemClock
from services.dto.clients import ClientKind

SIZES = (10_000, 1_000_000)
QUICK_SIZES = (10_000, 100_000)
ROUNDS = 25
NEAR = 3.0
FLAT = 1.5
BASELINE = "pages of contacts and of deals"

Screens = dict[str, Callable[[], Awaitable[object]]]


async def run(options: Options) -> list[Figure]:
    """Each search as a multiple of pages of lists, and of the same search with few.

    The best of the rounds counts: what a busy machine does besides only adds to the others.
    """
    few, many = QUICK_SIZES if options.quick else SIZES
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        opened = []
        for count in (few, many):
            url = new_database(options.backend, Path(folder))
            await found(url)
            opened.append(await fill(url, count))
        try:
            small, large = [await _screens(db) for db in opened]
            return await _compare(small, large, f"{many:,} contacts")
        finally:
            for db in opened:
                await db.close()


async def _compare(few: Screens, many: Screens, remark: str) -> list[Figure]:
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in many}
    for _ in range(ROUNDS):
        for name, kept in times.items():
            for screens, mine in zip((few, many), kept, strict=True):
                start = time.perf_counter()
                await screens[name]()
                mine.append(time.perf_counter() - start)
    few_ms = {name: min(kept[0]) * 1000 for name, kept in times.items()}
    many_ms = {name: min(kept[1]) * 1000 for name, kept in times.items()}
    base = many_ms.pop(BASELINE)
    near = [Figure(name, ms, "ms", base, NEAR, remark=remark) for name, ms in many_ms.items()]
    flat = [
        Figure(name, ms, "ms", few_ms[name], FLAT, remark=f"{remark} against few")
        for name, ms in many_ms.items()
    ]
    return [*near, *flat]


async def _screens(db: Database) -> Screens:
    services = Services(db, SystemClock(), outside())
    async with db.read() as uow:
        query = select(Person.id).where(Person.role == "manager").order_by(Person.id).limit(1)
        seller = await services.people.actor((await uow.session.scalars(query)).one(), Door.TELEGRAM)
    assert seller is not None
    texts = {
        "rare name": RARE,
        "common name": "иван",
        "name and surname": "иван багринуов",
        "two common words": "иван бабавоов",
        "three letters": "баб",
        "one letter": "б",
        "end of a phone": "4567",
        "whole phone": "+7 900 000-45-67",
        "no such word": "небывалов",
        "slip": "зафадов",
        "two common words of a company": "ромашка 17",
    }
    readers = {
        "owner": await reader(services, OWNER),
        "head": await reader(services, HEAD),
        "manager": seller,
    }
    screens: Screens = {BASELINE: _lists(services, readers["owner"])}
    for who, actor in readers.items():
        for name, text in texts.items():
            screens[f"{name}, {who}"] = _search(services, actor, text)
    return screens


def _search(services: Services, actor: Actor, text: str) -> Callable[[], Awaitable[object]]:
    return lambda: services.search.find(actor, text)


def _lists(services: Services, actor: Actor) -> Callable[[], Awaitable[object]]:
    """What an index answers: the newest people and deals."""

    async def pages() -> None:
        await services.clients.page(actor, ClientKind.CONTACT)
        await services.deals.page(actor, None)

    return pages
