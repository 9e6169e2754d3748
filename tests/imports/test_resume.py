"""An import that is cut off anywhere goes on to the very same result: nothing lost, nothing made twice."""

import asyncio
import hashlib
import os
import shutil
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.importing import ImportRunner
from bot.outside import TableFiles, outside
from db.models import Deal, ImportBatch
from db.uow import Database
from services.bundle import Services
from services.dto.imports import ImportState
from services.imports.work import ImportWork, LostError
from tests.cast import TurnedClock, actor_of, cast_company
from tests.databases import database_at, new_sqlite
from tests.forks import forks
from tests.imports.conftest import Desk

Rows = Callable[[Any], Awaitable[list[Any]]]
ROWS = 1200
FEW, PORTION = 120, 50
"""Where the work is done anew for each of many deaths: as many portions, but smaller ones."""
SCHEME = "sqlite+aiosqlite:///"


def table(rows: int = ROWS) -> str:
    """Deals of three portions: repeated companies and clients, rows that fail, numbers that come twice."""
    lines = ["id,title,stage,closed,amount,manager,company,contact"]
    for n in range(rows):
        stage, closed = ("Won" if n % 3 else "New"), ("" if n % 50 == 1 else "2026-01-05")
        lines.append(
            f"{n % (rows - 10)},Deal {n},{stage},{closed},{n},Person {n % 7},Company {n % 40},Client {n % 90}"
        )
    return "\n".join(lines) + "\n"


def parts(db: Database, folder: Path) -> tuple[Services, ImportRunner]:
    clock = TurnedClock()
    services = Services(db, clock, outside())
    work = ImportWork(db, clock, TableFiles(), PORTION)
    return services, ImportRunner(None, work, services.imports.bell, f"instance {os.getpid()}", folder)


async def prepared(url: str, folder: Path, *, undo: bool) -> None:
    """A company whose owner has just said yes: to an import, or to taking it back."""
    db = database_at(url)
    services, runner = parts(db, folder)
    await cast_company(db, services, TurnedClock())
    owner = await actor_of(services, "olga")
    card = await services.imports.receive(owner, "deals.csv", 1)
    runner.path_of(card.id).parent.mkdir(parents=True, exist_ok=True)
    runner.path_of(card.id).write_text(table(FEW))
    await runner.step()
    await services.imports.start(owner, card.id)
    if undo:
        await runner.step()
        await services.imports.take_back(owner, card.id)
    await db.close()


async def worked(url: str, folder: Path) -> None:
    """An instance that starts and works until nothing waits."""
    db = database_at(url)
    _, runner = parts(db, folder)
    await ImportWork(db, TurnedClock(), TableFiles()).recover(runner.name)
    while await runner.step():
        pass
    await db.close()


def die_at(url: str, folder: Path, point: int, after: bool) -> None:
    """An instance that is killed at its n-th commit, right before or right after it."""
    commit, commits = AsyncSession.commit, 0

    async def deadly(session: AsyncSession) -> None:
        nonlocal commits
        commits += 1
        if commits == point and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        await commit(session)
        if commits == point:
            os.kill(os.getpid(), signal.SIGKILL)

    AsyncSession.commit = deadly  # type: ignore[method-assign]  # in a process of its own that ends here
    asyncio.run(worked(url, folder))


def digest(url: str) -> tuple[int, str]:
    """How many deals there are, and a fingerprint of all that an import makes."""
    connection = sqlite3.connect(url.removeprefix(SCHEME))
    queries = (
        "SELECT id, title, stage_id, owner_id, contact_id, company_id, external_id, import_row FROM deal",
        "SELECT id, name, company_id, owner_id FROM contact",
        "SELECT id, name FROM company",
        "SELECT id, name, status FROM person",
        "SELECT number, reason, faults, cells FROM import_row",
        "SELECT state, total, done, made, skipped, failed, removed FROM import_batch",
    )
    rows = [connection.execute(query).fetchall() for query in queries]
    connection.close()
    return len(rows[0]), hashlib.sha256(repr(rows).encode()).hexdigest()


def killed(url: str, folder: Path, point: int, *, after: bool) -> int | None:
    """Run an instance that dies; how its process ended."""
    process = forks().Process(target=die_at, args=(url, folder, point, after))
    process.start()
    process.join(60)
    return process.exitcode


@pytest.mark.slow
@pytest.mark.parametrize("undo", [False, True], ids=["loading", "undoing"])
def test_a_kill_at_any_commit_changes_nothing_in_the_end(tmp_path: Path, undo: bool) -> None:
    before = tmp_path / "before"
    before.mkdir()
    name = Path(new_sqlite(before).removeprefix(SCHEME)).name
    asyncio.run(prepared(f"{SCHEME}{before / name}", before, undo=undo))

    def case(label: str) -> tuple[str, Path]:
        folder = tmp_path / label
        shutil.copytree(before, folder)
        return f"{SCHEME}{folder / name}", folder

    whole = case("whole")
    asyncio.run(worked(*whole))
    for point in count(1):
        ends = set()
        for after in (False, True):
            url, folder = case(f"{point} {after}")
            ends.add(killed(url, folder, point, after=after))
            asyncio.run(worked(url, folder))
            assert digest(url) == digest(whole[0]), (point, after)
        if ends == {0}:
            break
        assert ends == {-signal.SIGKILL}
    assert point > 5, "the work was not cut into portions"


async def test_a_portion_that_fails_is_done_again(
    desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await desk.hand_in(table())
    await desk.imports.start(desk.owner, card.id)
    commit, commits = AsyncSession.commit, 0

    async def failing(session: AsyncSession) -> None:
        nonlocal commits
        commits += 1
        if commits == 4:
            raise ConnectionResetError
        await commit(session)

    monkeypatch.setattr(AsyncSession, "commit", failing)
    with pytest.raises(ConnectionResetError):
        await desk.runner.step()
    [(state, done)] = await rows(select(ImportBatch.state, ImportBatch.done))
    assert (state, done % 500) == (ImportState.RUNNING, 0)
    done_card = await desk.settle(card)
    assert done_card.made + done_card.skipped + done_card.failed == ROWS
    assert await rows(select(func.count()).select_from(Deal)) == [(done_card.made,)]


async def test_two_instances_never_load_the_same_portion(
    desk: Desk, rows: Rows, db: Database, tmp_path: Path
) -> None:
    card = await desk.hand_in(table())
    await desk.imports.start(desk.owner, card.id)
    other = ImportRunner(
        None, ImportWork(db, TurnedClock(), TableFiles()), asyncio.Event(), "other", tmp_path
    )
    await asyncio.gather(desk.runner.step(), other.step())
    done = await desk.settle(card)
    assert done.made + done.skipped + done.failed == ROWS
    assert await rows(select(func.count()).select_from(Deal)) == [(done.made,)]


async def test_whoever_lost_the_import_writes_nothing_more(desk: Desk, rows: Rows) -> None:
    card = await desk.hand_in(table())
    await desk.imports.start(desk.owner, card.id)
    work = ImportWork(desk.db, TurnedClock(), TableFiles())
    job = await work.claim("test")
    assert job is not None
    async with desk.db.write() as uow:
        await uow.imports.change(card.id, (ImportState.RUNNING,), lease_owner="somebody else")
    with pytest.raises(LostError):
        await work.load(job, desk.runner.path_of(card.id), "test")
    assert await rows(select(func.count()).select_from(Deal)) == [(0,)]
