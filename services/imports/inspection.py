"""Reads a file twice and tells what would become of it: first who and what it names, then row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from db.models import Stage, Workspace
from db.uow import Database, UnitOfWork
from services.dto.imports import DateOrder
from services.errors import AppError
from services.fields.reading import Where
from services.imports.columns import corrected, understand
from services.imports.naming import judge
from services.imports.own import OwnReader
from services.imports.own_names import own_columns
from services.imports.plan import FileStage, Plan
from services.imports.reading import portions
from services.imports.rows import RowReader
from services.imports.stages import PLAUSIBLE_STAGES, match
from services.imports.survey import Survey
from services.imports.tags import TagCheck
from services.imports.trial import Trial
from services.ports import Table, Tables
from services.understanding.fold import clean_line

_COLUMN = 100


async def inspect(db: Database, tables: Tables, table: Table, plan: Plan) -> tuple[int, Plan]:
    """How many rows a file has, and the plan with all that was found out.

    Raises AppError `table.*`, `import.no_columns`.
    """
    fields = corrected(understand(table.columns), plan.chosen)
    if not any(fields):
        raise AppError("import.no_columns")
    survey = Survey(tables, fields)
    async for _ in portions(table, survey.feed):
        pass
    async with db.read() as uow:
        workspace = await company(uow)
        people = await uow.imports.known_people()
        ours = await _default_stages(uow)
    order, sample = survey.date_order()
    stages = match(survey.stages, ours)
    judged = judge(table.columns, fields, survey.names, workspace.region)
    plan = replace(
        plan,
        columns=tuple(clean_line(name, _COLUMN) for name in table.columns),
        fields=corrected(judged, plan.chosen),
        order=plan.order if plan.order_chosen else DateOrder(order or _usual_order(workspace.region)),
        order_sample=None if order else sample,
        mark=survey.decimal_mark(),
        stages=stages,
        own_pipeline=_needs_own(stages) if plan.own_chosen is None else plan.own_chosen,
        new_people=tuple(name for folded, name in survey.people.items() if folded not in people),
        known_people=sum(folded in people for folded in survey.people),
    )
    known = {*people, *survey.people}
    tried = await _try(db, tables, table, plan, workspace, known)
    if plan.own_chosen is None and plan.own_pipeline and not _needs_own(tried.used_stages):
        # The stages that ours lack were those of rows that are refused anyway.
        tried = await _try(db, tables, table, replace(plan, own_pipeline=False), workspace, known)
    return survey.total, tried


async def company(uow: UnitOfWork) -> Workspace:
    """The company's settings; nothing can be imported before there are any."""
    workspace = await uow.people.workspace()
    if workspace is None:
        raise LookupError("the company is made at the first start, before anything can be imported")
    return workspace


async def own_reader(uow: UnitOfWork, tables: Tables, plan: Plan, workspace: Workspace) -> OwnReader | None:
    """Reads the columns of the company's own fields; none where there are none."""
    columns = await own_columns(uow, plan)
    where = Where(workspace.created_at.date(), workspace.region, workspace.currency)
    return OwnReader(columns, tables, where, plan.order) if columns else None


async def _default_stages(uow: UnitOfWork) -> list[Stage]:
    pipeline = await uow.pipelines.default()
    return await uow.pipelines.stages(pipeline.id) if pipeline else []


def _needs_own(stages: Sequence[FileStage]) -> bool:
    """Whether a pipeline as in the file is the better offer: ours lacks a stage, and they are not many."""
    return len(stages) <= PLAUSIBLE_STAGES and any(stage.stage_id is None for stage in stages)


def _usual_order(region: str) -> DateOrder:
    """What is meant, most likely, by dates that can be read both ways; the owner is asked all the same."""
    return DateOrder.MONTH_FIRST if region == "US" else DateOrder.DAY_FIRST


async def _try(
    db: Database, tables: Tables, table: Table, plan: Plan, workspace: Workspace, people: Iterable[str]
) -> Plan:
    """The dry run."""
    async with db.read() as uow:
        own = await own_reader(uow, tables, plan, workspace)
        tags = TagCheck(await uow.tags.called(), makes=plan.makes_tags)
    reader = RowReader(plan, tables, workspace.currency, workspace.region, own=own)
    trial = Trial(reader, plan, frozenset(people), tags)
    async for drafts in portions(table, trial.read):
        numbers = {draft.external_id for draft in drafts if draft.external_id is not None}
        async with db.read() as uow:
            known = await uow.imports.known_external(numbers) if numbers else frozenset[str]()
            fresh = trial.new_names(trial.made(drafts, known))
            companies = await uow.imports.companies(fresh) if fresh else {}
        trial.new_companies += len(fresh) - len(companies)
    return trial.result()
