"""Why many deals are lost, where each pipeline has its own reasons: told apart by their names."""

from collections.abc import Collection, Iterable

from db.models import LossReason
from db.uow import UnitOfWork
from services.dto.common import Ref
from services.understanding.fold import fold


async def offered_reasons(uow: UnitOfWork, pipelines: Collection[int]) -> list[Ref]:
    """The reasons that these pipelines offer, each name once."""
    found: dict[str, Ref] = {}
    for pipeline in sorted(pipelines):
        for row in await uow.pipelines.loss_reasons(pipeline):
            found.setdefault(fold(row.name), Ref(row.id, row.name))
    return list(found.values())


async def reasons_alike(uow: UnitOfWork, reason: LossReason, pipelines: Iterable[int]) -> dict[int, int]:
    """The reason itself, or that of the same name, by each pipeline that offers it."""
    return {
        pipeline: row.id
        for pipeline in sorted(set(pipelines))
        for row in await uow.pipelines.loss_reasons(pipeline)
        if fold(row.name) == fold(reason.name)
    }
