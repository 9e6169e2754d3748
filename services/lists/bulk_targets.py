"""With whom, to where or why: what may be chosen for a deed with many deals."""

from collections.abc import Collection

from db.uow import UnitOfWork
from services.access import Actor, Role, StageKind
from services.dto.bulk import Deed
from services.dto.common import Ref
from services.dto.lists import StageChoice
from services.lists import asking


async def target_stages(uow: UnitOfWork, actor: Actor) -> list[StageChoice]:
    """Where deals may be moved; a loss is a deed of its own, for it takes a reason."""
    return [one for one in await asking.stages(uow, actor) if one.stage.kind is not StageKind.LOST]


async def target_choices(uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed) -> list[Ref]:
    """The colleagues, tags or reasons of loss."""
    if deed is Deed.GIVE:
        own = [Ref(actor.person_id, actor.name)] if actor.role in (Role.HEAD, Role.MANAGER) else []
        return [*own, *await asking.sellers(uow, actor)]
    if deed is Deed.LOSE:
        return await _reasons(uow, ids)
    return [Ref(one, name) for one, name in (await asking.tags(uow, actor)).items()]


async def _reasons(uow: UnitOfWork, ids: Collection[int]) -> list[Ref]:
    """Those of all pipelines in which the deals stand."""
    pipelines = sorted({deal.pipeline_id for deal, _ in await uow.bulk.deals(ids)})
    found = {
        row.id: Ref(row.id, row.name)
        for pipeline in pipelines
        for row in await uow.pipelines.loss_reasons(pipeline)
    }
    return list(found.values())
