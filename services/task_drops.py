"""Tasks that end with their deal or lead, and that come back when its ending is taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from db.models import Task
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history, notices, reminders, task_turns
from services.access import Action, Actor
from services.dto.tasks import Link


async def drop_open(uow: UnitOfWork, actor: Actor, now: datetime, link: Link) -> list[int]:
    """Drop what was still to do for a deal or lead that ends; each task keeps it in its own history."""
    return await _drop(uow, actor, now, await uow.tasks.open_for(link.subject, link.id, held=True))


async def drop_these(uow: UnitOfWork, actor: Actor, now: datetime, ids: Collection[int]) -> list[int]:
    """The same of those of these tasks that are open."""
    return await _drop(uow, actor, now, await uow.tasks.open_among(ids))


async def drop_of(
    uow: UnitOfWork, actor: Actor, now: datetime, tasks: Sequence[Task]
) -> dict[int, list[int]]:
    """Drop open tasks of many deals that end; returns them by deal."""
    dropped: dict[int, list[int]] = {}
    for task in tasks:
        if task.deal_id is not None:
            dropped.setdefault(task.deal_id, []).append(task.id)
    await _drop(uow, actor, now, tasks)
    return dropped


async def drop_set(uow: UnitOfWork, actor: Actor, now: datetime, deal_id: int, move: Past) -> list[int]:
    """Drop what a move has set by itself and nobody has done yet: the move is taken back."""
    ids = set(move.changes.get("robots", [[], []])[1])
    tasks = await uow.tasks.open_for("deal", deal_id, held=True) if ids else ()
    return await _drop(uow, actor, now, [task for task in tasks if task.id in ids])


async def _drop(uow: UnitOfWork, actor: Actor, now: datetime, tasks: Sequence[Task]) -> list[int]:
    ids = [task.id for task in tasks]
    if ids:
        await uow.tasks.set_dropped(ids, now)
        await _tell(uow, actor, now, [(task, (task.due_at.isoformat(), None)) for task in tasks])
        await reminders.disarm_all(uow, ids, now)
    for task in tasks:
        if task.series_id is not None:
            await task_turns.forget(uow, now, task.series_id)
    return ids


async def bring_back(uow: UnitOfWork, actor: Actor, now: datetime, ending: Past) -> list[int]:
    """Bring back what an ending dropped, with the reminders that are still ahead."""
    return await bring_back_of(uow, actor, now, ending.changes.get("tasks", [[], []])[0], ending.at)


async def bring_back_of(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    dropped: Sequence[int],
    at: datetime,
    of: Collection[int] | None = None,
) -> list[int]:
    """The same of tasks that were dropped at a moment; `of`: only those of these deals."""
    tasks = await uow.tasks.dropped_at(dropped, at) if dropped else []
    if of is not None:
        tasks = [task for task in tasks if task.deal_id in of]
    ids = [task.id for task in tasks]
    if ids:
        await uow.tasks.set_dropped(ids, None)
        await _tell(uow, actor, now, [(task, (None, task.due_at.isoformat())) for task in tasks])
    for task in tasks:
        if task.due_at > now:
            await reminders.arm(uow, task.id, task.version + 1, task.due_at, now, ahead=task.ahead)
        await task_turns.wake(uow, now, task, task.version + 1)
    return ids


def changes_of(dropped: list[int], back: list[int]) -> history.Changes:
    """What the history of the deal or lead keeps of it."""
    return {"tasks": (dropped, back)} if dropped or back else {}


def ids_in(changes: history.Changes) -> list[int]:
    """The tasks of which `changes_of` has spoken."""
    sides = changes.get("tasks", ([], []))
    return [one for side in sides if isinstance(side, list) for one in side]


async def refresh(uow: UnitOfWork, now: datetime, ids: list[int], event: int) -> None:
    """Bring the cards of these tasks up to date, once the event that caused it is recorded."""
    await notices.refresh_all(uow, now, "task", ids, event)


async def _tell(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    changed: list[tuple[Task, tuple[str | None, str | None]]],
) -> None:
    """Each task keeps in its own history that it was dropped or came back."""
    changes: dict[int, history.Changes] = {task.id: {"due_at": pair} for task, pair in changed}
    await history.consequences(uow, actor, now, Action.TASK_DELETE, "task", changes)
