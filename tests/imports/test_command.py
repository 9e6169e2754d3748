"""`sdelka import FILE`: the import on a terminal."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import func, select

from bot.import_command import ImportFailedError, import_file
from bot.outside import outside
from db.models import Deal
from db.uow import Database
from services.bundle import Services
from tests.cast import TurnedClock, cast_company
from tests.databases import new_sqlite

TABLE = "id,title,stage,closed\n1,A,New,\n2,B,Won,soon\n3,<b>C</b>,Won,2026-01-05\n"


@pytest.fixture
def out() -> Console:
    return Console(file=io.StringIO(), width=200)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "deals.csv", TABLE)


@pytest.fixture
async def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = new_sqlite(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    database = Database.open(url)
    await cast_company(database, Services(database, TurnedClock(), outside()), TurnedClock())
    await database.close()
    return database


def said(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


async def deals(db: Database) -> int:
    async with db.read() as uow:
        count = await uow.session.scalar(select(func.count()).select_from(Deal))
    await db.close()
    return count or 0


async def test_it_shows_what_it_understood_asks_and_imports(db: Database, file: Path, out: Console) -> None:
    questions: list[str] = []
    await import_file(file, ask=lambda question: questions.append(question) is None, out=out)
    assert questions == ["Import it?"]
    assert "closed → closed on" in said(out)
    assert "2 deals were made" in said(out)
    assert await deals(db) == 2
    failed = file.with_name("deals-failed.csv").read_text(encoding="utf-8-sig")
    assert failed.splitlines()[1] == "2,B,Won,soon,3,this is not a date (closed: soon)"


async def test_a_no_changes_nothing_and_keeps_no_copy(
    db: Database, file: Path, out: Console, tmp_path: Path
) -> None:
    with pytest.raises(ImportFailedError, match="Nothing was imported"):
        await import_file(file, ask=lambda _: False, out=out)
    assert await deals(db) == 0
    assert list((tmp_path / "data" / "imports").iterdir()) == []


async def test_dates_that_can_be_read_both_ways_are_never_guessed(
    db: Database, file: Path, out: Console
) -> None:
    write(file, "title,created\nA,03/04/2026\n")
    with pytest.raises(ImportFailedError, match="day or month first"):
        await import_file(file, ask=None, out=out)
    await import_file(file, ask=lambda _: True, out=out)
    assert await deals(db) == 1


async def test_it_says_plainly_what_is_wrong(db: Database, tmp_path: Path, out: Console) -> None:
    with pytest.raises(ImportFailedError, match="There is no file"):
        await import_file(tmp_path / "nowhere.csv", ask=None, out=out)
    (tmp_path / "zeros.csv").write_bytes(b"\0" * 1000)
    with pytest.raises(ImportFailedError, match="Nothing was imported"):
        await import_file(tmp_path / "zeros.csv", ask=None, out=out)
    assert "This is not a table" in said(out)


async def test_without_an_owner_there_is_nobody_to_import_for(
    tmp_path: Path, file: Path, out: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", new_sqlite(tmp_path))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(ImportFailedError, match="no owner yet"):
        await import_file(file, ask=None, out=out)
