"""The migrations lead to the models' schema, up, down and up again, on both databases."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import open_engine
from db.models import Person
from db.schema import MIGRATIONS, SchemaError, at_head, current, head, migrate
from db.uow import Database
from tests.databases import drop_postgres, new_postgres
from tests.words import astray


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        url = new_postgres(empty=True)
        yield url
        drop_postgres(url)


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(url)
    yield engine
    await engine.dispose()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Person.metadata))


def guards(connection: Connection) -> list[tuple[str, ...]]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = (
            "SELECT tgname, pg_get_triggerdef(t.oid), pg_get_functiondef(tgfoid) FROM pg_trigger t"
            " WHERE NOT tgisinternal ORDER BY tgname, tgrelid"
        )
    return [tuple(row) for row in connection.execute(text(query))]


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_migrations_and_models_agree(engine: AsyncEngine) -> None:
    assert await current(engine) is None
    await migrate(engine)
    assert await at_head(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_all_the_way_down_and_up_again(engine: AsyncEngine) -> None:
    await migrate(engine)
    await migrate(engine, "base")
    async with engine.connect() as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
    async with engine.begin() as connection:
        await connection.run_sync(Person.metadata.create_all)
        declared = await connection.run_sync(guards)
        await connection.run_sync(Person.metadata.drop_all)
        for function in ("event_noted", "event_changed", "history_refuses", "edition_made"):
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"DROP FUNCTION {function}"))
    await migrate(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(guards) == declared != []


async def test_what_was_said_already_is_found_afterwards(engine: AsyncEngine) -> None:
    """More notes than are read at a time, folded as the program folds them; gone again on the way back."""
    told = [
        "Ёлка\nИ\u0306од Straße ＡＢＣ",
        "see\u200bn f\u00e9te ½ \u3164",
        " ".join(f"word{n}" for n in range(300)),
        "",
    ]
    await migrate(engine, "0001")
    async with engine.begin() as connection:
        insert = text("INSERT INTO note (text, created_at) VALUES (:text, '2026-11-18')")
        await connection.execute(insert, [{"text": told[n % 4] if n > 500 else "oak"} for n in range(505)])
    for _ in range(2):
        await migrate(engine)
        assert await astray(Database(engine)) == set()
        await migrate(engine, "0001")
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM search_word")) == 0


async def test_a_long_message_of_a_stage_outlives_the_way_back_as_far_as_it_fits(engine: AsyncEngine) -> None:
    await migrate(engine)
    async with engine.begin() as connection:
        made = "INSERT INTO pipeline (id, name, position, rules, created_at)"
        await connection.execute(text(f"{made} VALUES (1, 'P', 0, '{{}}', '2026-11-18')"))
        empty = "name, position, kind, required, enter, leave, tasks, auto, message"
        stage = f"INSERT INTO stage (id, pipeline_id, {empty})"
        values = " VALUES (1, 1, 'S', 0, 'open', '[]', '[]', '[]', '[]', '{}', :message)"
        await connection.execute(text(stage + values), {"message": "x" * 1000})
    await migrate(engine, "0004")
    await migrate(engine)
    async with engine.connect() as connection:
        kept = await connection.scalar(text("SELECT length(message) FROM stage"))
    assert kept == (1000 if engine.dialect.name == "sqlite" else 200)


async def test_groups_of_clients_are_forgotten_on_the_way_back_and_no_others(engine: AsyncEngine) -> None:
    """Of the older schema a group belongs to one of two things, of the newer one to one of four."""
    groups = "SELECT chat_id, pipeline_id FROM team_chat ORDER BY chat_id"
    give = "INSERT INTO team_chat (chat_id, {}, bound_at) VALUES ({}, {}, '2026-11-18')"
    await migrate(engine, "0008")
    async with engine.begin() as connection:
        made = "INSERT INTO pipeline (id, name, position, rules, created_at)"
        await connection.execute(text(f"{made} VALUES (1, 'P', 0, '{{}}', '2026-11-18')"))
        await connection.execute(text(give.format("pipeline_id", -1, 1)))
    await migrate(engine)
    async with engine.begin() as connection:
        firm = "INSERT INTO company (id, name, name_folded, tags, version, created_at)"
        await connection.execute(text(f"{firm} VALUES (7, 'R', 'r', '[]', 1, '2026-11-18')"))
        await connection.execute(text(give.format("company_id", -2, 7)))
    for columns, values in (("company_id, pipeline_id", "7, 1"), ("pipeline_id", "NULL")):
        with pytest.raises(IntegrityError):
            async with engine.begin() as connection:
                await connection.execute(text(give.format(columns, -3, values)))
    await migrate(engine, "0008")
    for _ in range(2):
        async with engine.connect() as connection:
            assert [tuple(row) for row in await connection.execute(text(groups))] == [(-1, 1)]
        await migrate(engine)


async def test_foreign_keys_are_watched_again_after_a_migration(engine: AsyncEngine) -> None:
    await migrate(engine)
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert await connection.scalar(text("PRAGMA foreign_keys")) == 1


async def test_a_database_of_a_newer_program_is_refused(engine: AsyncEngine) -> None:
    await migrate(engine)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer Sdelka"):
        await migrate(engine)


def test_the_numbers_in_the_file_names_are_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [head()]


async def test_migrated_tables_give_no_id_out_twice_where_the_models_say_so(engine: AsyncEngine) -> None:
    await migrate(engine)
    if engine.dialect.name != "sqlite":
        return  # Its sequences never step back.
    declared = {
        table.name
        for table in Person.metadata.sorted_tables
        if table.dialect_options["sqlite"]["autoincrement"]
    }
    query = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    async with engine.connect() as connection:
        assert set((await connection.execute(query)).scalars()) == declared
    named = {"company", "contact", "deal", "loss_reason", "person", "pipeline", "stage"}
    bin_ = {
        "bin",
        "call",
        "consent",
        "contact_point",
        "lead",
        "note",
        "note_file",
        "note_version",
        "payment",
        "task",
    }
    assert declared == named | {"custom_field", "listing", "tag", "view", "task_item"} | bin_
