"""What the owner says of a file before it is imported, each by a button of its preview."""

import asyncio
from dataclasses import replace

from db.models import ImportBatch
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.clock import Clock
from services.dto.imports import DateOrder, Field, ImportCard, ImportState, OwnTarget
from services.errors import AppError, NotFoundError, StaleError
from services.imports.cards import build_card, is_own_possible
from services.imports.columns import corrected, understand
from services.imports.own_names import DEAL, known_target, own_columns
from services.imports.plan import Plan, from_json, to_json
from services.places import department_of


class ImportChoices:
    """The part of the service of imports that changes how a file is meant.

    `bell` rings when there may be something to do in the background.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self.bell = asyncio.Event()

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

    async def choose_fills(self, actor: Actor, import_id: int, *, on: bool) -> ImportCard:
        """Whether clients who are here already get what their cards lack.

        Raises `import.not_found`, and `stale`, also where no column says anything of clients.
        """
        async with self._db.write(actor.cause) as uow:
            batch = await self._access(uow, actor, import_id)
            plan = replace(from_json(batch.plan), fills=on)
            if all(column.subject is DEAL for column in await own_columns(uow, plan)):
                raise StaleError
            return await self._step(uow, actor, batch, (ImportState.READY,), ImportState.READY, plan)

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
        return await build_card(uow, await get_batch(uow, batch.id))

    async def _record(
        self, uow: UnitOfWork, actor: Actor, import_id: int, old: str | None, new: ImportState
    ) -> int:
        changes: history.Changes = {"state": (old, new)}
        return await history.record(
            uow, actor, self._clock.now(), Action.IMPORT_RUN, "import", import_id, changes
        )


async def get_batch(uow: UnitOfWork, import_id: int) -> ImportBatch:
    """One import. Raises `import.not_found`."""
    batch = await uow.imports.get(import_id)
    if batch is None:
        raise NotFoundError("import")
    return batch
