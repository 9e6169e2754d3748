"""Why deals are lost: the reasons that a pipeline offers, its own or the company's, as they are changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.models import LossReason
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.pipelines import LossReasonCard, LossReasons
from services.errors import AppError, NotFoundError, StaleError
from services.pipelines.reading import read_name
from services.pipelines.rows import hold, record
from services.understanding.fold import fold

MOST = 20


@dataclass(frozen=True, slots=True)
class _List:
    """The reasons of a pipeline in hand, those that are retired among them."""

    pipeline: Ref
    rows: Sequence[LossReason]

    @property
    def own(self) -> bool:
        """Whether they are its own, and not the company's."""
        return any(row.pipeline_id is not None for row in self.rows)

    @property
    def offered(self) -> list[LossReason]:
        """Those that are not retired."""
        return [row for row in self.rows if row.retired_at is None]

    def get(self, reason_id: int) -> LossReason:
        """One of them. Raises `loss_reason.not_found`."""
        found = next((row for row in self.rows if row.id == reason_id), None)
        if found is None:
            raise NotFoundError("loss_reason")
        return found

    def check_room(self) -> None:
        """Raise `loss_reason.many` if no more fit."""
        if len(self.offered) >= MOST:
            raise AppError("loss_reason.many", most=MOST)


