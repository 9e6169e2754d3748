"""A pipeline put out of use with all that is in work there, and that taken back."""

from collections.abc import Mapping
from datetime import datetime

from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor
from services.dto.common import Ref
from services.dto.pipelines import PipelineGone, PipelineReturn
from services.errors import AppError
from services.lists.bulk import UNDO
from services.lists.bulk_record import Before, kept
from services.pipelines.bringing import bring_away, bring_back
from services.pipelines.reading import read_name
from services.pipelines.rows import among, hold_room, number, pipeline_card, record, show_deals


async def put_away(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    pipeline_id: int,
    heir_id: int,
    chosen: Mapping[int, int],
) -> PipelineGone:
    """Put it out of use; for what is raised, see `Pipelines.put_away`."""
    used = await uow.pipelines.hold_all()
    pipeline = among(used, pipeline_id)
    left = [one for one in used if one.id != pipeline_id]
    if not left:
        raise AppError("pipeline.last")
    heir = next((one for one in left if one.id == heir_id), None)
    before = await bring_away(uow, actor, now, pipeline, heir, chosen)
    changes: history.Changes = {"archived": (False, True), "position": (pipeline.position, None)}
    pipeline.archived_at = now
    number(left)
    if before:
        deals = [[one, *was] for one, was in before.items()]
        changes |= {"deals": (deals, len(deals)), "heir": (None, heir_id)}
    event = await record(uow, actor, now, pipeline_id, changes, Action.PIPELINE_ARCHIVE)
    await show_deals(uow, now, [*before], event)
    to = Ref(heir.id, heir.name) if heir is not None and before else None
    return PipelineGone(Ref(pipeline.id, pipeline.name), to, len(before), event)


async def undo(uow: UnitOfWork, actor: Actor, now: datetime, event_id: int) -> PipelineReturn:
    """Take it back; for what is raised, see `Pipelines.undo`."""
    used = await hold_room(uow)
    event = await uow.history.get(event_id)
    if event is None or event.actor_id != actor.person_id or "position" not in event.changes:
        raise AppError("bulk.gone")
    if now - event.at > UNDO:
        raise AppError("bulk.late")
    away = {one.id: one for one in await uow.pipelines.archived() if one.archived_at == event.at}
    pipeline = away.get(event.subject_id)
    if pipeline is None:
        raise AppError("bulk.gone")
    read_name(pipeline.name, [one.name for one in used])
    pipeline.archived_at = None
    used.insert(event.changes["position"][0], pipeline)
    number(used)
    await uow.pipelines.flush()
    before = _brought(event)
    there = [one for one in await uow.pipelines.stages(pipeline.id) if one.kind not in CLOSED_KINDS]
    deals = await bring_back(uow, actor, now, event, before, there)
    changes: history.Changes = {"archived": (True, False), "undone": (event_id, None)}
    done = await record(uow, actor, now, pipeline.id, changes, Action.PIPELINE_ARCHIVE)
    await show_deals(uow, now, deals, done)
    card = await pipeline_card(uow, actor, pipeline.id)
    return PipelineReturn(card, len(deals), len(before) - len(deals))


def _brought(event: Past) -> Before:
    return kept(event) if "deals" in event.changes else {}
