"""How many statements control costs: the same with ten deals and with five hundred, and none reads it all."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.outside import outside
from db.models import Task
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.control import Watched, Where
from services.followup.rules import Rule
from tests.cast import TurnedClock, actor_of, cast_company
from tests.control.making import deals_of
from tests.databases import database_at, new_sqlite
from tests.leads.making import free_lead
from tests.reports.test_queries import counted

Find = Callable[[str], Awaitable[Actor]]
STAGES = 1
"""Statements that find when a deal is to have a next step, and how old it may be: stages with their rules."""
TIMES = 3
"""Statements that find when each department works."""


async def work(db: Database, services: Services, clock: TurnedClock, count: int) -> None:
    """That many deals of Anna's, every second one with an overdue task, and some leads."""
    anna = await actor_of(services, "anna")
    deals = await deals_of(db, clock, anna, "New", count)
    async with db.write() as uow:
        uow.session.add_all(
            Task(
                text="Call", due_at=clock.now() - timedelta(hours=1), assignee_id=anna.person_id,
                deal_id=deal, created_at=clock.now(),
            )
            for deal in deals[::2]
        )  # fmt: skip
    for number in range(max(count // 50, 1)):
        lead = await free_lead(services, db, phone=f"+7916{count:03}{number:04}")
        if number % 2:
            await services.leads.take(anna, lead.id)


async def test_each_screen_costs_the_same_with_ten_deals_and_with_five_hundred(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, olga = await actor("helen"), await actor("olga")
    anna = (await actor("anna")).person_id

    async def costs() -> dict[str, int]:
        screens: dict[str, Awaitable[object]] = {
            "all": services.control.department(olga),
            "department": services.control.department(helen),
            "seller": services.control.seller(helen, Where(0, anna)),
            **{kind.value: services.control.watched(helen, kind, Where(0, anna)) for kind in Watched},
        }
        found = {}
        for screen, opened in screens.items():
            with counted(db) as statements:
                await opened
            found[screen] = len(statements)
        return found

    await work(db, services, clock, 10)
    few = await costs()
    await work(db, services, clock, 490)
    many = await costs()
    assert {**many, "today": 0} == {**few, "today": 0}
    timed = {Watched.ROTTING, Watched.SILENT}
    assert few["all"] == few["department"] == few["seller"] == 4 + STAGES + 1 + TIMES
    assert few[Watched.ADRIFT.value] == 3 + STAGES
    assert {few[kind.value] for kind in Watched if kind not in {*timed, Watched.ADRIFT}} == {3}
    assert {few[kind.value] for kind in timed} == {3 + STAGES + TIMES}
    assert many["today"] <= 5


async def test_nothing_is_read_as_a_whole_but_people(tmp_path: Path) -> None:
    """On SQLite, which plans by rules: deals, leads, tasks and events are found by their keys and indexes."""
    db = database_at(new_sqlite(tmp_path))
    clock = TurnedClock()
    services = Services(db, clock, outside())
    await cast_company(db, services, clock)
    helen, anna = await actor_of(services, "helen"), await actor_of(services, "anna")
    with counted(db) as statements:
        for days in (0, 2):
            await services.follow_up_settings.set(helen, 1, Rule.STEP, days)
            await services.control.department(helen)
            await services.control.seller(helen, Where(0, anna.person_id))
            for kind in Watched:
                await services.control.watched(helen, kind, Where())
                await services.control.watched(helen, kind, Where(0, anna.person_id))
    async with db.engine.connect() as connection:
        for statement in {one for one in statements if one.startswith(("SELECT", "WITH"))}:
            given = tuple([1] * statement.count("?"))
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            whole = {step.split()[1] for *_, step in plan if step.startswith("SCAN")}
            # The walk back through the events ends at the first that is older than today.
            assert not whole & {"deal", "lead", "task", "payment"}, (whole, statement)
            assert "event" not in whole or "ORDER BY event.id DESC" in statement, (whole, statement)
    await db.close()
