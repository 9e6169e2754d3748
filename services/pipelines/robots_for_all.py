"""Robots where many deals come to a stage at once: the same tasks, counted for each doer."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services import history, reminders
from services.access import Action, Actor
from services.calendars import own_calendar
from services.pipelines.robots import Doer, Robot, robots_of
from services.work_calendar import WorkCalendar


class _Doers:
    """Whose the tasks are, and when they work; each is looked up once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._people: dict[int, Person | None] = {}
        self._heads: dict[int, list[Person]] = {}
        self._calendars: dict[int, WorkCalendar] = {}

    async def of(self, deal: Deal, doer: Doer) -> Person | None:
        """As `robots.set_tasks` has it: of one kind, else of the other, else nobody."""
        if deal.owner_id is not None and deal.owner_id not in self._people:
            self._people[deal.owner_id] = await self._uow.people.get(deal.owner_id)
        if deal.department_id not in self._heads:
            self._heads[deal.department_id] = list(await self._uow.people.heads(deal.department_id))
        owner = self._people.get(deal.owner_id) if deal.owner_id is not None else None
        owners = [owner] if owner is not None and owner.status == "active" else []
        heads = self._heads[deal.department_id]
        return next(iter([*heads, *owners] if doer is Doer.HEAD else [*owners, *heads]), None)

    async def due(self, robot: Robot, person: Person, now: datetime) -> datetime:
        """When somebody has to be done with it."""
        if person.id not in self._calendars:
            self._calendars[person.id] = await own_calendar(self._uow, person.id, person.time_zone)
        return robot.due(self._calendars[person.id], now)


async def set_for_all(
    uow: UnitOfWork, actor: Actor, now: datetime, deals: Sequence[Deal], stage: Stage
) -> tuple[dict[int, list[int]], Counter[int]]:
    """Set what a stage asks of these deals; returns the tasks by deal, and how many each person got.

    What is still to do for a deal in the same words is not set twice.
    """
    robots = robots_of(stage)
    if not robots or not deals:
        return {}, Counter()
    known = {(task.deal_id, task.text) for task in await uow.bulk.open_tasks([deal.id for deal in deals])}
    doers = _Doers(uow)
    rows: list[dict[str, object]] = []
    for deal in deals:
        for robot in robots:
            person = await doers.of(deal, robot.doer) if (deal.id, robot.text) not in known else None
            if person is not None:
                due_at = await doers.due(robot, person, now)
                rows.append(
                    {
                        "text": robot.text,
                        "due_at": due_at,
                        "assignee_id": person.id,
                        "author_id": None,
                        "deal_id": deal.id,
                        "created_at": now,
                    }
                )
    return await _insert(uow, actor, now, rows)


async def _insert(
    uow: UnitOfWork, actor: Actor, now: datetime, rows: list[dict[str, object]]
) -> tuple[dict[int, list[int]], Counter[int]]:
    made: dict[int, list[int]] = {}
    given: Counter[int] = Counter()
    told: dict[int, history.Changes] = {}
    dues: dict[int, datetime] = {}
    for task, deal, person, due_at in await uow.tasks.insert_many(rows):
        made.setdefault(deal or 0, []).append(task)
        given[person] += 1
        dues[task] = due_at
        told[task] = {"due_at": (None, due_at.isoformat())}
    await reminders.arm_new(uow, dues, now)
    await history.consequences(uow, actor, now, Action.TASK_CREATE, "task", told)
    return made, given
