"""What the program gave a new company, put into another language or replaced by another template."""

from datetime import datetime

from db.models import LossReason, Pipeline, Workspace
from db.uow import UnitOfWork
from services.errors import AppError
from services.pipeline_templates import Template, Wording, template_of
from services.setup import FOUNDINGS, add_stages
from services.understanding.fold import fold


async def translate(uow: UnitOfWork, workspace: Workspace, language: str) -> None:
    """Put into a language what still has the name that the program gave it; people's own names stay."""
    before, after = FOUNDINGS[workspace.language], FOUNDINGS[language]
    if workspace.name == before.name:
        workspace.name = after.name
    department = await uow.people.by_folded_name(fold(before.department))
    if department is not None and await uow.people.by_folded_name(fold(after.department)) is None:
        department.name, department.name_folded = after.department, fold(after.department)
    pipeline = await uow.pipelines.default()
    if pipeline is not None:
        await _translate_pipeline(uow, pipeline, language)


def go_along(workspace: Workspace, language: str) -> dict[str, tuple[object, object]]:
    """Give the company what is usual where a language is spoken, as far as it has what is usual for its own.

    Fields with their old and new value are returned.
    """
    before, after = FOUNDINGS[workspace.language], FOUNDINGS[language]
    changes: dict[str, tuple[object, object]] = {}
    for field in ("currency", "time_zone", "region"):
        old, new = getattr(before, field), getattr(after, field)
        if getattr(workspace, field) == old != new:
            setattr(workspace, field, new)
            changes[field] = (old, new)
    return changes


async def _translate_pipeline(uow: UnitOfWork, pipeline: Pipeline, language: str) -> None:
    stages = await uow.pipelines.stages(pipeline.id)
    known = template_of(pipeline.name, tuple(stage.name for stage in stages))
    if known is None:
        return
    template, old = known
    new = template.wording(language)
    pipeline.name = new.name
    for stage, name in zip(stages, new.stages, strict=True):
        stage.name = name
    words = dict(zip(old.loss_reasons, new.loss_reasons, strict=True))
    for reason in await uow.pipelines.loss_reason_list():
        reason.name = words.get(reason.name, reason.name)


async def replace_pipeline(uow: UnitOfWork, template: Template, language: str, now: datetime) -> str:
    """Give the company's pipeline other stages, and the company other reasons of loss; returns the old name.

    Reasons that a deal was lost for stay. Raises `pipeline.used` while a deal stands in the pipeline.
    """
    wording = template.wording(language)
    pipeline = await uow.pipelines.default()
    if pipeline is None:
        pipeline = Pipeline(name=wording.name, position=0, created_at=now)
        uow.pipelines.add(pipeline)
        await uow.pipelines.flush()
    if not await uow.pipelines.clear(pipeline.id):
        raise AppError("pipeline.used")
    before, pipeline.name = pipeline.name, wording.name
    add_stages(uow, pipeline.id, template, wording)
    await _replace_reasons(uow, wording)
    return before


async def _replace_reasons(uow: UnitOfWork, wording: Wording) -> None:
    await uow.pipelines.forget_loss_reasons()
    kept = {reason.name: reason for reason in await uow.pipelines.loss_reason_list()}
    for position, name in enumerate(wording.loss_reasons):
        if name in kept:
            kept[name].retired_at = None
        else:
            uow.pipelines.add(LossReason(name=name, position=position))
