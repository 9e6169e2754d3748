"""What an import makes before its first deal: people known by name only, and a pipeline as in the file."""

from datetime import datetime
from pathlib import PurePath

from db.models import ImportBatch, Pipeline, Stage
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, Role, StageKind
from services.followup.rules import usual_norm
from services.imports.plan import FileStage, Plan
from services.pipelines.rows import hold_room
from services.understanding.fold import fold

IMPORTED = "imported"
"""The status of somebody whom only a file has named: nobody has joined as them."""


async def make_people(uow: UnitOfWork, batch: ImportBatch, plan: Plan, now: datetime) -> None:
    """The owners that the file names and nobody here is called."""
    known = await uow.imports.known_people()
    await uow.imports.add_people(
        [
            {
                "name": name,
                "name_folded": fold(name),
                "role": Role.MANAGER,
                "status": IMPORTED,
                "reachable": False,
                "import_id": batch.id,
                "created_at": now,
            }
            for name in plan.new_people
            if fold(name) not in known
        ],
        plan.department_id,
    )


async def make_pipeline(uow: UnitOfWork, batch: ImportBatch, plan: Plan, now: datetime) -> Plan:
    """The stages of the file, and of our own those without which deals could not be won or lost.

    Raises `pipeline.too_many`.
    """
    await hold_room(uow)
    pipelines = await uow.pipelines.all()
    ours = await uow.pipelines.stages(pipelines[0].id) if pipelines else []
    made = Pipeline(
        name=PurePath(batch.filename).stem or batch.filename,
        position=1 + max((row.position for row in pipelines), default=0),
        created_at=now,
    )
    uow.pipelines.add(made)
    await uow.pipelines.flush()
    found = plan.used_stages
    stages = [Stage(name=row.name, kind=row.kind, pipeline_id=made.id) for row in found]
    stages += [Stage(name=row.name, kind=row.kind, pipeline_id=made.id) for row in _missing(found, ours)]
    order = list(StageKind)
    for position, stage in enumerate(sorted(stages, key=lambda row: order.index(StageKind(row.kind)))):
        stage.position, stage.required = position, []
        stage.norm_days = usual_norm(StageKind(stage.kind))
        uow.pipelines.add(stage)
    await uow.pipelines.flush()
    return plan.with_stages({fold(stage.name): stage.id for stage in stages}, made.id)


def _missing(found: tuple[FileStage, ...], ours: list[Stage]) -> list[Stage]:
    """One stage of ours for each kind that every pipeline needs and the file lacks."""
    kinds = {row.kind for row in found}
    needed = [kind for kind in (StageKind.OPEN, *CLOSED_KINDS) if kind not in kinds]
    return [
        next(row for row in ours if row.kind == kind) for kind in needed if any(r.kind == kind for r in ours)
    ]
