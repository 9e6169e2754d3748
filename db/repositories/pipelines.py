"""Pipelines, their stages and the reasons of loss."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, Text, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from db.editions import copies, kept
from db.models import Deal, Lead, LossReason, Pipeline, Stage
from db.repositories.base import Repository

DEAL = cast("Table", Deal.__table__)

_STAGES = (
    select(Stage).where(Stage.pipeline_id == bindparam("pipeline_id")).order_by(Stage.position, Stage.id)
)
_REASONS = select(LossReason).order_by(LossReason.position, LossReason.id)
_OWN_REASONS = _REASONS.where(LossReason.pipeline_id == bindparam("pipeline_id"))
_COMPANY_REASONS = _REASONS.where(LossReason.pipeline_id.is_(None))
_IN_USE = select(Pipeline).where(Pipeline.archived_at.is_(None)).order_by(Pipeline.position, Pipeline.id)
FIRST = _IN_USE.with_only_columns(Pipeline.id).limit(1).correlate(None).scalar_subquery()
"""The id of the one that new deals enter."""


_WATCHED = (
    select(Stage.id, Stage.kind, Stage.norm_days, Stage.pipeline_id, Pipeline.rules)
    .join(Pipeline, Pipeline.id == Stage.pipeline_id)
    .where(Pipeline.archived_at.is_(None))
    .order_by(Pipeline.position, Stage.pipeline_id, Stage.position, Stage.id)
)


_ONE_IN_USE = aliased(Pipeline)
_HOW_MANY = select(func.count()).select_from(_ONE_IN_USE).where(_ONE_IN_USE.archived_at.is_(None))
_NAMED = (
    select(Stage, Pipeline.name, _HOW_MANY.scalar_subquery())
    .join(Pipeline, Pipeline.id == Stage.pipeline_id)
    .where(Stage.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class WatchedStage:
    """A stage: how long a deal may stand there, and the rules of its pipeline."""

    id: int
    kind: str
    norm_days: int | None
    pipeline_id: int
    rules: dict[str, Any]


class PipelineRepository(Repository):
    """The ways of selling."""

    async def all(self) -> list[Pipeline]:
        """All pipelines in use, in order."""
        return list((await self.session.scalars(_IN_USE)).all())

    async def archived(self) -> list[Pipeline]:
        """Those out of use, the last one first."""
        query = select(Pipeline).where(Pipeline.archived_at.is_not(None))
        return list((await self.session.scalars(query.order_by(Pipeline.archived_at.desc()))).all())

    async def hold_all(self) -> list[Pipeline]:
        """All pipelines in use, in order, as they stand now; nobody else changes any until the end.

        One lock for all: they are changed by hand, and a deal may go from each to any other. Deals still
        move meanwhile. They are read again under the lock, since one may have been made while it was waited
        for.
        """
        everyone = select(Pipeline.id).order_by(Pipeline.id).with_for_update(key_share=True)
        await self.session.execute(everyone)
        in_use = _IN_USE.execution_options(populate_existing=True)
        return list((await self.session.scalars(in_use)).all())

    async def stays(self, pipeline_id: int) -> bool:
        """Whether a pipeline is in use, and cannot be put out of it before this transaction ends."""
        query = select(Pipeline.archived_at).where(Pipeline.id == pipeline_id).with_for_update(read=True)
        row = (await self.session.execute(query)).one_or_none()
        return row is not None and row[0] is None

    async def get(self, pipeline_id: int) -> Pipeline | None:
        """One pipeline."""
        return await self.session.get(Pipeline, pipeline_id)

    async def held(self, pipeline_id: int) -> Pipeline | None:
        """The same, as it stands now; nobody else changes it until this is over, deals still come."""
        query = select(Pipeline).where(Pipeline.id == pipeline_id).with_for_update(key_share=True)
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def held_stage(self, stage_id: int) -> Stage | None:
        """The same of a stage."""
        query = select(Stage).where(Stage.id == stage_id).with_for_update(key_share=True)
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def default(self) -> Pipeline | None:
        """The pipeline that new deals enter."""
        return await self.session.scalar(_IN_USE.limit(1))

    async def entered_by(self, lead: Lead) -> Pipeline | None:
        """The pipeline that a lead enters when it becomes a deal: its own, if that is in use still."""
        if lead.pipeline_id is None:
            return await self.default()
        used = await self.all()
        return next((one for one in used if one.id == lead.pipeline_id), used[0] if used else None)

    async def stages(self, pipeline_id: int) -> list[Stage]:
        """The stages of a pipeline in order."""
        return list((await self.session.scalars(_STAGES, {"pipeline_id": pipeline_id})).all())

    async def stages_of(self, pipeline_id: int, edition: int) -> list[Stage]:
        """The same of an edition that was just read, to look at only: they are kept until it is another."""
        known = kept(self.session)
        if pipeline_id not in known or known[pipeline_id][0] != edition:
            known[pipeline_id] = edition, copies(await self.stages(pipeline_id))
        return known[pipeline_id][1]

    async def bar(self, stages: Sequence[Stage]) -> None:
        """Let no deal come to these stages before this transaction ends."""
        ids = sorted(stage.id for stage in stages)
        await self.session.execute(select(Stage.id).where(Stage.id.in_(ids)).with_for_update())

    async def watched(self) -> list[WatchedStage]:
        """The stages of all pipelines in use, with what is looked after there."""
        return [WatchedStage(*row) for row in await self.session.execute(_WATCHED)]

    async def asking_for(self, code: str) -> list[str]:
        """The names of the stages of pipelines in use that ask for a field, by its code."""
        asked = Stage.required.cast(Text).contains(f'"{code}"')
        query = (
            select(Stage.name)
            .join(Pipeline, Pipeline.id == Stage.pipeline_id)
            .where(Pipeline.archived_at.is_(None), asked)
            .order_by(Pipeline.position, Stage.position)
        )
        return list((await self.session.scalars(query)).all())

    async def pipeline_of(self, stage_id: int) -> int | None:
        """Whose stage it is; the stage itself is not read yet."""
        found: int | None = await self.session.scalar(select(Stage.pipeline_id).where(Stage.id == stage_id))
        return found

    async def stage(self, stage_id: int) -> Stage | None:
        """One stage."""
        return await self.session.get(Stage, stage_id)

    async def stages_named(self, ids: Collection[int]) -> dict[int, tuple[Stage, str | None]]:
        """These stages, each with the name of its pipeline if there are several in use."""
        rows = await self.session.execute(_NAMED, {"ids": [*ids]}) if ids else ()
        return {row[0].id: (row[0], row[1] if row[2] > 1 else None) for row in rows}

    async def all_stages(self) -> list[Stage]:
        """Those of all pipelines, in use or not."""
        return list((await self.session.scalars(select(Stage).order_by(Stage.id))).all())

    async def stood_in(self, pipeline_id: int) -> dict[int, int]:
        """How many deals stand in each stage of a pipeline, those of the archive among them."""
        query = (
            select(Deal.stage_id, func.count()).where(Deal.pipeline_id == pipeline_id).group_by(Deal.stage_id)
        )
        return {row[0]: row[1] for row in await self.session.execute(query)}

    async def in_work(self) -> dict[int, int]:
        """How many deals are in work in each pipeline that has any."""
        query = (
            select(Stage.pipeline_id, func.count())
            .join(Deal, Deal.stage_id == Stage.id)
            .where(Stage.kind.in_(("open", "payment")))
            .group_by(Stage.pipeline_id)
        )
        return {row[0]: row[1] for row in await self.session.execute(query)}

    async def bring_all(self, stage_id: int, heir: Stage, now: datetime) -> dict[int, int]:
        """Bring all deals of a stage to another one, perhaps of another pipeline.

        Returns them by their ids, in this order, each with its version from now on.
        """
        change = (
            update(DEAL)
            .where(DEAL.c.stage_id == stage_id)
            .values(
                stage_id=heir.id,
                pipeline_id=heir.pipeline_id,
                stage_since=now,
                version=DEAL.c.version + 1,
            )
            .returning(DEAL.c.id, DEAL.c.version)
        )
        return dict(sorted((row[0], row[1]) for row in await self.session.execute(change)))

    async def deals_in(self, stage_id: int, closed_since: date | None = None) -> Sequence[Deal]:
        """The deals that stand in a stage; or those of them that were closed since a day."""
        query = select(Deal).where(Deal.stage_id == stage_id)
        if closed_since is not None:
            query = query.where(Deal.closed_on >= closed_since)
        return (await self.session.scalars(query)).all()

    async def remove_stage(self, stage: Stage) -> None:
        """Delete a stage in which no deal stands."""
        await self.session.delete(stage)
        await self.session.flush()

    async def loss_reasons(self, pipeline_id: int | None = None) -> Sequence[LossReason]:
        """The reasons in order that a pipeline offers: its own, else the company's; none: the company's."""
        return [one for one in await self.loss_reason_list(pipeline_id) if one.retired_at is None]

    async def loss_reason_list(self, pipeline_id: int | None = None) -> Sequence[LossReason]:
        """The same with those that are retired."""
        if pipeline_id is not None:
            own = (await self.session.scalars(_OWN_REASONS, {"pipeline_id": pipeline_id})).all()
            if own:
                return own
        return (await self.session.scalars(_COMPANY_REASONS)).all()

    async def with_own_loss_reasons(self) -> set[int]:
        """The pipelines that have reasons of loss of their own."""
        query = select(LossReason.pipeline_id).where(LossReason.pipeline_id.is_not(None)).distinct()
        return {one for one in await self.session.scalars(query) if one is not None}

    async def lost_for(self, reason_id: int) -> int:
        """How many deals are lost for a reason."""
        query = select(func.count()).where(Deal.loss_reason_id == reason_id)
        return await self.session.scalar(query) or 0

    async def loss_reason(self, reason_id: int) -> LossReason | None:
        """One reason of loss."""
        return await self.session.get(LossReason, reason_id)

    async def in_use(self) -> bool:
        """Whether there are deals or leads at all, whose sums are in the company's currency."""
        query = select(or_(exists(select(Deal.id)), exists(select(Lead.id))))
        return bool(await self.session.scalar(query))

    async def clear(self, pipeline_id: int) -> bool:
        """Take its stages from a pipeline; False, and nothing is done, while deals stand in it."""
        if await self.session.scalar(select(exists().where(Deal.pipeline_id == pipeline_id))):
            return False
        await self.session.execute(delete(Stage).where(Stage.pipeline_id == pipeline_id))
        return True

    async def forget_loss_reasons(self) -> None:
        """Delete the company's reasons for which no deal was lost."""
        lost = exists().where(Deal.loss_reason_id == LossReason.id)
        await self.session.execute(delete(LossReason).where(~lost, LossReason.pipeline_id.is_(None)))
