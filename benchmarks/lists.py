"""A list page and a card with 10,000 deals and with a million: they must cost the same."""

import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, fill, found, reader
from bot.outside import outside
from db.models import Deal, Stage
from db.uow import Database
from services.bundle import Services
from services.clock import SystemClock

SIZES = (10_000, 1_000_000)
QUICK_SIZES = (10_000, 100_000)
ROUNDS = 60
FLAT = 1.5
"""A little more than 1: an index of a million rows is a level deeper."""

Screens = dict[str, Callable[[], Awaitable[object]]]


async def run(options: Options) -> list[Figure]:
    """Milliseconds with many deals; the baseline is the same screen with few."""
    few, many = QUICK_SIZES if options.quick else SIZES
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        urls = [new_database(options.backend, Path(folder)) for _ in range(2)]
        for url, count in zip(urls, (few, many), strict=True):
            await found(url)
            await fill(url, count)
        small, large = [Database.open(url) for url in urls]
        try:
            return await _compare(
                await _screens(small), await _screens(large), f"{many:,} deals against {few:,}"
            )
        finally:
            await small.close()
            await large.close()


async def _compare(few: Screens, many: Screens, remark: str) -> list[Figure]:
    figures = []
    for name in few:
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for screen, kept in zip((few[name], many[name]), times, strict=True):
                start = time.perf_counter()
                await screen()
                kept.append(time.perf_counter() - start)
        small, large = (median(kept) * 1000 for kept in times)
        figures.append(Figure(name, large, "ms", baseline=small, at_most=FLAT, remark=remark))
    return figures


async def _screens(db: Database) -> Screens:
    services = Services(db, SystemClock(), outside())
    owner, head = await reader(services, OWNER), await reader(services, HEAD)
    async with db.read() as uow:
        paid = (await uow.session.scalars(select(Stage.id).where(Stage.kind == "won"))).one()
        middle = (await uow.session.scalars(select(func.max(Deal.id) // 2))).one()
        theirs = (
            await uow.session.scalars(
                select(Deal.id).where(Deal.department_id.in_(head.headed)).order_by(Deal.id.desc()).limit(1)
            )
        ).one()
    deals = services.deals
    return {
        "card, owner": lambda: deals.card(owner, middle),
        "card, head": lambda: deals.card(head, theirs),
        "first page of all, owner": lambda: deals.page(owner, None),
        "first page of a stage, owner": lambda: deals.page(owner, paid),
        "page from the middle, owner": lambda: deals.page(owner, paid, middle),
        "first page of a stage, head": lambda: deals.page(head, paid),
        "page from the middle, head": lambda: deals.page(head, paid, middle),
    }
