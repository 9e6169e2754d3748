"""All deals in work of a pipeline brought to another one, stage by stage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from db.models import Pipeline, Stage
from db.uow import UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Actor
from services.errors import AppError, NotFoundError
from services.pipelines import silence
from services.pipelines.mapping import default_map
from services.pipelines.rows import bring_all


async def crossing_steps(
    uow: UnitOfWork, pipeline_id: int, there: Sequence[Stage], chosen: Mapping[int, int]
) -> list[tuple[Stage, Stage]]:
    """From which stage in work to which one, for each in which deals stand.

    `chosen`: by stage another one than that which means the same. Raises `stage.not_found` for one to which
    they may not go: none of that pipeline, or one that would close them.
    """
    stood = await uow.pipelines.stood_in(pipeline_id)
    stages = await uow.pipelines.stages(pipeline_id)
    in_work = [one for one in stages if one.kind not in CLOSED_KINDS and stood.get(one.id)]
    open_to = {one.id: one for one in there if one.kind not in CLOSED_KINDS}
    if not set(chosen.values()) <= open_to.keys():
        raise NotFoundError("stage")
    usual = default_map(in_work, there)
    return [(one, open_to.get(chosen.get(one.id, 0), usual[one.id])) for one in in_work]


async def bring_away(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    pipeline: Pipeline,
    heir: Pipeline | None,
    chosen: Mapping[int, int],
) -> tuple[list[int], Counter[int]]:
    """Bring what is in work to the heir. Raises `pipeline.in_work` without an heir.

    Returns the deals, and how many tasks of the stages there each person got.
    """
    stages = await uow.pipelines.stages(pipeline.id)
    await uow.pipelines.bar([one for one in stages if one.kind not in CLOSED_KINDS])
    if heir is None:
        stood = await uow.pipelines.stood_in(pipeline.id)
        if any(one.kind not in CLOSED_KINDS and stood.get(one.id) for one in stages):
            raise AppError("pipeline.in_work")
        return [], Counter()
    aside: history.Changes = {
        "pipeline_id": (pipeline.id, heir.id),
        "pipeline": (pipeline.name, heir.name),
    }
    there, brought, given = await uow.pipelines.stages(heir.id), list[int](), Counter[int]()
    for old, new in await crossing_steps(uow, pipeline.id, there, chosen):
        deals, tasks = await bring_all(uow, actor, now, old, new, aside)
        brought += deals
        given += tasks
        await silence.arm(uow, now, new, await uow.pipelines.deals_in(new.id))
    return brought, given
