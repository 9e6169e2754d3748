"""Each filter that the screen of lists offers, and the worst mixes, against a page that one index answers.

Every page is also measured with few deals: with many it must cost the same.
"""

import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from statistics import median

from sqlalchemy import insert, literal, select

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, fill, found, reader
from bot.outside import outside
from db.models import Deal, Stage, Task
from db.repositories import views
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.clock import SystemClock
from services.lists.days import Dated
from services.lists.filters import What

SIZES = (10_000, 1_000_000)
QUICK_SIZES = (10_000, 100_000)
ROUNDS = 15
NEAR = 3.0
FLAT = 1.5
Screens = dict[str, Callable[[], Awaitable[object]]]
Asked = tuple[What, int]


async def run(options: Options) -> list[Figure]:
    """The dearest pages, as multiples of an indexed one and of the same with few deals."""
    few, many = QUICK_SIZES if options.quick else SIZES
    views.KEPT = 10_000  # All these filters are read in turn, more than anybody looks at.
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        opened = []
        for count in (few, many):
            url = new_database(options.backend, Path(folder))
            await found(url)
            await fill(url, count)
            opened.append(Database.open(url))
            await _plan(opened[-1])
        try:
            small, large = [await _screens(db) for db in opened]
            return await _compare(small, large, f"{many:,} deals")
        finally:
            for db in opened:
                await db.close()


async def _plan(db: Database) -> None:
    """A next step for each deal in work: whoever asks for those without one is shown none."""
    due = literal(datetime(2099, 1, 1, 9, tzinfo=UTC), Task.__table__.c.due_at.type)
    planned = select(literal("Call"), due, Deal.owner_id, Deal.id, Deal.created_at)
    planned = planned.where(Deal.closed_on.is_(None), Deal.owner_id.is_not(None))
    names = ["text", "due_at", "assignee_id", "deal_id", "created_at"]
    async with db.engine.begin() as connection:
        await connection.execute(insert(Task).from_select(names, planned))
    if db.backend == "postgresql":
        async with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.exec_driver_sql("VACUUM ANALYZE task")


async def _compare(few: Screens, many: Screens, remark: str) -> list[Figure]:
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in many}
    for _ in range(ROUNDS):
        for name, kept in times.items():
            for screens, mine in zip((few, many), kept, strict=True):
                start = time.perf_counter()
                await screens[name]()
                mine.append(time.perf_counter() - start)
    few_ms = {name: median(kept[0]) * 1000 for name, kept in times.items()}
    many_ms = {name: median(kept[1]) * 1000 for name, kept in times.items()}
    base = many_ms.pop(INDEXED)
    dearest = sorted(many_ms, key=lambda name: -many_ms[name])
    steepest = sorted(many_ms, key=lambda name: -many_ms[name] / few_ms[name])
    middle = median(many_ms.values())
    near = [
        Figure(name, many_ms[name], "ms", base, NEAR, remark=f"{remark}, the dearest") for name in dearest[:8]
    ]
    flat = [
        Figure(name, many_ms[name], "ms", few_ms[name], FLAT, remark=f"{remark}, the steepest")
        for name in steepest[:5]
    ]
    return [Figure(f"median of {len(many_ms)} pages", middle, "ms", base, NEAR, remark=remark), *near, *flat]


INDEXED = "a page of one stage, owner"


async def _screens(db: Database) -> Screens:
    services = Services(db, SystemClock(), outside())
    owner, head = await reader(services, OWNER), await reader(services, HEAD)
    async with db.read() as uow:
        session = uow.session
        won = (await session.scalars(select(Stage.id).where(Stage.kind == "won"))).one()
        first = (await session.scalars(select(Stage.id).order_by(Stage.position).limit(1))).one()
        middle = (
            await session.scalars(select(Deal.id).order_by(Deal.id.desc()).offset(5_000).limit(1))
        ).one()
    people = (await services.lists.choices(head, 0, What.PERSON)).choices
    seller, another = [one.number for one in people if one.number][:2]
    values: dict[str, tuple[Asked, ...]] = {
        "stage": ((What.STAGE, first),),
        "won": ((What.STAGE, won),),
        "seller": ((What.PERSON, seller),),
        "two stages": ((What.STAGE, first), (What.STAGE, won)),
        "two sellers": ((What.PERSON, seller), (What.PERSON, another)),
        "sum": ((What.AMOUNT, 49_999_000),),
        "no sum so high": ((What.AMOUNT, 99_999_999),),
        "no step": ((What.NO_TASK, 0),),
        "too long": ((What.ROTTING, 0),),
        **{day.value: ((What.DATE, n),) for n, day in enumerate(Dated)},
    }
    mixes = [*((name,) for name in values), *(
        pair
        for pair in combinations(values, 2)
        if len({what for one in pair for what, _ in values[one]}) == 2
    )]  # fmt: skip
    screens: Screens = {INDEXED: lambda: services.deals.page(owner, won, middle)}
    for actor, who in ((owner, "owner"), (head, "head")):
        for mix in [(), *mixes]:
            asked = [one for name in mix for one in values[name]]
            screens[f"{' + '.join(mix) or 'nothing asked'}, {who}"] = await _page(services, actor, asked)
    return screens


async def _page(services: Services, actor: Actor, asked: list[Asked]) -> Callable[[], Awaitable[object]]:
    card = await services.lists.filter(actor)
    for what, number in asked:
        card = await services.lists.ask(actor, card.id, what, number)
    return lambda: services.lists.page(actor, card.id)
