"""Backups: made while the program runs, checked before they count; put back, they send nothing twice."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.engine import make_url

from bot.lock import AlreadyRunningError, only_instance
from bot.settings import Settings
from db.maintenance import check, checkpoint, fill, forget_the_past, snapshot, sqlite_url
from db.schema import at_head, current, migrate
from db.uow import Database

log = structlog.get_logger(__name__)

FOLDER = "backups"
SUFFIX = ".db"
BEAT = "backup"
EVERY = timedelta(days=1)


async def backup(settings: Settings, now: datetime) -> Path:
    """Write, check and keep a copy of the database; returns its file. The oldest ones beyond BACKUPS_KEPT go.

    Raises SnapshotError if the copy turned out damaged; nothing is deleted then.
    """
    folder = settings.data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    db = Database.open(settings.database)
    try:
        file = await _write(db, folder / f"sdelka-{now:%Y%m%d-%H%M%S}{SUFFIX}")
        if await at_head(db.engine):
            async with db.write() as uow:
                await uow.beats.beat(BEAT, now)
    finally:
        await db.close()
    for old in sorted(folder.glob(f"sdelka-*{SUFFIX}"))[: -settings.backups_kept]:
        old.unlink()
    log.info("backed_up", file=str(file))
    return file


async def backup_if_due(settings: Settings, db: Database, now: datetime) -> Path | None:
    """A backup if the last one, by hand or by itself, is a day old; else None. Raises as `backup`."""
    async with db.read() as uow:
        last = await uow.beats.last(BEAT)
    return await backup(settings, now) if last is None or now - last >= EVERY else None


async def bring_up_to_date(settings: Settings, now: datetime) -> bool:
    """Give the database the schema of this program, after a backup if it holds anything; False: it had it.

    Raises SchemaError for a database of a newer program.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    db = Database.open(settings.database)
    try:
        if await at_head(db.engine):
            return False
        if await current(db.engine) is not None:
            await backup(settings, now)
        await migrate(db.engine)
        return True
    finally:
        await db.close()


async def restore(settings: Settings, file: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database; returns where the replaced one is kept.

    Works from either kind of database to either. Raises AlreadyRunningError while an instance runs, and
    SnapshotError for a file that is no whole backup; nothing is changed then.
    """
    check(file)
    with only_instance(settings.data_dir):
        prepared = settings.data_dir / f"restoring-{now:%Y%m%d-%H%M%S}{SUFFIX}"
        shutil.copyfile(file, prepared)
        try:
            await _prepare(prepared, now)
            url = make_url(settings.database)
            if url.get_backend_name() == "sqlite":
                place = Path(url.database or "")
                await _settle(place)
                kept = _exchange(
                    place, prepared, place.with_name(f"{place.name}.replaced-{now:%Y%m%d-%H%M%S}")
                )
            else:
                kept = await _refill(settings, prepared, now)
        finally:
            for leftover in settings.data_dir.glob(f"{prepared.name}*"):
                leftover.unlink()
    log.info("restored", file=str(file), kept=str(kept) if kept else None)
    return kept


async def _write(db: Database, file: Path) -> Path:
    """Under another name until it is whole and on the disk."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        await snapshot(db.engine, unfinished)
        check(unfinished)
        _to_disk(unfinished)
        unfinished.replace(file)
        _to_disk(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return file


async def _prepare(prepared: Path, now: datetime) -> None:
    db = Database.open(sqlite_url(prepared))
    try:
        await migrate(db.engine)
        await forget_the_past(db.engine, now)
        await checkpoint(db.engine)
    finally:
        await db.close()
    _to_disk(prepared)


async def _settle(place: Path) -> None:
    """Bring the journal of the database that is to be replaced into its file."""
    db = Database.open(sqlite_url(place))
    try:
        await checkpoint(db.engine)
    except Exception as error:  # noqa: BLE001 - a damaged database is the reason to restore; its journal is kept too
        log.warning("replaced_database_is_damaged", error=type(error).__name__)
    finally:
        await db.close()


def _exchange(place: Path, prepared: Path, kept: Path) -> Path | None:
    """Exchange SQLite files; at no moment is there none. Returns where the old one is kept."""
    existed = place.exists()
    if existed:
        for suffix in ("-wal", "-shm"):
            journal = place.with_name(place.name + suffix)
            if journal.exists():  # left behind, SQLite would apply it to the file that comes in its place
                journal.replace(kept.with_name(kept.name + suffix))
        os.link(place, kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    prepared.replace(place)
    _to_disk(place.parent)
    return kept if existed else None


async def _refill(settings: Settings, prepared: Path, now: datetime) -> Path | None:
    """Exchange the rows of a PostgreSQL database."""
    kept = None
    db = Database.open(settings.database)
    try:
        if await current(db.engine) is not None:
            await migrate(db.engine)
            async with db.read() as uow:
                running = await uow.beats.replicas(now)
            if running:
                raise AlreadyRunningError(
                    f"Sdelka is running on this database ({running} instances). Stop all of them first; "
                    "after a crash wait half a minute."
                )
            folder = settings.data_dir / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            kept = await _write(db, folder / f"replaced-{now:%Y%m%d-%H%M%S}{SUFFIX}")
        await migrate(db.engine)
        await fill(db.engine, prepared)
    finally:
        await db.close()
    return kept


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
