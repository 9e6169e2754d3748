"""The stages of many pipelines at once."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db.models import Pipeline, Stage
from db.repositories.base import Repository

_BEFORE = aliased(Stage)


class StageRepository(Repository):
    """What stands in the rows of pipelines."""

    async def names(self, pipeline_ids: Collection[int]) -> dict[int, list[str]]:
        """What the stages of these pipelines are called, in order."""
        query = (
            select(Stage.pipeline_id, Stage.name)
            .where(Stage.pipeline_id.in_(pipeline_ids))
            .order_by(Stage.position, Stage.id)
        )
        found: dict[int, list[str]] = {}
        for pipeline_id, name in await self.session.execute(query):
            found.setdefault(pipeline_id, []).append(name)
        return found

    async def used(self, kinds: Collection[str] = ()) -> list[Stage]:
        """The stages of all pipelines in use, in order; of these kinds, if any are named."""
        query = select(Stage).join(Pipeline, Pipeline.id == Stage.pipeline_id)
        query = query.where(Pipeline.archived_at.is_(None), *([Stage.kind.in_([*kinds])] if kinds else ()))
        ordered = query.order_by(Pipeline.position, Pipeline.id, Stage.position, Stage.id)
        return list((await self.session.scalars(ordered)).all())

    async def entrances(self) -> list[tuple[Pipeline, Stage]]:
        """All pipelines in use in order, each with its first stage; those without a stage are left out."""
        first = select(func.min(_BEFORE.position)).where(_BEFORE.pipeline_id == Pipeline.id)
        query = (
            select(Pipeline, Stage)
            .join(Stage, Stage.pipeline_id == Pipeline.id)
            .where(Pipeline.archived_at.is_(None), Stage.position == first.scalar_subquery())
            .order_by(Pipeline.position, Pipeline.id, Stage.id)
        )
        found: dict[int, tuple[Pipeline, Stage]] = {}
        for pipeline, stage in await self.session.execute(query):
            found.setdefault(pipeline.id, (pipeline, stage))
        return [*found.values()]
