"""Tasks that are deleted, and brought back by whoever deleted them."""

from datetime import datetime

from db.repositories.history import Past
from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import history, reminders, task_turns
from services.access import Action, Actor, StageKind
from services.clock import Clock
from services.dto.task_hands import DroppedTask
from services.dto.tasks import TaskCard
from services.errors import NotFoundError, StaleError
from services.rows import access_task, require_at_hand, task_deeds
from services.task_cards import build_task_card
from services.task_changes import change


class TaskDeleting:
    """The service of deleting tasks; the row stays, so that nothing else ever gets its id."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def drop(self, actor: Actor, task_id: int) -> DroppedTask:
        """Delete a task, with all its further turns. Raises `task.not_found`, `not_allowed`, `stale`."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_DELETE)
            card = await build_task_card(uow, actor, task_id, now)
            changes: history.Changes = {"due_at": (facts.task.due_at.isoformat(), None)}
            series = facts.series
            if series is not None and series.stopped_at is None:
                changes["series_id"] = (series.id, None)
            values = {"dropped": True, "dropped_at": now, "done_at": facts.task.done_at or now}
            event = await change(uow, actor, now, Action.TASK_DELETE, facts, changes, values)
            await reminders.disarm(uow, task_id, now)
            if series is not None and series.stopped_at is None:
                await task_turns.end(uow, now, series.id)
            return DroppedTask(card, event)

    async def bring_back(self, actor: Actor, task_id: int, event_id: int) -> TaskCard:
        """Take the actor's own deleting back: the task is as it was, and goes on to repeat.

        Raises `task.not_found`, `not_allowed`, `deal.archived` if its deal is, and `stale` where it was not
        they who deleted it last, or where it is back already.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await uow.task_facts.get(task_id, dropped=True)
            event = await uow.history.get(event_id)
            if facts is None:
                await access_task(uow, actor, task_id, Action.TASK_DELETE)
                raise StaleError
            if Action.TASK_DELETE not in task_deeds(actor, facts) or not _is_own(event, actor, task_id):
                raise NotFoundError("task")
            assert event is not None
            last = await uow.history.last_of("task", task_id, 1)
            if last[0][0].id != event_id:
                raise StaleError
            await put_back(uow, actor, now, facts, event)
            return await build_task_card(uow, actor, task_id, now)

    async def words(self, actor: Actor, task_id: int, event_id: int) -> str | None:
        """What a task says that somebody else deleted, or took from the actor, by this event; None for one
        that is back or that the actor was not to know of."""
        async with self._db.read() as uow:
            event = await uow.history.get(event_id)
            if event is None or (event.subject, event.subject_id) != ("task", task_id):
                return None
            if event.action == Action.TASK_DELETE:
                facts = await uow.task_facts.get(task_id, dropped=event.changes["due_at"][1] is None)
                seen = facts is not None and Action.TASK_VIEW in task_deeds(actor, facts)
                return facts.task.text if facts is not None and seen else None
            facts = await uow.task_facts.get(task_id)
            if facts is None or event.changes.get("owner_id", [None])[0] != actor.person_id:
                return None
            return facts.task.text if facts.task.assignee_id != actor.person_id else None


async def put_back(uow: UnitOfWork, actor: Actor, now: datetime, facts: TaskFacts, event: Past) -> None:
    """Let a task be as it was before this deletion; whose doer has left, that is the actor's now.

    Of a lead that has become a deal it goes on with that. Raises `stale`, also where a loss has ended what it
    was for, and `deal.archived` if its deal is.
    """
    task = facts.task
    if facts.deal is not None:
        require_at_hand(facts.deal, Action.TASK_DELETE)
    was_done = task.done_by is not None
    if not was_done and _is_lost(facts):
        raise StaleError
    values: dict[str, object] = {
        "dropped": False,
        "dropped_at": None,
        "done_at": task.done_at if was_done else None,
    }
    changes: history.Changes = {"due_at": (None, task.due_at.isoformat())}
    if not was_done and not await uow.people.stays(task.assignee_id):
        values["assignee_id"] = actor.person_id
        changes["owner_id"] = (task.assignee_id, actor.person_id)
    if not was_done and facts.deal is None and facts.lead is not None:
        values["deal_id"] = await uow.leads.deal_of(facts.lead.id)
    await change(uow, actor, now, Action.TASK_DELETE, facts, changes, values)
    if "series_id" in event.changes and facts.series is not None:
        await uow.task_series.change(facts.series.id, stopped_at=None)
        turn = await uow.task_series.open_turn(facts.series.id)
        if turn is not None:
            await task_turns.wake(uow, now, turn, f"back {event.id}")
    if not was_done and task.handed_in_at is None and task.due_at > now:
        await reminders.arm(uow, task.id, task.version, task.due_at, now, ahead=task.ahead)


def _is_lost(facts: TaskFacts) -> bool:
    lost = facts.stage is not None and facts.stage.kind == StageKind.LOST
    return lost or (facts.lead is not None and facts.lead.status == "rejected")


def is_deletion(event: Past, task_id: int) -> bool:
    """Whether somebody deleted this task by hand by it, or it ended with what it was for."""
    return (event.subject, event.subject_id, event.action) == (
        "task",
        task_id,
        Action.TASK_DELETE,
    ) and event.changes.get("due_at", [None])[0] is not None


def _is_own(event: Past | None, actor: Actor, task_id: int) -> bool:
    """Whether it is the actor's own deleting of this task."""
    return event is not None and event.actor_id == actor.person_id and is_deletion(event, task_id)
