"""Watchers: colleagues who are told of a task that they neither set nor do."""

from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import notices
from services.access import Action, Actor
from services.clock import Clock
from services.dto.common import Ref
from services.dto.task_hands import Watchers
from services.errors import ForbiddenError, NotFoundError
from services.notices import NoticeKind
from services.rows import access_task, task_deeds
from services.task_cards import build_task_card
from services.task_changes import tell

PAGE = 8


class TaskWatchers:
    """The service of watchers: oneself by anybody who sees the task, others by its author and heads."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of(self, actor: Actor, task_id: int) -> Watchers:
        """Who watches a task. Raises `task.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_WATCH)
            return await self._list(uow, actor, facts)

    async def candidates(self, actor: Actor, task_id: int, page: int = 0) -> Watchers:
        """The same, with who could watch it, too. Raises `task.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_WATCH)
            if not _may_manage(actor, facts):
                raise ForbiddenError
            return await self._list(uow, actor, facts, page)

    async def watch(self, actor: Actor, task_id: int, person_id: int, *, watches: bool) -> Watchers:
        """From now on somebody watches a task, or no more; asked twice, it changes once.

        A colleague who is to watch it is told. Raises `task.not_found`, `not_allowed`, `employee.not_found`.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_WATCH)
            if person_id != actor.person_id and not _may_manage(actor, facts):
                raise ForbiddenError
            person = await uow.colleagues.one(None, 0, person_id)
            if person is None or (watches and not await uow.people.stays(person.id)):
                raise NotFoundError("employee")
            switch = uow.task_watchers.begin if watches else uow.task_watchers.remove
            if await switch(task_id, person.id):
                pair = (None, person.id) if watches else (person.id, None)
                event = await tell(uow, actor, now, Action.TASK_WATCH, facts, {"watcher_id": pair})
                if watches and person.id != actor.person_id:
                    news = {
                        "id": task_id,
                        "by": actor.name,
                        "news": "watcher_id",
                        "was": None,
                        "now": person.id,
                    }
                    key, kind = f"task_watched:{task_id}:{event}", NoticeKind.TASK_NEWS
                    await notices.send(uow, now, [notices.private(person)], kind, key, news)
            return await self._list(uow, actor, facts)

    async def _list(
        self, uow: UnitOfWork, actor: Actor, facts: TaskFacts, page: int | None = None
    ) -> Watchers:
        task = facts.task
        people = await uow.task_watchers.of(task.id)
        known = {person.id for person in people} | {task.assignee_id, task.author_id}
        others: list[Ref] = []
        if page is not None:
            found = await uow.colleagues.page(None, 0, None, page * PAGE, PAGE + 1)
            others = [Ref(person.id, person.name) for person in found]
        return Watchers(
            task=await build_task_card(uow, actor, task.id, self._clock.now()),
            people=tuple(Ref(person.id, person.name) for person in people),
            watches=actor.person_id in {person.id for person in people},
            manages=_may_manage(actor, facts),
            others=tuple(one for one in others[:PAGE] if one.id not in known),
            page=page or 0,
            more=len(others) > PAGE,
        )


def _may_manage(actor: Actor, facts: TaskFacts) -> bool:
    author = facts.task.author_id == actor.person_id
    return author or Action.TASK_ASSIGN in task_deeds(actor, facts)
