"""Tasks that repeat: how often, one turn left out, days off, and no more; and a turn that comes."""

from datetime import datetime

from db import models
from db.models import Task, Timer
from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import history, notices, reminders, task_turns
from services.access import NOBODY, Action, Actor
from services.clock import Clock
from services.dto.tasks import TaskCard
from services.errors import StaleError
from services.notices import NoticeKind, Priority
from services.task_cards import build_task_card
from services.task_changes import change, hold_open
from services.task_times import check_ahead
from services.understanding.recurrence import Recurrence

MISSED = "task.missed"


class TaskSeries:
    """The service of series; each method returns the fresh card of the turn that is open."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def repeat(self, actor: Actor, task_id: int, rule: Recurrence, at: datetime) -> TaskCard:
        """Let an open task come again and again by a rule, from the moment `at` on, or by another one.

        Raises `task.not_found`, `not_allowed`, `task.past`, `task.bad_time`, `task.done` (stale).
        """
        now = self._clock.now()
        check_ahead(at, now)
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            task, old = facts.task, facts.series
            series, first = await task_turns.begin(uow, actor, now, rule, at, task.assignee_id)
            changes: history.Changes = {
                "rule": (old.rule if old is not None and old.stopped_at is None else None, rule.data)
            }
            values = {"series_id": series, "due_at": first, "turn_at": first, "missed": 0}
            await change(uow, actor, now, Action.TASK_EDIT, facts, changes, values)
            if old is not None:
                await task_turns.end(uow, now, old.id)
            await reminders.disarm(uow, task_id, now)
            await reminders.arm(uow, task_id, task.version, first, now, ahead=task.ahead)
            await task_turns.wake(uow, now, task)
            return await build_task_card(uow, actor, task_id, now)

    async def stop(self, actor: Actor, task_id: int) -> TaskCard:
        """Let it come no more; this turn is still to be done, if it is open.

        Raises `task.not_found`, `not_allowed`, `task.repeats_not` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            series = _series(facts)
            changes: history.Changes = {"rule": (series.rule, None)}
            await change(uow, actor, now, Action.TASK_EDIT, facts, changes, {"missed": 0})
            await task_turns.end(uow, now, series.id)
            return await build_task_card(uow, actor, task_id, now)

    async def shift(self, actor: Actor, task_id: int, *, shift: bool) -> TaskCard:
        """Whether a turn on a day off comes on the next working day, from the next turn on.

        Raises `task.not_found`, `not_allowed`, `task.repeats_not` (stale), `task.done` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            series = _series(facts)
            if series.shift != shift:
                changes: history.Changes = {"shift": (series.shift, shift)}
                await change(uow, actor, now, Action.TASK_EDIT, facts, changes, {})
                await uow.task_series.change(series.id, shift=shift)
                await task_turns.wake(uow, now, facts.task)
            return await build_task_card(uow, actor, task_id, now)

    async def skip(self, actor: Actor, task_id: int) -> TaskCard:
        """Leave this turn out; returns the card of the next one.

        Raises `task.not_found`, `not_allowed`, `task.repeats_not` (stale), `task.done` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_DO)
            _series(facts)
            task = facts.task
            changes: history.Changes = {"skipped": (task.due_at.isoformat(), None)}
            values = {"dropped": True, "done_at": now}
            await change(uow, actor, now, Action.TASK_DO, facts, changes, values)
            await reminders.disarm(uow, task_id, now)
            turn = await task_turns.go_on(uow, actor, now, task)
            if turn is None:
                raise StaleError("task.repeats_not")
            return await build_task_card(uow, actor, turn.id, now)

    async def fire(self, timer: Timer) -> None:
        """A turn has come: if the one before it is still open, say so at that one, and wait for the next."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            turn = await uow.task_series.open_turn(timer.subject_id)
            if turn is None or not await uow.task_series.miss(turn.id):
                return
            await self._tell(uow, timer, turn, now)
            await task_turns.wake(uow, now, turn)

    async def _tell(self, uow: UnitOfWork, timer: Timer, turn: Task, now: datetime) -> None:
        changes: history.Changes = {"missed": (turn.missed - 1, turn.missed)}
        event = await history.record(uow, NOBODY, now, MISSED, "task", turn.id, changes)
        await notices.refresh_cards(uow, now, "task", turn.id, event)
        person = await uow.people.get(turn.assignee_id)
        if person is not None and turn.due_at <= now and turn.handed_in_at is None:
            places, params = [notices.private(person)], {"id": turn.id}
            kind, urgent = NoticeKind.TASK_DUE, Priority.REMINDER
            await notices.send(uow, now, places, kind, timer.dedupe, dict(params), priority=urgent)


def _series(facts: TaskFacts) -> models.TaskSeries:
    if facts.series is None or facts.series.stopped_at is not None:
        raise StaleError("task.repeats_not")
    return facts.series
