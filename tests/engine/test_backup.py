"""Backups are whole, come back into either database, and send nothing old."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, insert, select

from bot.app import build_app
from bot.backup import backup, backup_if_due, bring_up_to_date, restore
from bot.lock import AlreadyRunningError, only_instance
from bot.settings import Settings
from db.maintenance import SnapshotError, check
from db.models import Card, Form, Inbox, Outbox, Person, Timer, Workspace
from db.repositories.beats import REPLICA
from db.schema import at_head, migrate
from db.uow import Database
from tests.cast import TurnedClock
from tests.databases import drop_postgres, new_postgres, new_sqlite
from tests.engine.rig import message

NOW = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
Place = Callable[[], Settings]


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Settings]:
    """Settings of an installation with an empty database of a kind."""

    def make(kind: str) -> Settings:
        folder = tmp_path / f"data{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        url = new_postgres() if kind == "postgres" else new_sqlite(folder)
        if kind == "postgres":
            request.addfinalizer(lambda: drop_postgres(url))
        return Settings(_env_file=None, data_dir=folder, database_url=url, backups_kept=3)

    return make


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


async def fill(settings: Settings, people: int = 3) -> None:
    """A company at work."""
    db = Database.open(settings.database)
    async with db.write() as uow:
        await uow.session.execute(
            insert(Workspace).values(
                id=1,
                name="Окна «Свет»",
                language="ru",
                currency="RUB",
                time_zone="Europe/Moscow",
                region="RU",
                outbox_epoch=4,
                created_at=NOW,
            )
        )
        for number in range(people):
            await uow.session.execute(
                insert(Person).values(
                    name=f"Иван {number}",
                    name_folded="иван",
                    role="manager",
                    status="active",
                    reachable=bool(number % 2),
                    created_at=NOW + timedelta(microseconds=number),
                )
            )
        await uow.outbox.add_many(
            [
                message(1, "queued", "k1", epoch=4, created_at=NOW, next_at=NOW),
                message(2, "queued", "k2", epoch=4, created_at=NOW, next_at=NOW, state="sent"),
            ]
        )
        for name, due in (("past", -1), ("future", 3600)):
            await uow.timers.set(
                kind="reminder",
                subject="deal",
                subject_id=1,
                dedupe=name,
                params={"ё": [1, None]},
                due_at=NOW + timedelta(seconds=due),
                created_at=NOW,
            )
        await uow.session.execute(
            insert(Inbox).values(bot_id=42, update_id=2**40, lane="1:1", raw="{}", received_at=NOW)
        )
        await uow.forms.save(42, 1, 1, 0, "lead:name", {"phone": "+7"}, NOW)
        await uow.cards.bind(1, "deal", 7, 99, 1, NOW)
    await db.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_is_a_whole_database_in_one_file(place: Callable[[str], Settings], kind: str) -> None:
    settings = place(kind)
    await fill(settings)
    file = await backup(settings, NOW)
    assert file.name == "sdelka-20261121-120000.db"
    check(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM workspace").fetchone() == ("Окна «Свет»",)
        assert connection.execute("SELECT created_at FROM workspace").fetchone() == (
            "2026-11-21 12:00:00.123456",
        )
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (3,)
    assert [path.suffix for path in file.parent.iterdir()] == [".db"]


@pytest.mark.parametrize("kind", KINDS)
async def test_only_the_newest_are_kept(place: Callable[[str], Settings], kind: str) -> None:
    settings = place(kind)
    files = [await backup(settings, NOW + timedelta(seconds=number)) for number in range(5)]
    assert sorted(files[0].parent.iterdir()) == files[2:]


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
async def test_it_comes_back_into_either_database(
    place: Callable[[str], Settings], source: str, target: str
) -> None:
    old, new = place(source), place(target)
    await fill(old)
    await fill(new, people=9)
    file = await backup(old, NOW)
    kept = await restore(new, file, NOW)
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (9,)
    db = Database.open(new.database)
    async with db.read() as uow:
        people = (await uow.session.scalars(select(Person).order_by(Person.id))).all()
        assert [person.name for person in people] == ["Иван 0", "Иван 1", "Иван 2"]
        assert [person.reachable for person in people] == [False, True, False]
        assert people[2].created_at == NOW + timedelta(microseconds=2)
        assert (await uow.session.scalars(select(Card.message_id))).all() == [99]
        params = (await uow.session.scalars(select(Timer.params).where(Timer.dedupe == "future"))).one()
        assert params == {"ё": [1, None]}
    async with db.write() as uow:
        uow.session.add(
            Person(name="New", name_folded="new", role="manager", status="active", created_at=NOW)
        )
        await uow.session.flush()
        newest = await uow.session.scalar(select(func.max(Person.id)))
        assert newest is not None
        assert newest > people[-1].id
    await db.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_old_is_sent_or_handled_after_it(place: Callable[[str], Settings], kind: str) -> None:
    settings = place(kind)
    await fill(settings)
    await restore(settings, await backup(settings, NOW), NOW)
    db = Database.open(settings.database)
    async with db.read() as uow:
        workspace = await uow.people.workspace()
        assert workspace is not None
        assert workspace.outbox_epoch == 5
        states = (await uow.session.scalars(select(Outbox.state).order_by(Outbox.dedupe))).all()
        assert states == ["cancelled", "sent"]
        assert (await uow.session.scalars(select(Inbox.state))).all() == ["done"]
        timers = (await uow.session.scalars(select(Timer.state).order_by(Timer.dedupe))).all()
        assert timers == ["new", "cancelled"]
        assert await uow.session.scalar(select(func.count()).select_from(Form)) == 0
    await db.close()


async def test_it_refuses_while_an_instance_runs(place: Callable[[str], Settings]) -> None:
    settings = place("sqlite")
    await fill(settings)
    file = await backup(settings, NOW)
    with only_instance(settings.data_dir), pytest.raises(AlreadyRunningError):
        await restore(settings, file, NOW)


@pytest.mark.postgres
async def test_it_refuses_while_a_replica_elsewhere_runs(place: Callable[[str], Settings]) -> None:
    settings = place("postgres")
    await fill(settings)
    file = await backup(settings, NOW)
    db = Database.open(settings.database)
    async with db.write() as uow:
        await uow.beats.beat(f"{REPLICA}elsewhere", NOW)
    await db.close()
    with pytest.raises(AlreadyRunningError, match="1 instances"):
        await restore(settings, file, NOW)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_damaged_or_foreign_file_is_refused_and_nothing_changes(
    place: Callable[[str], Settings], kind: str, tmp_path: Path
) -> None:
    settings = place(kind)
    await fill(settings)
    file = await backup(settings, NOW)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xee" * 8192
    damaged, foreign, empty, missing = (
        tmp_path / name for name in ("damaged", "foreign", "empty", "missing")
    )
    damaged.write_bytes(content)
    foreign.write_bytes(b"PK\x03\x04 something else entirely" * 100)
    empty.touch()
    for bad in (damaged, foreign, empty, missing):
        with pytest.raises(SnapshotError):
            await restore(settings, bad, NOW)
    db = Database.open(settings.database)
    async with db.read() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Person)) == 3
    await db.close()


async def test_a_backup_under_load_is_consistent(place: Callable[[str], Settings]) -> None:
    settings = place("sqlite")
    db = Database.open(settings.database)
    going = True

    async def write(number: int) -> None:
        while going:
            async with db.write() as uow:  # always two together
                await uow.outbox.add_many(
                    [message(1, "a", f"{number}:{datetime.now(UTC)}:{half}") for half in "ab"]
                )

    writers = [asyncio.create_task(write(number)) for number in range(3)]
    for number in range(5):
        file = await backup(settings, NOW + timedelta(seconds=number))
        with closing(sqlite3.connect(file)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
        assert count % 2 == 0
    going = False
    await asyncio.gather(*writers)
    await db.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_migration_makes_a_backup_first(place: Callable[[str], Settings], kind: str) -> None:
    settings = place(kind)
    await fill(settings)
    assert not await bring_up_to_date(settings, NOW)
    assert not (settings.data_dir / "backups").exists()
    db = Database.open(settings.database)
    await migrate(db.engine, "base")
    assert await bring_up_to_date(settings, NOW)
    assert await at_head(db.engine)
    await db.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_one_is_due_a_day_after_the_last_one(place: Callable[[str], Settings], kind: str) -> None:
    settings = place(kind)
    await fill(settings)
    db = Database.open(settings.database)
    made = [
        await backup_if_due(settings, db, NOW + timedelta(hours=hours)) for hours in (0, 1, 23, 24, 25, 48)
    ]
    await db.close()
    if kind == "sqlite":  # PostgreSQL tells the time of the last one itself, and that was just now.
        assert [file is not None for file in made] == [True, False, False, True, False, True]
    assert made[:3] == [made[0], None, None]
    assert made[0] is not None
    check(made[0])


async def test_the_program_makes_one_each_day_and_keeps_the_last_seven(tmp_path: Path) -> None:
    clock = TurnedClock(NOW)
    settings = Settings(_env_file=None, data_dir=tmp_path, bot_token=SecretStr("42:TEST"))
    await bring_up_to_date(settings, NOW)
    app = build_app(settings, clock=clock, http=False)
    for _ in range(9):
        await app.engine.ticker.back_up()
        await app.engine.ticker.back_up()
        clock.turn(days=1)
    await app.close()
    days = [file.name for file in sorted((tmp_path / "backups").iterdir())]
    assert days == [f"sdelka-202611{day}-120000.db" for day in range(23, 30)]


async def test_none_is_made_where_it_is_switched_off(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, bot_token=SecretStr("42:TEST"), backup_daily=False)
    await bring_up_to_date(settings, NOW)
    app = build_app(settings, http=False)
    await app.engine.ticker.back_up()
    await app.close()
    assert not (tmp_path / "backups").exists()


async def test_a_backup_that_fails_is_tried_again(tmp_path: Path) -> None:
    clock = TurnedClock(NOW)
    settings = Settings(_env_file=None, data_dir=tmp_path, bot_token=SecretStr("42:TEST"))
    await bring_up_to_date(settings, NOW)
    app = build_app(settings, clock=clock, http=False)
    (tmp_path / "backups").write_text("in the way")
    await app.engine.ticker.back_up()
    (tmp_path / "backups").unlink()
    await app.engine.ticker.back_up()
    await app.close()
    assert len(list((tmp_path / "backups").iterdir())) == 1
