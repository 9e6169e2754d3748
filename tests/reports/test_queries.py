"""How many statements a screen costs: the same with one deal and with many."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from bot.outside import outside
from db.models import Deal
from db.scope import Scope
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.report_periods import Named, Period
from tests.cast import START, TurnedClock, actor_of, cast_company, stages_by_name
from tests.databases import database_at, new_sqlite
from tests.reports.conftest import Sell

ALL = Period(None, None, Named.ALL)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
Find = Callable[[str], Awaitable[Actor]]


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile; beginnings and ends of transactions are none."""
    seen: list[str] = []

    def on_statement(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", on_statement)
    yield seen
    event.remove(db.engine.sync_engine, "before_cursor_execute", on_statement)


async def many(db: Database, count: int) -> int:
    """That many won deals of Anna's; the last one's id."""
    stages = await stages_by_name(db)
    async with db.write() as uow:
        given = (await uow.session.execute(select(Deal))).scalars().one()
        rows = [
            {
                "title": f"Deal {n}",
                "search": f"deal {n}",
                "pipeline_id": given.pipeline_id,
                "stage_id": stages["Paid"].id,
                "stage_since": given.stage_since,
                "amount": n,
                "currency": "RUB",
                "source": "import",
                "owner_id": given.owner_id,
                "department_id": given.department_id,
                "created_at": given.created_at,
                "closed_on": date(2026, 3, 1 + n % 31),
                "version": 1,
            }
            for n in range(count)
        ]
        await uow.session.execute(insert(Deal), rows)
        return (await uow.session.scalars(select(Deal.id).order_by(Deal.id.desc()).limit(1))).one()


@pytest.mark.parametrize("name", ["olga", "helen"])
async def test_screens_cost_the_same_with_one_deal_and_with_many(
    db: Database, services: Services, actor: Find, sell: Sell, name: str
) -> None:
    await sell("anna", "Paid", 1, closed=date(2026, 3, 1))
    reader = await actor(name)
    paid = (await stages_by_name(db))["Paid"].id
    last = 1

    async def costs() -> dict[str, int]:
        screens: dict[str, Awaitable[object]] = {
            "report": services.reports.overview(reader, MARCH),
            "report of all time": services.reports.overview(reader, ALL),
            "report of one": services.reports.overview(reader, ALL, (await actor("anna")).person_id),
            "people": services.reports.by_person(reader, ALL),
            "months": services.reports.by_time(reader, ALL),
            "list": services.deals.page(reader, paid),
            "card": services.deals.card(reader, last),
        }
        found = {}
        for screen, work in screens.items():
            with counted(db) as statements:
                await work
            found[screen] = len(statements)
        return found

    await services.deals.card(reader, last)  # The first card reads the stages, too.
    few = await costs()
    last = await many(db, 500)
    assert await costs() == few
    named = 1 if name == "helen" else 0  # the departments whose figures a head reads
    assert {screen: cost for screen, cost in few.items() if screen not in ("list", "card")} == {
        "report": 2 + named,
        "report of all time": 2 + named,
        "report of one": 4 + named,
        "people": 3 + named,
        "months": 2 + named,
    }
    assert few["list"] <= 2
    assert few["card"] <= 8


async def test_figures_are_read_from_their_indexes_alone(tmp_path: Path) -> None:
    """On SQLite, which plans by rules; PostgreSQL reads a table this small as a whole."""
    db = database_at(new_sqlite(tmp_path))
    services = Services(db, TurnedClock(), outside())
    await cast_company(db, services, TurnedClock())
    for name in ("olga", "helen"):
        reader = await actor_of(services, name)
        with counted(db) as statements:
            await services.reports.overview(reader, MARCH)
            await services.reports.overview(reader, ALL)
            await services.reports.by_time(reader, MARCH)
            await services.plans.board(reader)
        figures = [statement for statement in statements if "FROM deal" in statement]
        assert len(figures) == 4
        async with db.engine.connect() as connection:
            for statement in figures:
                given = tuple([1] * statement.count("?"))
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
                steps = [step for _, _, _, step in plan if step.startswith(("SCAN", "SEARCH"))]
                assert steps, statement
                assert all("COVERING INDEX" in step for step in steps), (steps, statement)
    await db.close()


async def test_passages_of_some_days_are_found_by_their_days(tmp_path: Path) -> None:
    """An index of some rows serves a statement that says which rows in its very words."""
    db = database_at(new_sqlite(tmp_path))
    with counted(db) as statements:
        async with db.read() as uow:
            await uow.passages.between(Scope(everything=True), START, START)
    async with db.engine.connect() as connection:
        given = tuple(["$"] * statements[0].count("?"))
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", given)
        steps = [step for _, _, _, step in plan]
    assert steps[0] == "SEARCH event USING INDEX ix_event_passages (at>? AND at<?)"
    await db.close()
