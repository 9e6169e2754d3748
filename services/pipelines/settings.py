"""Pipelines: made from a template or one's own words, renamed, put in order, put out of use."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from db.models import LossReason, Pipeline, Stage
from db.uow import Database, UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor, require
from services.bin.days import first_moment, zone_of
from services.clock import Clock
from services.dto.common import Ref
from services.dto.pipelines import (
    PipelineCard,
    PipelineLine,
    PipelineList,
    PipelinePlan,
    PipelineReturn,
)
from services.errors import AppError, StaleError
from services.followup.rules import usual_norm
from services.pipeline_templates import find_template
from services.pipelines import shelving
from services.pipelines.bringing import crossing_plan
from services.pipelines.dropping import dropped_of
from services.pipelines.reading import read_name, read_stages
from services.pipelines.rows import among, deeds, hold_room, number, pipeline_card, record
from services.pipelines.shape import NAME_LIMIT
from services.setup import add_stages
from services.understanding.fold import fold
from services.workspace import the_workspace

PAGE = 20
"""So many pipelines with their stages stand on one screen."""


class Pipelines:
    """The service of pipelines; for whom, see `pipeline.edit` and `pipeline.archive`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def all(self, actor: Actor, page: int = 0) -> PipelineList:
        """All of them, some at a time."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return await self._list(uow, actor, page)

    async def card(self, actor: Actor, pipeline_id: int) -> PipelineCard:
        """One with its stages, and those that may come back. Raises `not_allowed`, `pipelines.not_found`."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            card = await pipeline_card(uow, actor, pipeline_id)
            if card.archived:
                return card
            since = first_moment(self._clock.now(), await zone_of(uow))
            return replace(card, dropped=await dropped_of(uow, pipeline_id, since))

    async def from_template(self, actor: Actor, code: str) -> PipelineCard:
        """A new one after a template, with its stages and its own reasons of loss.

        Raises `not_allowed`, `pipeline.no_template`, `pipeline.too_many`.
        """
        require(actor, Action.PIPELINE_EDIT)
        template = find_template(code)
        if template is None:
            raise AppError("pipeline.no_template")
        async with self._db.write(actor.cause) as uow:
            used = await hold_room(uow)
            wording = template.wording((await the_workspace(uow)).language)
            made = await self._make(uow, used, _free_name(wording.name, used))
            add_stages(uow, made.id, template, wording)
            for position, reason in enumerate(wording.loss_reasons):
                uow.pipelines.add(LossReason(name=reason, position=position, pipeline_id=made.id))
            return await self._made(uow, actor, made)

    async def from_words(self, actor: Actor, name: str, stages: str) -> PipelineCard:
        """A new one with stages of one's own, see `reading.read_stages`.

        Raises `not_allowed`, `pipeline.too_many`, and what `read_name` and `read_stages` raise.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            used = await hold_room(uow)
            kinds = read_stages(stages, (await the_workspace(uow)).language)
            made = await self._make(uow, used, read_name(name, [one.name for one in used]))
            ordered = sorted(kinds, key=lambda one: one[1] in CLOSED_KINDS)
            for position, (stage, kind) in enumerate(ordered):
                uow.pipelines.add(
                    Stage(
                        pipeline_id=made.id,
                        name=stage,
                        position=position,
                        kind=kind,
                        required=[],
                        norm_days=usual_norm(kind),
                    )
                )
            return await self._made(uow, actor, made)

    async def check_name(self, actor: Actor, name: str) -> str:
        """A name that a new one may have. Raises `not_allowed` and what `read_name` raises."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return read_name(name, [one.name for one in await uow.pipelines.all()])

    async def rename(self, actor: Actor, pipeline_id: int, name: str) -> PipelineCard:
        """Raises `not_allowed`, `pipelines.not_found`, and what `read_name` raises."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            used = await uow.pipelines.hold_all()
            pipeline = among(used, pipeline_id)
            before = pipeline.name
            pipeline.name = read_name(name, [one.name for one in used if one.id != pipeline_id])
            await self._record(uow, actor, pipeline, {"name": (before, pipeline.name)})
            return await pipeline_card(uow, actor, pipeline_id)

    async def lead(self, actor: Actor, pipeline_id: int, position: int) -> PipelineCard:
        """Let a pipeline change places with the one before it; new deals enter the first one.

        `position`: where it stood when this was wished for; raises `stale` if it stands elsewhere now, and
        `not_allowed`, `pipelines.not_found`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            used = await uow.pipelines.hold_all()
            pipeline = among(used, pipeline_id)
            if used.index(pipeline) != position or position == 0:
                raise StaleError
            used[position - 1 : position + 1] = [pipeline, used[position - 1]]
            number(used)
            await self._record(uow, actor, pipeline, {"position": (position, position - 1)})
            return await pipeline_card(uow, actor, pipeline_id)

    async def plan(
        self, actor: Actor, pipeline_id: int, heir_id: int, chosen: Mapping[int, int]
    ) -> PipelinePlan:
        """Where each deal in work would go if a pipeline were put out of use for another one.

        `chosen`: by stage another one than that which means the same. Raises `not_allowed`,
        `pipelines.not_found`, `stage.not_found` for a stage to which they may not go.
        """
        require(actor, Action.PIPELINE_ARCHIVE)
        async with self._db.read() as uow:
            used = await uow.pipelines.all()
            return await crossing_plan(uow, among(used, pipeline_id), among(used, heir_id), chosen)

    async def put_away(
        self,
        actor: Actor,
        pipeline_id: int,
        heir_id: int = 0,
        chosen: Mapping[int, int] = MappingProxyType({}),
    ) -> PipelineList:
        """Put a pipeline out of use: its deals in work go to another, closed ones stay and count on.

        For an hour it may be taken back by `undo`, with what `PipelineList.gone` tells.
        `chosen` as for `plan`. Raises `not_allowed`, `pipelines.not_found`, `stage.not_found`,
        `pipeline.last`, and `pipeline.in_work` while deals are in work and nobody says where they go.
        """
        require(actor, Action.PIPELINE_ARCHIVE)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            gone = await shelving.put_away(uow, actor, now, pipeline_id, heir_id, chosen)
            return replace(await self._list(uow, actor), gone=gone)

    async def undo(self, actor: Actor, event_id: int) -> PipelineReturn:
        """Use what the actor has put out of use again, in its place, with the deals that nobody has changed
        since in their former stages.

        Raises `not_allowed`, `bulk.late` after an hour, `bulk.gone` where it is in use again or was put out
        of it once more, `pipeline.too_many`, `pipeline.name_taken`.
        """
        require(actor, Action.PIPELINE_ARCHIVE)
        async with self._db.write(actor.cause) as uow:
            return await shelving.undo(uow, actor, self._clock.now(), event_id)

    async def take_back(self, actor: Actor, pipeline_id: int) -> PipelineCard:
        """Use it again, as the last one.

        Raises `not_allowed`, `pipelines.not_found`, `pipeline.too_many`, `pipeline.name_taken`.
        """
        require(actor, Action.PIPELINE_ARCHIVE)
        async with self._db.write(actor.cause) as uow:
            used = await hold_room(uow)
            pipeline = among(await uow.pipelines.archived(), pipeline_id)
            read_name(pipeline.name, [one.name for one in used])
            pipeline.archived_at, pipeline.position = None, len(used)
            changes: history.Changes = {"archived": (True, False)}
            await record(uow, actor, self._clock.now(), pipeline_id, changes, Action.PIPELINE_ARCHIVE)
            return await pipeline_card(uow, actor, pipeline_id)

    async def _make(self, uow: UnitOfWork, used: Sequence[Pipeline], name: str) -> Pipeline:
        made = Pipeline(name=name, position=len(used), created_at=self._clock.now())
        uow.pipelines.add(made)
        await uow.pipelines.flush()
        number([*used, made])
        return made

    async def _made(self, uow: UnitOfWork, actor: Actor, made: Pipeline) -> PipelineCard:
        await self._record(uow, actor, made, {"name": (None, made.name)})
        return await pipeline_card(uow, actor, made.id)

    async def _list(self, uow: UnitOfWork, actor: Actor, page: int = 0) -> PipelineList:
        every = [*await uow.pipelines.all(), *await uow.pipelines.archived()]
        here = min(page, max(0, len(every) - 1) // PAGE)
        rows = every[here * PAGE : (here + 1) * PAGE]
        used = [row for row in rows if row.archived_at is None]
        in_work, stages = await uow.pipelines.in_work(), await uow.stages.names([r.id for r in used])
        return PipelineList(
            tuple(
                PipelineLine(row.id, row.name, tuple(stages.get(row.id, ())), in_work.get(row.id, 0))
                for row in used
            ),
            tuple(Ref(row.id, row.name) for row in rows if row.archived_at is not None),
            deeds(actor),
            page=here,
            more=len(every) > (here + 1) * PAGE,
        )

    async def _record(
        self, uow: UnitOfWork, actor: Actor, pipeline: Pipeline, changes: history.Changes
    ) -> int:
        return await record(uow, actor, self._clock.now(), pipeline.id, changes)


def _free_name(name: str, used: Sequence[Pipeline]) -> str:
    """The name, with a number where another pipeline has it already."""
    taken = {fold(one.name) for one in used}
    numbered = (f"{name} {n}" for n in range(2, len(used) + 3))
    return next(one for one in (name, *numbered) if fold(one) not in taken)[:NAME_LIMIT]
