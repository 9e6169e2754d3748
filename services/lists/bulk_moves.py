"""Many deals moved at once: what a move does to one, by few statements for all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.models import Deal, Stage
from db.uow import UnitOfWork
from services import history, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind, move_action
from services.followup.touches import touched
from services.lists.bulk_plan import Row
from services.pipelines import silence
from services.pipelines.robots_for_all import set_for_all


@dataclass(slots=True)
class Moved:
    """What came of it: of each deal what it was before, and its tasks."""

    before: dict[int, list[Any]] = field(default_factory=dict)
    """Version afterwards, stage, closing day and reason of loss before."""
    robots: dict[int, list[int]] = field(default_factory=dict)
    dropped: dict[int, list[int]] = field(default_factory=dict)
    given: Counter[int] = field(default_factory=Counter)


async def move_all(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    targets: Mapping[int, Stage],
    *,
    reasons: Mapping[int, int | None],
    closed: Mapping[int, Any] | None = None,
    undone: int | None = None,
) -> Moved:
    """Move deals that are held, each to its target by its id; the rights were asked for.

    `reasons`: why they are lost; `closed`: the days on which they had been closed, if a closing is brought
    back; `undone`: the event that is taken back, after which no robots set tasks.
    """
    done = Moved()
    names = {one.id: one.name for one in await uow.pipelines.all()}
    today = now.astimezone(actor.zone).date()
    written, told = [], dict[int, tuple[Action, history.Changes]]()
    for deal, stage in rows:
        target, reason = targets[deal.id], reasons.get(deal.id)
        day = today if target.kind in CLOSED_KINDS else None
        if stage.kind == target.kind:
            day = deal.closed_on
        if closed is not None:
            day = closed.get(deal.id)
        done.before[deal.id] = [deal.version + 1, stage.id, _iso(deal.closed_on), deal.loss_reason_id]
        written.append(
            {
                "id": deal.id,
                "stage_id": target.id,
                "pipeline_id": target.pipeline_id,
                "stage_since": now,
                "closed_on": day,
                "loss_reason_id": reason,
                **touched(now, day),
            }
        )
        action = move_action(StageKind(stage.kind), StageKind(target.kind))
        told[deal.id] = action, _changes(deal, stage, target, reason, names)
    await uow.bulk.change(written)
    await _settle(uow, actor, now, rows, targets, done, robots=undone is None)
    await _tell(uow, actor, now, told, done, undone)
    return done


async def _settle(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    targets: Mapping[int, Stage],
    done: Moved,
    *,
    robots: bool,
) -> None:
    """A loss drops the tasks of its deals, a stage sets some, and begins to wait for silent clients."""
    by_target: dict[int, list[Deal]] = {}
    for deal, _ in rows:
        by_target.setdefault(targets[deal.id].id, []).append(deal)
    for deals in by_target.values():
        target = targets[deals[0].id]
        if target.kind == StageKind.LOST:
            tasks = await uow.bulk.open_tasks([deal.id for deal in deals])
            done.dropped |= await task_drops.drop_of(uow, actor, now, tasks)
        if robots:
            made, given = await set_for_all(uow, actor, now, deals, target)
            done.robots |= made
            done.given += given
        fresh = [deal for deal, _ in await uow.bulk.deals([deal.id for deal in deals], hold=True)]
        await silence.arm(uow, now, target, fresh)


async def _tell(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    told: Mapping[int, tuple[Action, history.Changes]],
    done: Moved,
    undone: int | None,
) -> None:
    """Each deal keeps in its own history what happened to it, as if it had been moved alone."""
    by_action: dict[Action, dict[int, history.Changes]] = {}
    for deal, (action, changes) in told.items():
        if undone is not None:
            changes["undone"] = (undone, None)
        if deal in done.robots:
            changes["robots"] = ([], done.robots[deal])
        changes |= task_drops.changes_of(done.dropped.get(deal, []), [])
        by_action.setdefault(action, {})[deal] = changes
    for action, theirs in by_action.items():
        await history.consequences(uow, actor, now, action, "deal", theirs)


def _changes(
    deal: Deal, stage: Stage, target: Stage, reason: int | None, names: Mapping[int, str]
) -> history.Changes:
    changes: history.Changes = {"stage_id": (stage.id, target.id), "stage": (stage.name, target.name)}
    if deal.loss_reason_id != reason:
        changes["loss_reason_id"] = (deal.loss_reason_id, reason)
    if deal.pipeline_id != target.pipeline_id:
        changes["pipeline_id"] = (deal.pipeline_id, target.pipeline_id)
        changes["pipeline"] = (names.get(deal.pipeline_id), names.get(target.pipeline_id))
    return changes


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
