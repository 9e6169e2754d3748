"""Pipelines, their stages and the reasons of loss."""

from sqlalchemy import bindparam, delete, exists, or_, select

from db.models import Deal, Lead, LossReason, Pipeline, Stage
from db.repositories.base import Repository

_STAGES = (
    select(Stage).where(Stage.pipeline_id == bindparam("pipeline_id")).order_by(Stage.position, Stage.id)
)


class PipelineRepository(Repository):
    """The ways of selling."""

    async def all(self) -> list[Pipeline]:
        """All pipelines in order."""
        return list(
            (await self.session.scalars(select(Pipeline).order_by(Pipeline.position, Pipeline.id))).all()
        )

    async def get(self, pipeline_id: int) -> Pipeline | None:
        """One pipeline."""
        return await self.session.get(Pipeline, pipeline_id)

    async def hold(self, pipeline_id: int) -> Pipeline | None:
        """The same, as it stands now, kept from all others until the end of the transaction."""
        query = select(Pipeline).where(Pipeline.id == pipeline_id).with_for_update()
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def hold_stage(self, stage_id: int) -> Stage | None:
        """The same of a stage."""
        query = select(Stage).where(Stage.id == stage_id).with_for_update()
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def default(self) -> Pipeline | None:
        """The pipeline that new deals enter."""
        return await self.session.scalar(select(Pipeline).order_by(Pipeline.position, Pipeline.id).limit(1))

    async def stages(self, pipeline_id: int) -> list[Stage]:
        """The stages of a pipeline in order."""
        return list((await self.session.scalars(_STAGES, {"pipeline_id": pipeline_id})).all())

    async def timed_stages(self) -> list[Stage]:
        """The stages of all pipelines in which a deal may not stand for ever."""
        query = select(Stage).where(Stage.norm_days.is_not(None)).order_by(Stage.id)
        return list((await self.session.scalars(query)).all())

    async def stage(self, stage_id: int) -> Stage | None:
        """One stage."""
        return await self.session.get(Stage, stage_id)

    async def loss_reasons(self) -> list[LossReason]:
        """The company's reasons of loss in order."""
        query = select(LossReason).order_by(LossReason.position, LossReason.id)
        return list((await self.session.scalars(query)).all())

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
        """Delete the reasons for which no deal was lost."""
        lost = exists().where(Deal.loss_reason_id == LossReason.id)
        await self.session.execute(delete(LossReason).where(~lost))
