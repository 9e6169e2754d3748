"""Imports as the owner steers them; the work itself is done in the background, see `work.py`."""

from dataclasses import replace
from pathlib import PurePath

from db.leases import Holder
from services.access import Action, Actor, require
from services.dto.import_failures import FailedRow, FailedRows
from services.dto.imports import (
    Fault,
    ImportCard,
    ImportLine,
    ImportState,
    RowFault,
)
from services.errors import AppError, StaleError
from services.imports.cards import build_card
from services.imports.choices import ImportChoices, get_batch
from services.imports.making import make_people, make_pipeline
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


class Imports(ImportChoices):
    """The service of imports."""

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
            card = await build_card(uow, await get_batch(uow, import_id))
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

    async def start(self, actor: Actor, import_id: int) -> ImportCard:
        """Import it. People, tags and stages that are missing are made now.

        Raises `import.not_found`, `stale`, and `pipeline.too_many` where it is to have one of its own.
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


def _fault(reason: str, detail: str = "", column: str = "") -> Fault:
    return Fault(RowFault(reason), detail, column)