class LossReasonLists:
    """The service of these; for whom, see `pipeline.edit`.

    A pipeline without reasons of its own offers the company's, so these are changed for all such pipelines.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def all(self, actor: Actor, pipeline_id: int) -> LossReasons:
        """Those of a pipeline in use. Raises `not_allowed`, `pipelines.not_found`."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return await self._shown(uow, await _read(uow, pipeline_id))

    async def card(self, actor: Actor, pipeline_id: int, reason_id: int) -> LossReasonCard:
        """One of them. Raises `not_allowed`, `pipelines.not_found`, `loss_reason.not_found`."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return await self._card(uow, await _read(uow, pipeline_id), reason_id)

    async def add(self, actor: Actor, pipeline_id: int, typed: str) -> LossReasons:
        """One more, the last one; a retired one that is called so is offered again.

        Raises `not_allowed`, `pipelines.not_found`, `loss_reason.many` and what `read_name` raises.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            held.check_room()
            name = read_name(typed, [row.name for row in held.offered])
            known = next((row for row in held.rows if fold(row.name) == fold(name)), None)
            if known is None:
                known = LossReason(name=name, pipeline_id=pipeline_id if held.own else None)
                uow.pipelines.add(known)
            known.retired_at, known.position = None, len(held.offered)
            await self._record(uow, actor, pipeline_id, {"loss_reason": (None, name)})
            return await self._shown(uow, await _read(uow, pipeline_id))

    async def rename(self, actor: Actor, pipeline_id: int, reason_id: int, typed: str) -> LossReasonCard:
        """Say it in other words, for the deals that were lost for it, too.

        Raises `not_allowed`, `pipelines.not_found`, `loss_reason.not_found` and what `read_name` raises.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            reason = held.get(reason_id)
            before = reason.name
            reason.name = read_name(typed, [row.name for row in held.rows if row is not reason])
            await self._record(uow, actor, pipeline_id, {"loss_reason": (before, reason.name)})
            return await self._card(uow, held, reason_id)

    async def lead(self, actor: Actor, pipeline_id: int, reason_id: int, position: int) -> LossReasonCard:
        """Let it change places with the one before it.

        `position`: where it stood when this was wished for; raises `stale` if it stands elsewhere now, and
        `not_allowed`, `pipelines.not_found`, `loss_reason.not_found`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            reason, offered = held.get(reason_id), held.offered
            if not position or offered[position : position + 1] != [reason]:
                raise StaleError
            offered[position - 1 : position + 1] = [reason, offered[position - 1]]
            _number(offered)
            changes: history.Changes = {
                "reason": (reason_id, reason_id),
                "position": (position, position - 1),
            }
            await self._record(uow, actor, pipeline_id, changes)
            return await self._card(uow, await _read(uow, pipeline_id), reason_id)

    async def retire(self, actor: Actor, pipeline_id: int, reason_id: int) -> LossReasons:
        """Offer it no more; deals that were lost for it keep it, and reports count it on.

        Raises `not_allowed`, `pipelines.not_found`, `loss_reason.not_found`, `stale`, and `loss_reason.last`
        for the only one: a deal is never lost without a reason.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            reason = held.get(reason_id)
            if reason.retired_at is not None:
                raise StaleError
            if len(held.offered) == 1:
                raise AppError("loss_reason.last")
            reason.retired_at = self._clock.now()
            _number(held.offered)
            await self._record(uow, actor, pipeline_id, {"loss_reason": (reason.name, None)})
            return await self._shown(uow, await _read(uow, pipeline_id))

    async def offer(self, actor: Actor, pipeline_id: int, reason_id: int) -> LossReasons:
        """Offer a retired one again, as the last one.

        Raises `not_allowed`, `pipelines.not_found`, `loss_reason.not_found`, `loss_reason.many`, `stale`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            reason = held.get(reason_id)
            if reason.retired_at is None:
                raise StaleError
            held.check_room()
            reason.retired_at, reason.position = None, len(held.offered)
            await self._record(uow, actor, pipeline_id, {"loss_reason": (None, reason.name)})
            return await self._shown(uow, await _read(uow, pipeline_id))

    async def part(self, actor: Actor, pipeline_id: int) -> LossReasons:
        """Give a pipeline reasons of its own, at first the same as the company's; nobody else's change.

        Raises `not_allowed`, `pipelines.not_found`, and `stale` if it has its own already.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await _hold(uow, pipeline_id)
            if held.own:
                raise StaleError
            names = [row.name for row in held.offered]
            for position, name in enumerate(names):
                uow.pipelines.add(LossReason(name=name, position=position, pipeline_id=pipeline_id))
            await self._record(uow, actor, pipeline_id, {"loss_reasons": (None, len(names))})
            return await self._shown(uow, await _read(uow, pipeline_id))

    async def _record(
        self, uow: UnitOfWork, actor: Actor, pipeline_id: int, changes: history.Changes
    ) -> None:
        await record(uow, actor, self._clock.now(), pipeline_id, changes)

    async def _card(self, uow: UnitOfWork, held: _List, reason_id: int) -> LossReasonCard:
        reason, offered = held.get(reason_id), held.offered
        return LossReasonCard(
            reasons=await self._shown(uow, held),
            reason=Ref(reason.id, reason.name),
            position=offered.index(reason) if reason in offered else 0,
            retired=reason.retired_at is not None,
            deals=await uow.pipelines.lost_for(reason_id),
        )

    @staticmethod
    async def _shown(uow: UnitOfWork, held: _List) -> LossReasons:
        apart = await uow.pipelines.with_own_loss_reasons() | {held.pipeline.id}
        shared = () if held.own else tuple(p.name for p in await uow.pipelines.all() if p.id not in apart)
        return LossReasons(
            pipeline=held.pipeline,
            own=held.own,
            shared=shared,
            offered=tuple(Ref(row.id, row.name) for row in held.offered),
            retired=tuple(Ref(row.id, row.name) for row in held.rows if row.retired_at is not None),
        )


async def _hold(uow: UnitOfWork, pipeline_id: int) -> _List:
    """Those of a pipeline in use, while nobody else changes any: the lock is that of all pipelines."""
    await hold(uow, pipeline_id)
    return await _read(uow, pipeline_id)


async def _read(uow: UnitOfWork, pipeline_id: int) -> _List:
    pipeline = await uow.pipelines.get(pipeline_id)
    if pipeline is None or pipeline.archived_at is not None:
        raise NotFoundError("pipelines")
    rows = await uow.pipelines.loss_reason_list(pipeline_id)
    return _List(Ref(pipeline.id, pipeline.name), rows)


def _number(rows: Sequence[LossReason]) -> None:
    for position, row in enumerate(rows):
        row.position = position
