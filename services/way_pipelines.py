"""Which pipeline the leads enter that come by a source of forms or by a key."""

from db.models import ApiKey, FormSource
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.inquiries import WayKind, WayPipelineChoice
from services.errors import NotFoundError


class WayPipelines:
    """The service of that choice; the owner's right (`intake.manage`), as the ways in are."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def choice(self, actor: Actor, kind: WayKind, way_id: int) -> WayPipelineChoice:
        """The pipelines that there are. Raises `source.not_found` or `key.not_found`, `not_allowed`."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.read() as uow:
            way = await _way(uow, kind, way_id)
            used = [Ref(row.id, row.name) for row in await uow.pipelines.all()]
            return WayPipelineChoice(kind, way.id, way.name, _entered(used, way.pipeline_id), tuple(used))

    async def lead_to(self, actor: Actor, kind: WayKind, way_id: int, pipeline_id: int) -> None:
        """From now on its leads enter this pipeline; those that came before enter what they would have.

        Raises as `choice`, and `follow_up.not_found` for a pipeline that is not in use.
        """
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.write(actor.cause) as uow:
            way = await _way(uow, kind, way_id)
            if pipeline_id not in {row.id for row in await uow.pipelines.all()}:
                raise NotFoundError("follow_up")
            changes: history.Changes = {"pipeline_id": (way.pipeline_id, pipeline_id)}
            way.pipeline_id = pipeline_id
            now = self._clock.now()
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, kind.value, way.id, changes)


async def pipeline_of(uow: UnitOfWork, way: FormSource | ApiKey) -> Ref | None:
    """Where its leads go, for its card; None where the company has only one pipeline."""
    used = [Ref(row.id, row.name) for row in await uow.pipelines.all()]
    return _entered(used, way.pipeline_id) if len(used) > 1 else None


def _entered(used: list[Ref], pipeline_id: int | None) -> Ref | None:
    return next((one for one in used if one.id == pipeline_id), used[0] if used else None)


async def _way(uow: UnitOfWork, kind: WayKind, way_id: int) -> FormSource | ApiKey:
    ways = uow.inquiries
    found = await (ways.source(way_id) if kind is WayKind.SOURCE else ways.key(way_id))
    if found is None:
        raise NotFoundError(kind.value)
    return found[0]
