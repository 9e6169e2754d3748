"""My day: what is to be done now, and what nobody has planned."""

from datetime import datetime

from db.uow import Database, UnitOfWork
from services.access import Action, Actor, Reach, require, scope
from services.clock import Clock
from services.distribution.presence import Presence, Said, said_by
from services.dto.common import Page, Ref
from services.dto.task_lists import DayCard, LateTask, LateTasks, MyItem, MyTasks, Which
from services.followup.steps import step_limits
from services.task_lines import placed_line, placed_lines
from services.understanding.moments import midnights

PAGE = 6
ITEMS = 5
"""So many items of others' checklists are listed."""
LINES = 8
"""A line of the list of all tasks has one button, so that more of them fit."""


class MyDay:
    """The service of the day, in the actor's own time zone."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def day(self, actor: Actor, page: int = 0) -> DayCard:
        """One's overdue tasks and today's, and counts of everything else that waits."""
        require(actor, Action.MY_DAY)
        now = self._clock.now()
        midnight, next_midnight = midnights(now, actor.zone)
        async with self._db.read() as uow:
            counts = await uow.workday.counts(actor.person_id, now, midnight, next_midnight)
            page = min(page, max(0, counts.overdue + counts.today - 1) // PAGE)
            tasks = await uow.workday.placed_tasks(actor.person_id, now, midnight, page * PAGE, PAGE + 1)
            return DayCard(
                today=now.astimezone(actor.zone).date(),
                overdue=counts.overdue,
                due=counts.today,
                tomorrow=counts.tomorrow,
                tasks=tuple(placed_line(actor, task, place, now) for task, place in tasks[:PAGE]),
                page=page,
                more=len(tasks) > PAGE,
                adrift=await _adrift(uow, actor, now),
                free_leads=await uow.leads.count_free(scope(actor, Action.LEAD_VIEW)),
                team_late=await _team_late(uow, actor, now),
                watches=actor.may(Action.TASK_ASSIGN),
                waiting=counts.waiting,
                away=await _away(uow, actor, now),
                items=await _items(uow, actor) if page == 0 else (),
            )

    async def mine(self, actor: Actor, page: int = 0, which: Which = Which.MINE) -> MyTasks:
        """All that one has to do, personal ones too, or watches, or has set: overdue, today's, later."""
        require(actor, Action.MY_DAY)
        now = self._clock.now()
        midnight, _ = midnights(now, actor.zone)
        async with self._db.read() as uow:
            skip = page * LINES
            tasks = await uow.workday.open_tasks(which, actor.person_id, now, midnight, skip, LINES + 1)
            lines = await placed_lines(uow, actor, tasks[:LINES], now)
            items = await _items(uow, actor) if which is Which.MINE and page == 0 else ()
            return MyTasks(which, lines, midnight, page, more=len(tasks) > LINES, items=items)

    async def adrift(self, actor: Actor, after: int | None = None) -> Page[Ref]:
        """One's deals in work without a next step, the oldest first; `after` is the last page's key."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            steps = await step_limits(uow, self._clock.now())
            deals = await uow.workday.adrift(actor.person_id, steps, after, PAGE + 1)
            items = tuple(Ref(deal.id, deal.title) for deal in deals[:PAGE])
            return Page(items, items[-1].id if len(deals) > PAGE else None)

    async def team_late(self, actor: Actor, page: int = 0) -> LateTasks:
        """Overdue tasks of the people whom the actor heads, the longest due first."""
        require(actor, Action.TASK_ASSIGN)
        now = self._clock.now()
        async with self._db.read() as uow:
            late = await uow.workday.late(
                scope(actor, Action.TASK_ASSIGN), actor.person_id, now, page * PAGE, PAGE + 1
            )
            tasks = await placed_lines(uow, actor, [task for task, _ in late[:PAGE]], now)
            lines = tuple(LateTask(task, name) for task, (_, name) in zip(tasks, late, strict=False))
            return LateTasks(lines, page, more=len(late) > PAGE)


async def _items(uow: UnitOfWork, actor: Actor) -> tuple[MyItem, ...]:
    return tuple(MyItem(*found) for found in await uow.task_items.given_to(actor.person_id, ITEMS))


async def _adrift(uow: UnitOfWork, actor: Actor, now: datetime) -> int:
    if not actor.reach(Action.DEAL_VIEW) & (Reach.OWN | Reach.ALL):
        return 0
    return await uow.workday.count_adrift(actor.person_id, await step_limits(uow, now))


async def _team_late(uow: UnitOfWork, actor: Actor, now: datetime) -> int:
    if not actor.may(Action.TASK_ASSIGN):
        return 0
    return await uow.workday.count_late(scope(actor, Action.TASK_ASSIGN), actor.person_id, now)


async def _away(uow: UnitOfWork, actor: Actor, now: datetime) -> Said | None:
    person = await uow.people.get(actor.person_id) if actor.may(Action.SHIFT_SET) else None
    if person is None:
        return None
    said = said_by(person).at(now)
    return said if said.presence(now, is_open=True) is not Presence.HERE else None
