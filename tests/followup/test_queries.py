"""What a morning costs: no deal, client or task is read that is not due, however many there are."""

from pathlib import Path

from bot.outside import outside
from services.bundle import Services
from tests.cast import TurnedClock, cast_company
from tests.databases import database_at, new_sqlite
from tests.followup.mornings import Days
from tests.followup.test_birthdays import client
from tests.reports.test_queries import counted

LOOKED_FOR = ("silent_from", "callback_from", "birthday")


async def test_a_morning_finds_by_index_what_is_due(tmp_path: Path) -> None:
    """On SQLite, which plans by rules."""
    db, clock = database_at(new_sqlite(tmp_path)), TurnedClock()
    services = Services(db, clock, outside())
    await cast_company(db, services, clock)
    await services.follow_up_round.begin()
    days = Days(services, db, clock)
    await client(days, "Maria", "11-23")
    with counted(db) as statements:
        await days.deal()
        await days.until("23 09:00")
        await days.until("26 09:00")
    assert await days.tasks() == ["Call back: Ivan"]
    used, whole = set[str](), set[str]()
    async with db.engine.connect() as connection:
        for statement in {one for one in statements if any(word in one for word in LOOKED_FOR)}:
            if statement.startswith("INSERT"):
                continue
            given = tuple([1] * statement.count("?"))
            for *_, step in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given):
                words = step.split()
                whole |= {words[1]} if words[0] == "SCAN" else set()
                used |= {word for word in words if word.startswith("ix_")}
    assert not whole & {"deal", "contact", "task"}
    assert {"ix_deal_silent_from", "ix_deal_callback_from", "ix_contact_owner_id_birthday"} <= used
    await db.close()
