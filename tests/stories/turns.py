"""A task that repeats, for the kill tests: its turns come one by one, whatever dies in between."""

from datetime import timedelta

from sqlalchemy import select, tuple_

from db.models import Task, Timer
from keyboards.task_data import TaskDoneCb
from services.timers import TimerKind
from services.understanding.recurrence import Recurrence, Unit
from tests.cast import actor_of
from tests.stories.company import Check, Company


async def a_task_comes_again(company: Company, n: int) -> Check:
    """Its next turn comes while Anna still has the last one to do; then she does it."""
    world = company.world
    anna = await actor_of(world.services, "anna")
    at = world.clock.now() + timedelta(minutes=1)
    task = await world.services.tasks.create(anna, f"Report {n}", at, None, Recurrence(Unit.DAY))
    [(series,)] = await world.rows(select(Task.series_id).where(Task.id == task.id))
    world.clock.turn(days=1, minutes=2)
    await company.press("anna", TaskDoneCb(task_id=task.id).pack())

    async def check() -> None:
        turns = [row[0] for row in await world.rows(select(Task).where(Task.series_id == series))]
        assert sorted(turn.done_at is None for turn in turns) == [False, True]
        (after,) = (turn for turn in turns if turn.done_at is None)
        assert after.turn_at == after.due_at > world.clock.now()
        assert await company.count("task.do", task.id) == 1
        its = tuple_(Timer.subject, Timer.subject_id).in_((("task", after.id), ("series", series)))
        waits = await world.rows(select(Timer.kind).where(Timer.state == "new", its))
        assert sorted(kind for (kind,) in waits) == [TimerKind.TASK_REMIND, TimerKind.TASK_TURN]
        await world.services.series.stop(anna, after.id)
        await world.services.tasks.done(anna, after.id)

    return check
