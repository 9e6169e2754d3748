"""The background part of imports: reading a file, loading it portion by portion, taking it back.

Each portion is one transaction together with the count of rows done, so a kill at any moment costs nothing.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from db.leases import Holder
from db.models import ImportBatch
from db.uow import Database, UnitOfWork
from services import notices
from services.clock import Clock
from services.dto.imports import ImportJob, ImportState
from services.errors import AppError
from services.imports.fills import filler_of, take_back_fills
from services.imports.inspection import company, inspect, own_reader
from services.imports.loading import Loader, Setting
from services.imports.plan import from_json, to_json
from services.imports.portion import Portion
from services.imports.reading import PORTION, portions
from services.imports.rows import RowReader
from services.ports import Tables

WORK = (ImportState.RECEIVED, ImportState.RUNNING, ImportState.UNDOING)
_SHOW_EVERY = timedelta(seconds=1)
_ONE_AT_A_TIME = 1
"""People are few, and to remove one the database looks through all that could refer to them."""


class LostError(Exception):
    """Somebody else goes on with this import."""


@dataclass(slots=True)
class _Shown:
    """When the cards were last brought up to date."""

    at: datetime | None = None


class ImportWork:
    """Does what the owner has decided; called by the program's own runner, never for a person."""

    def __init__(self, db: Database, clock: Clock, tables: Tables, portion: int = PORTION) -> None:
        self._db = db
        self._clock = clock
        self._tables = tables
        self._portion = portion
        self._count = count()

    async def recover(self, holder: str) -> None:
        """At the start: free is what this instance held before, or everything where there is only one."""
        async with self._db.write() as uow:
            alone = self._db.backend == "sqlite"
            await uow.imports.release(None if alone else self._holder(holder))

    async def let_go(self, holder: str) -> None:
        """Give back what one has in hand, to be taken up again."""
        async with self._db.write() as uow:
            await uow.imports.release(self._holder(holder))

    async def claim(self, holder: str) -> ImportJob | None:
        """Something to be done that nobody else does."""
        async with self._db.write() as uow:
            batch = await uow.imports.claim(self._holder(holder), WORK)
            return _job(batch) if batch else None

    async def unfinished(self) -> frozenset[int]:
        """The imports whose files are still needed."""
        async with self._db.read() as uow:
            return await uow.imports.in_states((*WORK, ImportState.READY))

    async def stop(self, job: ImportJob, error: AppError) -> None:
        """It cannot go on; the card says why."""
        reading = job.state == ImportState.RECEIVED
        async with self._db.write() as uow:
            await uow.imports.change(
                job.id,
                (job.state,),
                state=ImportState.REFUSED if reading else ImportState.STOPPED,
                fault={"code": error.code, "params": error.params},
                finished_at=self._clock.now(),
                lease_owner=None,
                lease_until=None,
            )
            await self._show(uow, job.id)

    async def read(self, job: ImportJob, path: Path) -> None:
        """Find out what is in a file and what would become of it. Raises AppError `table.*`, `import.*`."""
        table = await asyncio.to_thread(self._tables.open, path, job.filename)
        async with self._db.read() as uow:
            plan = from_json((await _batch(uow, job)).plan)
        total, plan = await inspect(self._db, self._tables, table, plan)
        async with self._db.write() as uow:
            values = {"state": ImportState.READY, "plan": to_json(plan), "total": total}
            await uow.imports.change(
                job.id, (ImportState.RECEIVED,), **values, lease_owner=None, lease_until=None
            )
            await self._show(uow, job.id)

    async def load(self, job: ImportJob, path: Path, holder: str) -> None:
        """Import what is not imported yet. Raises AppError `table.*`, LostError."""
        table = await asyncio.to_thread(self._tables.open, path, job.filename)
        async with self._db.read() as uow:
            batch = await _batch(uow, job)
            loader = await self._loader(uow, batch)
        done, shown = batch.done, _Shown()
        async for portion in portions(table, loader.read, done, self._portion):
            done = await self._load_portion(job, loader, portion, done, holder, shown)
        async with self._db.write() as uow:
            batch = await _batch(uow, job)
            await self._finish(uow, batch, ImportState.DONE)
            if batch.failed and batch.author_id is not None:
                author = await uow.people.get(batch.author_id)
                await notices.send(
                    uow,
                    self._clock.now(),
                    [notices.private(author) if author else None],
                    notices.NoticeKind.IMPORT_FAILED_ROWS,
                    f"import.failed:{job.id}",
                    {"id": job.id},
                )

    async def undo(self, job: ImportJob) -> None:
        """Take back what is not taken back yet."""
        row, shown = 0, _Shown()
        while True:
            async with self._db.write() as uow:
                await uow.imports.one_at_a_time()
                batch = await _batch(uow, job)
                removed, last = await uow.import_undo.remove_deals(job.id, row, self._portion)
                await uow.imports.change(job.id, (ImportState.UNDOING,), removed=batch.removed + removed)
                await self._show(uow, job.id, shown)
            if last is None:
                break
            row = last
        await self._remove_rest(job)
        async with self._db.write() as uow:
            await uow.imports.one_at_a_time()
            batch = await _batch(uow, job)
            plan = from_json(batch.plan)
            await uow.import_undo.remove_tags(plan.made_tags)
            if plan.pipeline_id is not None:
                await uow.import_undo.remove_pipeline(plan.pipeline_id)
            await uow.imports.forget_failed(job.id)
            await self._finish(uow, batch, ImportState.UNDONE)

    async def _loader(self, uow: UnitOfWork, batch: ImportBatch) -> Loader:
        plan = from_json(batch.plan)
        workspace = await company(uow)
        default = await uow.pipelines.default()
        pipeline = plan.pipeline_id or (default.id if default else 0)
        stages = await uow.pipelines.stages(pipeline)
        if not stages:
            raise AppError("import.no_pipeline")
        setting = Setting(
            import_id=batch.id,
            author_id=batch.author_id,
            plan=plan,
            people=await uow.imports.known_people(),
            departments={row.name_folded: row.id for row in await uow.people.departments()},
            pipeline_id=pipeline,
            first_stage_id=stages[0].id,
            currency=workspace.currency,
            zone=ZoneInfo(workspace.time_zone),
            now=self._clock.now(),
            filler=await filler_of(uow, batch.id, self._clock.now(), known=plan.fills),
        )
        own = await own_reader(uow, self._tables, plan, workspace)
        reader = RowReader(plan, self._tables, workspace.currency, workspace.region, own=own)
        return Loader(setting, reader)

    async def _load_portion(
        self, job: ImportJob, loader: Loader, portion: Portion, done: int, holder: str, shown: _Shown
    ) -> int:
        async with self._db.write() as uow:
            await uow.imports.one_at_a_time()
            batch = await _batch(uow, job)
            loaded = await loader.load(uow, portion)
            after = done + portion.rows
            kept = await uow.imports.advance(
                job.id,
                self._holder(holder),
                ImportState.RUNNING,
                done,
                after,
                made=batch.made + loaded.made,
                skipped=batch.skipped + loaded.skipped,
                failed=batch.failed + loaded.failed,
            )
            if not kept:
                raise LostError
            await self._show(uow, job.id, shown)
        return after

    async def _remove_rest(self, job: ImportJob) -> None:
        after: int | None = 0
        while after is not None:
            async with self._db.write() as uow:
                by = await filler_of(uow, job.id, self._clock.now())
                after = await take_back_fills(uow, by, after, self._portion)
        left = 1
        while left:
            async with self._db.write() as uow:
                left = await uow.import_undo.remove_contacts(job.id, self._portion)
                left = left or await uow.import_undo.remove_companies(job.id, self._portion)
                left = left or await uow.import_undo.remove_people(job.id, _ONE_AT_A_TIME)

    async def _finish(self, uow: UnitOfWork, batch: ImportBatch, state: ImportState) -> None:
        await uow.imports.change(
            batch.id,
            (batch.state,),
            state=state,
            finished_at=self._clock.now(),
            lease_owner=None,
            lease_until=None,
        )
        await self._show(uow, batch.id)

    async def _show(self, uow: UnitOfWork, import_id: int, shown: _Shown | None = None) -> None:
        """Bring the cards up to date, those of a running import not more often than once a second."""
        now = self._clock.now()
        if shown is not None:
            if shown.at is not None and now - shown.at < _SHOW_EVERY:
                return
            shown.at = now
        # No event stands behind progress: the moment, and a count, tell one state of the card from the next.
        moment = int(now.timestamp() * 1_000_000) + next(self._count)
        await notices.refresh_cards(uow, now, "import", import_id, moment)

    def _holder(self, name: str) -> Holder:
        return Holder(name, self._clock.now())


def _job(batch: ImportBatch) -> ImportJob:
    return ImportJob(batch.id, ImportState(batch.state), batch.filename, batch.file_id, batch.done)


async def _batch(uow: UnitOfWork, job: ImportJob) -> ImportBatch:
    batch = await uow.imports.get(job.id)
    if batch is None or batch.state != job.state:
        raise LostError
    return batch
