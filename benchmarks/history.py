"""Years of deals: a company of five departments and 200 sellers, filled past all services for speed."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

import psycopg
from sqlalchemy import Table, select
from sqlalchemy.engine import make_url

from db.models import Deal, Department, Membership, Person, Stage
from db.schema import migrate
from db.uow import Database
from services.access import Actor, Door
from services.bundle import Services
from services.clock import SystemClock
from services.setup import FOUNDINGS, Setup

DEPARTMENTS = 5
SELLERS = 200
FIRST_DAY = date(2021, 1, 1)
DAYS = 1800
OWNER, HEAD = 10_001, 10_002
SHARES = (6, 12, 5, 3, 48, 26)
"""How the deals lie in the six stages, in percent."""
COLUMNS = (
    "title, search, pipeline_id, stage_id, stage_since, amount, currency, source, owner_id, department_id,"
    " created_at, opened_on, closed_on, version, crew, tags, touched_at"
)
DEAL = cast("Table", Deal.__table__)


async def found(url: str) -> None:
    """Tables, a company, its owner, a head of the first department, and sellers."""
    db = Database.open(url)
    now = datetime.now(UTC)
    await migrate(db.engine)
    await Setup(db, SystemClock()).ensure(FOUNDINGS["en"])
    async with db.write() as uow:
        session = uow.session
        session.add_all(
            Department(name=f"Team {n}", name_folded=f"team {n}", created_at=now)
            for n in range(1, DEPARTMENTS)
        )
        await session.flush()
        departments = (await session.scalars(select(Department.id).order_by(Department.id))).all()
        people = [_person("owner", now, OWNER), _person("head", now, HEAD)]
        people += [_person("manager", now) for _ in range(SELLERS)]
        session.add_all(people)
        await session.flush()
        session.add(Membership(person_id=people[1].id, department_id=departments[0], head=True))
        session.add_all(
            Membership(person_id=seller.id, department_id=departments[n % DEPARTMENTS])
            for n, seller in enumerate(people[2:])
        )
    await db.close()


async def fill(url: str, count: int) -> None:
    """Add so many deals, with the indexes made anew behind them."""
    db = Database.open(url)
    async with db.read() as uow:
        stages = list((await uow.session.scalars(select(Stage).order_by(Stage.position))).all())
        departments = list((await uow.session.scalars(select(Department.id).order_by(Department.id))).all())
        sellers = list((await uow.session.scalars(select(Person.id).where(Person.role == "manager"))).all())
    async with db.engine.begin() as connection:
        for index in DEAL.indexes:
            await connection.run_sync(index.drop)
    rows = _deals(count, stages, departments, sellers)
    (_fill_sqlite if db.backend == "sqlite" else _fill_postgres)(url, rows)
    async with db.engine.begin() as connection:
        for index in DEAL.indexes:
            await connection.run_sync(index.create)
    if db.backend == "postgresql":
        async with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.exec_driver_sql("VACUUM ANALYZE deal")
    await db.close()


async def reader(services: Services, telegram_id: int) -> Actor:
    """The owner or the head, as a door sees them."""
    actor = await services.people.identify(telegram_id, Door.TELEGRAM)
    assert actor is not None
    return actor


def _person(role: str, now: datetime, telegram_id: int | None = None) -> Person:
    return Person(
        telegram_id=telegram_id,
        name=role,
        name_folded=role,
        role=role,
        status="active",
        language="en",
        reachable=False,
        created_at=now,
    )


def _deals(
    count: int, stages: list[Stage], departments: list[int], sellers: list[int]
) -> Iterator[tuple[object, ...]]:
    dice = random.Random(1)
    since = "2021-01-01 00:00:00.000000"
    for n in range(count):
        made = datetime.combine(FIRST_DAY, time(9)) + timedelta(days=(DAYS + 325) * n / count)
        [stage] = dice.choices(stages, SHARES)
        seller = dice.randrange(len(sellers))
        opened = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        closed = opened + timedelta(days=dice.randrange(130)) if stage.kind in ("won", "lost") else None
        yield (
            f"Windows for client {n}",
            f"windows for client {n}",
            stage.pipeline_id,
            stage.id,
            since,
            dice.randrange(50_000_000),
            "USD",
            "import",
            sellers[seller],
            departments[seller % len(departments)],
            made.isoformat(" ", "microseconds"),
            opened.isoformat(),
            closed.isoformat() if closed else None,
            1,
            "[]",
            "[]",
            since,
        )


def _fill_sqlite(url: str, rows: Iterator[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(make_url(url).database or "")
    marks = ", ".join("?" * (COLUMNS.count(",") + 1))
    connection.executemany(f"INSERT INTO deal ({COLUMNS}) VALUES ({marks})", rows)
    connection.commit()
    connection.close()


def _fill_postgres(url: str, rows: Iterator[tuple[object, ...]]) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with (
        psycopg.connect(plain) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY deal ({COLUMNS}) FROM STDIN".encode()) as copy,
    ):
        for row in rows:
            copy.write_row(row)
