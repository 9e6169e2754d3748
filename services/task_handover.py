"""Many tasks of a colleague given to others at once: planned, done in one go, and taken back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from db.models import Person, Task
from db.uow import Database, UnitOfWork
from services import history, notices, task_deals
from services import task_handover_news as news
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.task_hands import Choosing, Heirs, TasksHandover
from services.errors import AppError, NotFoundError, StaleError
from services.staff import reached
from services.task_giving import receiver, receivers
from services.task_lines import placed_lines
from services.understanding.moments import at_local

PAGE = 8
MOST = 200
"""So many tasks change hands at once: all in one transaction."""


class TaskHandover:
    """The service of tasks that change hands together; for those who watch over them, never personal ones."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def choosing(
        self, actor: Actor, person_id: int, chosen: Collection[int], page: int = 0
    ) -> Choosing:
        """Somebody's tasks to choose from, by due time. Raises `not_allowed`, `employee.not_found`."""
        now = self._clock.now()
        async with self._db.read() as uow:
            person, tasks = await _tasks(uow, actor, person_id)
            local = now.astimezone(actor.zone)
            shown = tasks[page * PAGE : (page + 1) * PAGE]
            return Choosing(
                person=Ref(person.id, person.name),
                tasks=await placed_lines(uow, actor, shown, now),
                chosen=frozenset(chosen) & {task.id for task in tasks},
                midnight=at_local(local.date() + timedelta(days=1), 0, local),
                page=page,
                more=len(tasks) > (page + 1) * PAGE,
            )

    async def gone(self, actor: Actor, event_id: int) -> TasksHandover | None:
        """What others have now of that which was the actor's until this handing over, or taking back; None
        if there is nothing of it, or it was not the actor's."""
        async with self._db.read() as uow:
            return await news.gone(uow, actor, self._clock.now(), event_id)

    async def ids(self, actor: Actor, person_id: int, *, late: bool) -> list[int]:
        """All of them, or the overdue ones. Raises `not_allowed`, `employee.not_found`."""
        before = self._clock.now() if late else None
        async with self._db.read() as uow:
            return [task.id for task in (await _tasks(uow, actor, person_id, before=before))[1]]

    async def heirs(
        self, actor: Actor, person_id: int, tasks: Collection[int], chosen: Collection[int], page: int = 0
    ) -> Heirs:
        """To whom they may go, by the owner's rule. Raises `not_allowed`, `employee.not_found`."""
        async with self._db.read() as uow:
            person, rows = await _tasks(uow, actor, person_id, tasks)
            found = await receivers(uow, actor)
            people = await uow.colleagues.page(
                found.departments, person.id, None, page * PAGE, PAGE + 1, found.below
            )
            return Heirs(
                person=Ref(person.id, person.name),
                tasks=len(rows),
                people=tuple(Ref(one.id, one.name) for one in people[:PAGE]),
                chosen=frozenset(chosen),
                page=page,
                more=len(people) > PAGE,
            )

    async def plan(
        self, actor: Actor, person_id: int, tasks: Collection[int], heirs: Sequence[int]
    ) -> TasksHandover:
        """What would go to whom: evenly, and what belongs to one deal, lead or client together; and of which
        tasks those who get them would not see the deal.

        Raises `not_allowed`, `employee.not_found`, `task.give_below`, `tasks.nothing`.
        """
        async with self._db.read() as uow:
            return (await self._plan(uow, actor, person_id, tasks, heirs))[0]

    async def hand_over(
        self, actor: Actor, person_id: int, tasks: Collection[int], heirs: Sequence[int], mark: int
    ) -> TasksHandover:
        """Do what was planned with all of them, or with none; each keeps it in its history, each heir and
        whoever had them are told once. By the mark `joining` of the plan they come to work on its deals, too.

        Raises as `plan`, and `stale` if the tasks are others by now than the plan of this `mark` had.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            plan, rows, joins = await self._plan(uow, actor, person_id, tasks, heirs, hold=True)
            if mark not in {plan.mark, plan.joining or plan.mark}:
                raise StaleError
            joins = joins if mark == plan.joining else []
            versions = {task.id: task.version + 1 for task in rows}
            told: dict[int, history.Changes] = {}
            kept: dict[str, list[list[int]]] = {}
            for heir, lines in plan.parts:
                ids = [line.id for line in lines]
                await uow.team_tasks.give(ids, heir.id)
                told |= {one: {"owner_id": (person_id, heir.id)} for one in ids}
                kept[str(heir.id)] = [[one, versions[one]] for one in ids]
            changes: history.Changes = {"tasks_given": (kept, None)}
            if joins:
                changes["joined"] = ([[deal.id, heir.id] for deal, heir in joins], None)
            event = await history.record(uow, actor, now, Action.TASK_GIVE, "person", person_id, changes)
            await history.consequences(uow, actor, now, Action.TASK_GIVE, "task", told)
            await notices.refresh_all(uow, now, "task", [*told], event)
            await task_deals.join(uow, actor, now, joins, event)
            for heir, lines in plan.parts:
                await news.tell(uow, actor, now, heir.id, person_id, [line.id for line in lines], event)
            await news.tell_gone(uow, actor, now, person_id, event)
            into = {deal.id for deal, _ in joins}
            left = plan.blind - {task.id for task in rows if task.deal_id in into}
            return replace(plan, event=event, blind=left)

    async def take_back(self, actor: Actor, person_id: int, event_id: int) -> TasksHandover:
        """Give back what the actor has handed over, as far as nobody has touched it since; all are told.
        Who came to work on a deal with it goes, unless something is left for them to do there.

        Raises `not_allowed`, and `tasks.gone` if nothing of it is left, or the event is not the actor's own.
        """
        require(actor, Action.TASK_ASSIGN)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            event, person = await uow.history.get(event_id), await uow.people.get(person_id)
            mine = event is not None and (event.actor_id, event.subject_id) == (actor.person_id, person_id)
            if event is None or person is None or not mine or "tasks_given" not in event.changes:
                raise AppError("tasks.gone")
            if not await uow.people.stays(person.id):
                raise AppError("tasks.gone")
            told: dict[int, history.Changes] = {}
            losers = list[int]()
            for heir, pairs in sorted(event.changes["tasks_given"][0].items()):
                ids = await uow.team_tasks.given(dict(pairs), int(heir))
                await uow.team_tasks.give(ids, person.id)
                told |= {one: {"owner_id": (int(heir), person.id)} for one in ids}
                losers += [int(heir)] if ids else []
            if not told:
                raise AppError("tasks.gone")
            changes: history.Changes = {"tasks_back": (event.id, len(told))}
            undone = await history.record(uow, actor, now, Action.TASK_GIVE, "person", person.id, changes)
            await history.consequences(uow, actor, now, Action.TASK_GIVE, "task", told)
            await notices.refresh_all(uow, now, "task", [*told], undone)
            joined = dict(event.changes.get("joined", ((), None))[0])
            await task_deals.part(uow, actor, now, joined, undone)
            await news.tell(uow, actor, now, person.id, person.id, [*told], undone)
            for heir_id in losers:
                await news.tell_gone(uow, actor, now, heir_id, undone)
            lines = await placed_lines(uow, actor, await uow.tasks.open_of(person.id, [*told]), now)
            return TasksHandover(Ref(person.id, person.name), ((Ref(person.id, person.name), lines),))

    async def _plan(
        self,
        uow: UnitOfWork,
        actor: Actor,
        person_id: int,
        tasks: Collection[int],
        heirs: Sequence[int],
        *,
        hold: bool = False,
    ) -> tuple[TasksHandover, Sequence[Task], task_deals.Joins]:
        if not tasks or not heirs:
            raise AppError("tasks.nothing")
        person, rows = await _tasks(uow, actor, person_id, tasks, hold=hold)
        if not rows:
            raise AppError("tasks.nothing")
        people = [await receiver(uow, actor, person.id, one) for one in dict.fromkeys(heirs)]
        whose = divided(rows, [one.id for one in people])
        lines = await placed_lines(uow, actor, rows, self._clock.now())
        parts = tuple(
            (Ref(one.id, one.name), tuple(line for line in lines if whose[line.id] == one.id))
            for one in people
        )
        blind = await task_deals.blind(uow, rows, whose)
        unseen = [task for task in rows if task.id in blind]
        by_id = {one.id: one for one in people}
        newcomers = {task.id: by_id[whose[task.id]] for task in unseen}
        joins = await task_deals.joins(uow, actor, unseen, newcomers)
        said = ",".join(f"{task.id}.{task.version}.{whose[task.id]}" for task in rows)
        into = ",".join(f"{deal.id}.{heir.id}" for deal, heir in joins)
        plan = TasksHandover(
            person=Ref(person.id, person.name),
            parts=parts,
            mark=crc32(said.encode()),
            blind=blind,
            joins=len(joins),
            joining=crc32(f"{said} {into}".encode()) if joins else 0,
        )
        return plan, rows, joins


def divided(tasks: Sequence[Task], heirs: Sequence[int]) -> dict[int, int]:
    """Who gets which task: each group of one deal, lead or client whole, the largest first, to whoever has
    the fewest."""
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for task in tasks:
        place = (task.deal_id, task.lead_id, task.contact_id, task.company_id)
        groups[place if any(place) else (task.id,)].append(task.id)
    found: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for ids in sorted(groups.values(), key=lambda ids: (-len(ids), ids)):
        heir = min(heirs, key=lambda one: counts[one])
        counts[heir] += len(ids)
        found |= dict.fromkeys(ids, heir)
    return found


async def _tasks(
    uow: UnitOfWork,
    actor: Actor,
    person_id: int,
    ids: Collection[int] | None = None,
    *,
    before: datetime | None = None,
    hold: bool = False,
) -> tuple[Person, Sequence[Task]]:
    """Somebody's tasks that the actor watches over."""
    require(actor, Action.TASK_ASSIGN)
    places = reached(actor, Action.TASK_ASSIGN)
    person = await uow.people.get(person_id)
    rows = await uow.team_tasks.to_give(places, person_id, ids, before=before, hold=hold, limit=MOST)
    known = rows or await uow.colleagues.one(places, 0, person_id)
    if person is None or not known:
        raise NotFoundError("employee")
    return person, rows
