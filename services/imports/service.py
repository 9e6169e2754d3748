"""Imports as the owner steers them; the work itself is done in the background, see `work.py`."""

import asyncio
from dataclasses import replace
from pathlib import PurePath

from db.leases import Holder
from db.models import ImportBatch
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.imports import (
    DateOrder,
    FailedRow,
    FailedRows,
    Fault,
    Field,
    ImportCard,
    ImportLine,
    ImportState,
    OwnTarget,
    RowFault,
)
from services.errors import AppError, NotFoundError, StaleError
from services.imports.cards import build_card, is_own_possible
from services.imports.columns import corrected, understand
from services.imports.making import make_people, make_pipeline
from services.imports.own_names import known_target
from services.imports.plan import Plan, from_json, to_json
from services.imports.tags import make_tags
from services.places import department_of
from services.understanding.fold import clean_line

MOST_BYTES = 20 * 1024 * 1024
"""What the Bot API lets a bot download."""
_TABLES = frozenset({"", ".csv", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx", ".ods"})
RECENT = 5
_UNSTARTED = (ImportState.RECEIVED, ImportState.READY)
_ENDED = (ImportState.DONE, ImportState.STOPPED)
_FILENAME = 200


def may_be_table(filename: str) -> bool:
    """Whether a file looks by its name like one that deals could be imported from."""
    return PurePath(filename).suffix.casefold() in _TABLES


class Imports:
    """The service of imports. `bell` rings when there may be something to do in the background."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self.bell = asyncio.Event()

    async def receive(
        self,
        actor: Actor,
        filename: str,
        size: int,
        file_id: str | None = None,
        holder: str | None = None,
    ) -> ImportCard:
        """A file has come, by Telegram or from this machine; a `holder` lets go of it when it is in place.

        Raises `not_allowed`, `import.too_big`, `import.no_department`.
        """
        require(actor, Action.IMPORT_RUN)
        if size > MOST_BYTES:
            raise AppError("import.too_big", limit=MOST_BYTES // 1024 // 1024)
        async with self._db.write(actor.cause) as uow:
            departments = await uow.people.departments()
            if not departments:
                raise AppError("import.no_department")
            import_id = await uow.imports.create(
                Holder(holder, self._clock.now()) if holder else None,
                author_id=actor.person_id or None,
                filename=clean_line(PurePath(filename).name, _FILENAME) or "table",
                file_id=file_id,
                plan=to_json(Plan(departments[0].id, makes_tags=actor.may(Action.DEAL_TAG))),
                state=ImportState.RECEIVED,
                created_at=self._clock.now(),
            )
            await self._record(uow, actor, import_id, None, ImportState.RECEIVED)
            card = await build_card(uow, await _get(uow, import_id))
        self.bell.set()
        return card

    async def card(self, actor: Actor, import_id: int) -> ImportCard:
        """An import as it stands. Raises `import.not_found`."""
        async with self._db.read() as uow:
            return await build_card(uow, await self._access(uow, actor, import_id))

    async def recent(self, actor: Actor) -> tuple[ImportLine, ...]:
        """The newest imports."""
        require(actor, Action.IMPORT_RUN)
        async with self._db.read() as uow:
            return tuple(
                ImportLine(
                    row.id, row.filename, ImportState(row.state), row.created_at, row.made - row.removed
                )
                for row in await uow.imports.recent(RECENT)
            )

    async def choose_department(self, actor: Actor, import_id: int, department_id: int) -> ImportCard:
        """Where deals and new people go. Raises `import.not_found`, `department.not_found`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            await department_of(uow, department_id)
            plan = replace(from_json(batch.plan), department_id=department_id)
            return await self._step(uow, actor, batch, (ImportState.READY,), ImportState.READY, plan)

    async def choose_pipeline(self, actor: Actor, import_id: int, *, own: bool) -> ImportCard:
        """Our pipeline, or one as in the file; it is read once more. Raises `import.not_found`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            plan = from_json(batch.plan)
            if own and not is_own_possible(plan):
                raise StaleError
            plan = replace(plan, own_chosen=own)
            card = await self._step(uow, actor, batch, (ImportState.READY,), ImportState.RECEIVED, plan)
        self.bell.set()
        return card

    async def choose_dates(self, actor: Actor, import_id: int, order: DateOrder) -> ImportCard:
        """How the file writes its dates; it is read once more. Raises `import.not_found`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            plan = replace(from_json(batch.plan), order=order, order_chosen=True)
            card = await self._step(uow, actor, batch, (ImportState.READY,), ImportState.RECEIVED, plan)
        self.bell.set()
        return card

    async def choose_column(
        self, actor: Actor, import_id: int, place: int, field: Field | None, own: OwnTarget | None = None
    ) -> ImportCard:
        """What a column means, or what else it fills, by its place from 0; the file is read once more.

        Raises `import.not_found`, `column.not_found`, `field.not_found`, `import.no_column_left`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            plan = from_json(batch.plan)
            if place >= len(plan.columns):
                raise NotFoundError("column")
            chosen = tuple(one for one in plan.chosen if one[0] != place)
            said = ((place, *await known_target(uow, own)),) if own is not None else ()
            taken = {one[1:] for one in said}  # later words count
            fills = tuple(one for one in plan.own if one[0] != place and one[1:] not in taken) + said
            plan = replace(plan, chosen=(*chosen, (place, field)), own=fills)
            if not any(corrected(understand(plan.columns), plan.chosen)):
                raise AppError("import.no_column_left")
            card = await self._step(uow, actor, batch, (ImportState.READY,), ImportState.RECEIVED, plan)
        self.bell.set()
        return card

    async def start(self, actor: Actor, import_id: int) -> ImportCard:
        """Import it. People, tags and stages that are missing are made now.

        Raises `import.not_found`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            plan = from_json(batch.plan)
            if batch.state != ImportState.READY or (plan.order_sample and not plan.order_chosen):
                raise StaleError
            await department_of(uow, plan.department_id)
            await make_people(uow, batch, plan, self._clock.now())
            plan = replace(plan, made_tags=await make_tags(uow, actor, plan))
            if plan.own_pipeline:
                plan = await make_pipeline(uow, batch, plan, self._clock.now())
            card = await self._step(uow, actor, batch, (ImportState.READY,), ImportState.RUNNING, plan)
        self.bell.set()
        return card

    async def cancel(self, actor: Actor, import_id: int) -> ImportCard:
        """Give it up before it has begun. Raises `import.not_found`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            return await self._step(uow, actor, batch, _UNSTARTED, ImportState.CANCELLED)

    async def take_back(self, actor: Actor, import_id: int) -> ImportCard:
        """Remove everything it made, but for what was changed since. Raises `import.not_found`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            card = await self._step(uow, actor, batch, _ENDED, ImportState.UNDOING)
        self.bell.set()
        return card

    async def failed_rows(self, actor: Actor, import_id: int) -> FailedRows:
        """The rows that were not imported. Raises `import.not_found`."""
        async with self._db.read() as uow:
            batch = await self._access(uow, actor, import_id)
            rows = await uow.imports.failed(import_id)
            return FailedRows(
                batch.filename,
                from_json(batch.plan).columns,
                tuple(
                    FailedRow(
                        row.number,
                        tuple(row.cells),
                        tuple(_fault(**one) for one in row.faults) or (_fault(row.reason),),
                    )
                    for row in rows
                ),
            )

    async def _access(self, uow: UnitOfWork, actor: Actor, import_id: int) -> ImportBatch:
        batch = await uow.imports.get(import_id)
        if batch is None or not actor.may(Action.IMPORT_RUN):
            raise NotFoundError("import")
        return batch

    async def _step(
        self,
        uow: UnitOfWork,
        actor: Actor,
        batch: ImportBatch,
        before: tuple[ImportState, ...],
        after: ImportState,
        plan: Plan | None = None,
    ) -> ImportCard:
        """From one state to the next, once; whoever comes second hears that it is so already."""
        old, values = batch.state, {"plan": to_json(plan)} if plan is not None else {}
        if not await uow.imports.change(batch.id, before, state=after, **values):
            raise StaleError
        event = await self._record(uow, actor, batch.id, old, after)
        now = self._clock.now()
        await notices.refresh_cards(uow, now, "import", batch.id, event, but=actor.telegram_id)
        return await build_card(uow, await _get(uow, batch.id))

    async def _record(
        self, uow: UnitOfWork, actor: Actor, import_id: int, old: str | None, new: ImportState
    ) -> int:
        changes: history.Changes = {"state": (old, new)}
        return await history.record(
            uow, actor, self._clock.now(), Action.IMPORT_RUN, "import", import_id, changes
        )


def _fault(reason: str, detail: str = "", column: str = "") -> Fault:
    return Fault(RowFault(reason), detail, column)


async def _get(uow: UnitOfWork, import_id: int) -> ImportBatch:
    batch = await uow.imports.get(import_id)
    if batch is None:
        raise NotFoundError("import")
    return batch
