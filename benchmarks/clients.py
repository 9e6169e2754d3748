"""So many clients and their deals, with the words by which the search finds them."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from db.base import Base
from db.models import Department, Person, Source, Stage
from db.repositories.words import backwards
from db.uow import Database

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

Rows = Iterator[tuple[object, ...]]


async def fill(url: str, count: int) -> Database:
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
        # Of few as of many a rare one is everybody's who looks: else a slip would be looked for, too.
        for n in range(count // 4, count, count // 4):
            self.places[n] = places[0]


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
