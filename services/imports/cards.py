"""Builds an import's card."""

from db.models import ImportBatch
from db.uow import UnitOfWork
from services.dto.common import Ref
from services.dto.imports import (
    ColumnLine,
    Fault,
    FaultLine,
    ImportCard,
    ImportDeed,
    ImportState,
    Preview,
    StageLine,
)
from services.imports.naming import either_at
from services.imports.own_names import DEAL, own_columns, own_targets, target_of
from services.imports.plan import Plan, from_json
from services.imports.stages import MOST_OWN_STAGES

KEPT_SHOWN = 5

_DEEDS: dict[ImportState, frozenset[ImportDeed]] = {
    ImportState.RECEIVED: frozenset({ImportDeed.CANCEL}),
    ImportState.READY: frozenset({ImportDeed.START, ImportDeed.CANCEL}),
    ImportState.DONE: frozenset({ImportDeed.TAKE_BACK}),
    ImportState.STOPPED: frozenset({ImportDeed.TAKE_BACK}),
}


_TOLD = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
"""What an import has filled in is counted when it is through."""


async def build_card(uow: UnitOfWork, batch: ImportBatch) -> ImportCard:
    """An import as it stands; whoever asks has been found to be allowed to."""
    state = ImportState(batch.state)
    plan = from_json(batch.plan)
    departments = tuple(Ref(row.id, row.name) for row in await uow.people.departments())
    undone = state == ImportState.UNDONE
    kept, kept_deals = await uow.import_undo.standing(batch.id, KEPT_SHOWN) if undone else (0, [])
    joined, people = await uow.import_undo.joined(batch.id, KEPT_SHOWN) if undone else (0, [])
    preview = await _preview(uow, plan, departments) if state == ImportState.READY else None
    return ImportCard(
        id=batch.id,
        state=state,
        filename=batch.filename,
        created_at=batch.created_at,
        total=batch.total,
        done=batch.done,
        made=batch.made,
        skipped=batch.skipped,
        failed=batch.failed,
        removed=batch.removed,
        kept=kept,
        kept_deals=tuple(Ref(deal, title) for deal, title in kept_deals),
        joined=joined,
        joined_people=tuple(people),
        filled=await uow.import_fills.count(batch.id) if state in _TOLD else 0,
        fault=(batch.fault["code"], batch.fault["params"]) if batch.fault else None,
        preview=preview,
        departments=departments if preview else (),
        can=_deeds(batch, plan, preview, len(departments)),
    )


def is_own_possible(plan: Plan) -> bool:
    """Whether the file's stages can be a pipeline of their own."""
    return 0 < len(plan.used_stages) <= MOST_OWN_STAGES


def _deeds(
    batch: ImportBatch, plan: Plan, preview: Preview | None, departments: int
) -> frozenset[ImportDeed]:
    can = set(_DEEDS.get(ImportState(batch.state), frozenset()))
    if batch.failed and batch.state in (ImportState.DONE, ImportState.STOPPED):
        can.add(ImportDeed.FAILED_ROWS)
    if preview is not None:
        can.add(ImportDeed.CHOOSE_COLUMNS)
        if any(line.own is not None and line.own.whose is not DEAL for line in preview.columns):
            can.add(ImportDeed.CHOOSE_FILLS)
        if preview.order_sample is not None and not plan.order_chosen:
            can.discard(ImportDeed.START)
        if not preview.good:
            can.discard(ImportDeed.START)
        if plan.order_sample is not None:
            can.add(ImportDeed.CHOOSE_DATES)
        if departments > 1:
            can.add(ImportDeed.CHOOSE_DEPARTMENT)
        if is_own_possible(plan):
            can.add(ImportDeed.CHOOSE_PIPELINE)
    return frozenset(can)


async def _preview(uow: UnitOfWork, plan: Plan, departments: tuple[Ref, ...]) -> Preview:
    pipeline = await uow.pipelines.default()
    stages = await uow.pipelines.stages(pipeline.id) if pipeline else []
    own = {one.place: target_of(one.subject, one.means) for one in await own_columns(uow, plan)}
    names = {stage.id: stage.name for stage in stages}
    return Preview(
        columns=tuple(
            ColumnLine(name, field, own.get(place))
            for place, (name, field) in enumerate(zip(plan.columns, plan.fields, strict=True))
        ),
        either=either_at(plan.columns, plan.fields),
        stages=tuple(
            StageLine(
                row.name,
                row.count,
                row.kind,
                row.name if plan.own_pipeline else names.get(row.stage_id or 0),
            )
            for row in plan.used_stages
        ),
        own_pipeline=plan.own_pipeline,
        new_people=plan.new_people,
        known_people=plan.known_people,
        new_companies=plan.new_companies,
        new_tags=plan.new_tags,
        good=plan.good,
        skipped=plan.skipped,
        undated=plan.undated,
        failing=plan.failing,
        faults=tuple(
            FaultLine(Fault(row.reason, row.detail, row.column), row.count, row.number) for row in plan.faults
        ),
        order=plan.order,
        order_sample=None if plan.order_chosen else plan.order_sample,
        department=next((row for row in departments if row.id == plan.department_id), departments[0]),
        targets=await own_targets(uow),
        fills=plan.fills,
    )
