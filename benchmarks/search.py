"""The search over 10,000 contacts and over a million, against pages of lists that one index answers."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import HEAD, OWNER, found, reader
from bot.outside import outside
from db.base import Base
from db.models import Department, Person, Source, Stage
from db.repositories.words import backwards
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
_FIRST_NAMES = (
    "иван петр сергей анна мария ольга елена павел андрей дмитрий юлия игорь олег вера нина роман глеб"
)
_SYLLABLES = "ба во гри де жу за ки ло мо ну пе ра си ту фе хо че ша щу ян"
FIRST_NAMES, SYLLABLES = _FIRST_NAMES.split(" "), _SYLLABLES.split(" ")
ENDINGS = ("ов", "ин", "енко", "ский")
RARE = "зафодов"
FIRM, DEAL = 10, 2
"""A company for so many contacts, and a deal."""
FILLED = ("company", "contact", "contact_point", "deal", "search_word")
COLUMNS = (
    "id, name, name_folded, owner_id, department_id, created_at, version, tags",
    "id, name, search, company_id, owner_id, department_id, created_at, version, tags",
    "id, kind, value, contact_id",
    (
        "id, title, search, owner_id, department_id, contact_id, company_id, created_at, stage_since,"
        " version, currency, source, crew, tags, pipeline_id, stage_id"
    ),
    "source, word, subject_id",
)
BASELINE = "pages of contacts and of deals"

Screens = dict[str, Callable[[], Awaitable[object]]]
Rows = Iterator[tuple[object, ...]]


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
            opened.append(await _fill(url, count))
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


async def _fill(url: str, count: int) -> Database:
    """So many contacts, a company for each ten and a deal for each two, with their words."""
    db = Database.open(url)
    async with db.read() as uow:
        stage = (await uow.session.scalars(select(Stage).order_by(Stage.position).limit(1))).one()
        departments = list((await uow.session.scalars(select(Department.id).order_by(Department.id))).all())
        sellers = list((await uow.session.scalars(select(Person.id).where(Person.role == "manager"))).all())
    tables = _rows(_People(count, sellers, departments), count, stage)
    indexes = [index for name in FILLED for index in Base.metadata.tables[name].indexes]
    async with db.engine.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
    for name in FILLED:
        columns, rows = tables[name]
        (_fill_sqlite if db.backend == "sqlite" else _fill_postgres)(url, name, columns, rows)
    async with db.engine.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.create)
    if db.backend == "postgresql":
        async with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.exec_driver_sql(f"VACUUM ANALYZE {', '.join(FILLED)}")
    return db


class _People:
    """Who is called how, and whose client they are: surnames as uneven as in life, the first ones common."""

    def __init__(self, count: int, sellers: list[int], departments: list[int]) -> None:
        dice = random.Random(1)
        most = len(SYLLABLES) ** 3 * len(ENDINGS)
        self.surnames = [_surname(int(most * dice.random() ** 2)) for _ in range(count)]
        for n in range(count // 4, count, count // 4):
            self.surnames[n] = RARE
        self.names = [dice.choice(FIRST_NAMES) for _ in range(count)]
        places = [(seller, departments[n % len(departments)]) for n, seller in enumerate(sellers)]
        self.places = [dice.choice(places) for _ in range(count)]


def _surname(number: int) -> str:
    number, ending = divmod(number, len(ENDINGS))
    number, third = divmod(number, len(SYLLABLES))
    first, second = divmod(number, len(SYLLABLES))
    return SYLLABLES[first] + SYLLABLES[second] + SYLLABLES[third] + ENDINGS[ending]


def _rows(people: _People, count: int, stage: Stage) -> dict[str, tuple[str, Rows]]:
    """The columns and rows of each table."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    by_table = (_companies, _contacts, _points, _deals)
    columns = dict(zip(FILLED, COLUMNS, strict=True))
    rows = {name: make(people, count, now) for name, make in zip(FILLED, by_table, strict=False)}
    rows["deal"] = ((*row, stage.pipeline_id, stage.id) for row in rows["deal"])
    rows["search_word"] = _words(people, count)
    return {name: (columns[name], rows[name]) for name in FILLED}


def _companies(people: _People, count: int, now: str) -> Rows:
    for n in range(0, count, FIRM):
        name = f"ромашка {n // FIRM + 1}"
        yield n // FIRM + 1, name, name, *people.places[n], now, 1, "[]"


def _contacts(people: _People, count: int, now: str) -> Rows:
    for n in range(count):
        name = f"{people.names[n]} {people.surnames[n]}"
        yield n + 1, name, name, _firm(n), *people.places[n], now, 1, "[]"


def _points(_people: _People, count: int, _now: str) -> Rows:
    for n in range(count):
        yield n + 1, "phone", _phone(n), n + 1


def _deals(people: _People, count: int, now: str) -> Rows:
    for n in range(0, count, DEAL):
        title = f"окна {people.surnames[n]}"
        kept = (*people.places[n], n + 1, _firm(n), now, now, 1)
        yield n // DEAL + 1, title, title, *kept, "RUB", "site", "[]", "[]"


def _words(people: _People, count: int) -> Rows:
    for n in range(count):
        yield from ((Source.CONTACT.value, word, n + 1) for word in (people.names[n], people.surnames[n]))
        yield Source.CONTACT_PHONE.value, backwards(_phone(n)), n + 1
    for n in range(0, count, FIRM):
        yield from ((Source.FIRM.value, word, n // FIRM + 1) for word in ("ромашка", str(n // FIRM + 1)))
    for n in range(0, count, DEAL):
        yield from ((Source.DEAL.value, word, n // DEAL + 1) for word in ("окна", people.surnames[n]))


def _firm(number: int) -> int | None:
    return None if number % FIRM else number // FIRM + 1


def _phone(number: int) -> str:
    return f"+79{number:09}"


def _fill_sqlite(url: str, table: str, columns: str, rows: Rows) -> None:
    """In the order of the key, so that no page is written twice."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection = sqlite3.connect(make_url(url).database or "")
    connection.execute(f"CREATE TEMP TABLE heap AS SELECT {columns} FROM {table} LIMIT 0")
    connection.executemany(f"INSERT INTO heap VALUES ({marks})", rows)
    connection.execute(f"INSERT INTO {table} ({columns}) SELECT * FROM heap ORDER BY 1, 2, 3")
    connection.commit()
    connection.close()


def _fill_postgres(url: str, table: str, columns: str, rows: Rows) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with (
        psycopg.connect(plain) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy,
    ):
        for row in rows:
            copy.write_row(row)
