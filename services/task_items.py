"""Checklists: the items of a task, each to be ticked, perhaps by somebody else than who does the task."""

from collections.abc import Iterable
from datetime import datetime

from db.models import TaskItem
from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.clock import Clock
from services.dto.common import Ref
from services.dto.task_hands import ItemHeirs
from services.dto.tasks import Checklist, Item
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.notices import NoticeKind
from services.rows import access_task, task_deeds
from services.task_cards import build_task_card
from services.task_changes import hold_open, tell
from services.task_giving import receiver, receivers
from services.understanding.fold import clean_line

LIMIT = 200
MOST = 30
PAGE = 8


class TaskItems:
    """The service of checklists; items have no items of their own."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of(self, actor: Actor, task_id: int) -> Checklist:
        """The checklist of a task. Raises `task.not_found`."""
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_VIEW)
            return await self._list(uow, actor, facts)

    async def add(self, actor: Actor, task_id: int, lines: str) -> Checklist:
        """One item for each line that says anything.

        Raises `task.not_found`, `not_allowed`, `task.done` (stale), `item.empty`, `item.too_long`,
        `item.too_many`.
        """
        texts = _texts(lines.splitlines())
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            if facts.task.items + len(texts) > MOST:
                raise AppError("item.too_many", limit=MOST)
            await uow.task_items.add_all(task_id, texts, now)
            # The words stay out of the history: they may name a client.
            await _tell(uow, actor, now, Action.TASK_EDIT, facts, {"items": (0, len(texts))})
            return await self._list(uow, actor, facts)

    async def tick(self, actor: Actor, task_id: int, item_id: int, *, done: bool) -> Checklist:
        """An item of an open task is done, or it is not; whoever has only an item may tick that one alone.

        Whoever does the task is told what others have done of it.

        Raises `task.not_found`, `not_allowed`, `item.not_found`, `task.done` and `item.ticked` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_TICK)
            item = await _hold(uow, task_id, item_id)
            if not _may_tick(actor, facts, item):
                raise ForbiddenError
            if not await uow.task_items.tick(item, now if done else None, actor.person_id if done else None):
                raise StaleError("item.ticked")
            event = await _tell(uow, actor, now, Action.TASK_TICK, facts, {"item": (not done, done)})
            doer = await uow.people.get(facts.task.assignee_id) if done else None
            if doer is not None and doer.id != actor.person_id:
                params: dict[str, object] = {"id": task_id, "item": item.id, "by": actor.name}
                kind, key = NoticeKind.TASK_ITEM_DONE, f"item_done:{item.id}:{event}"
                await notices.send(uow, now, [notices.private(doer)], kind, key, params)
            return await self._list(uow, actor, facts)

    async def rephrase(self, actor: Actor, task_id: int, item_id: int, text: str) -> Checklist:
        """Other words for an item.

        Raises `task.not_found`, `not_allowed`, `item.not_found`, `item.empty`, `item.too_long`,
        `task.done` (stale).
        """
        (text, *_) = _texts([" ".join(text.split())])
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            item = await _hold(uow, task_id, item_id)
            if item.text != text:
                await uow.task_items.change(item, text=text)
                await _tell(uow, actor, now, Action.TASK_EDIT, facts, {"item_text": (True, True)})
            return await self._list(uow, actor, facts)

    async def remove(self, actor: Actor, task_id: int, item_id: int) -> Checklist:
        """Take an item off. Raises `task.not_found`, `not_allowed`, `item.not_found`, `task.done` (stale)."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            item = await _hold(uow, task_id, item_id)
            await uow.task_items.remove(item)
            await _tell(uow, actor, now, Action.TASK_EDIT, facts, {"items": (1, 0)})
            return await self._list(uow, actor, facts)

    async def heirs(self, actor: Actor, task_id: int, item_id: int, page: int = 0) -> ItemHeirs:
        """Who may do an item: whom the actor may give tasks to.

        Raises `task.not_found`, `not_allowed`, `item.not_found`.
        """
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_GIVE)
            item = await _hold(uow, task_id, item_id)
            found = await receivers(uow, actor)
            people = await uow.colleagues.page(
                found.departments, facts.task.assignee_id, None, page * PAGE, PAGE + 1, found.below
            )
            return ItemHeirs(
                task_id=task_id,
                item=Ref(item.id, item.text),
                people=tuple(Ref(person.id, person.name) for person in people[:PAGE]),
                page=page,
                more=len(people) > PAGE,
            )

    async def give(self, actor: Actor, task_id: int, item_id: int, person_id: int) -> Checklist:
        """Let somebody else do an item, who is told; 0: whoever does the task.

        Raises `task.not_found`, `not_allowed`, `item.not_found`, `employee.not_found`, `task.done` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_GIVE)
            item = await _hold(uow, task_id, item_id)
            heir = None
            if person_id not in (0, facts.task.assignee_id):
                heir = await receiver(uow, actor, facts.task.assignee_id, person_id)
            new = heir.id if heir is not None else None
            if item.assignee_id != new:
                changes: history.Changes = {"helper_id": (item.assignee_id, new)}
                await uow.task_items.change(item, assignee_id=new)
                event = await _tell(uow, actor, now, Action.TASK_GIVE, facts, changes)
                if heir is not None and heir.id != actor.person_id:
                    params: dict[str, object] = {"id": task_id, "item": item.id, "by": actor.name}
                    kind, key = NoticeKind.TASK_ITEM_GIVEN, f"item_given:{item.id}:{event}"
                    await notices.send(uow, now, [notices.private(heir)], kind, key, params)
            return await self._list(uow, actor, facts)

    async def _list(self, uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> Checklist:
        now = self._clock.now()
        card = await build_task_card(uow, actor, facts.task.id, now)
        rows = await uow.task_items.of(facts.task.id)
        return Checklist(
            card,
            tuple(
                Item(
                    id=item.id,
                    text=item.text,
                    assignee=Ref(item.assignee_id, name) if item.assignee_id is not None and name else None,
                    done_at=item.done_at,
                    mine=card.done_at is None and _may_tick(actor, facts, item),
                )
                for item, name in rows
            ),
        )


async def _tell(
    uow: UnitOfWork, actor: Actor, now: datetime, action: Action, facts: TaskFacts, changes: history.Changes
) -> int:
    """Record the event; whoever changes a checklist has it before them."""
    return await tell(uow, actor, now, action, facts, changes, shown="checklist")


def _texts(lines: Iterable[str]) -> list[str]:
    """What the lines say, without the marks that lists are written with."""
    texts = [clean_line(line.strip(" \t-–—•*☐☑·"), LIMIT + 1) for line in lines]
    texts = [text for text in texts if text]
    if not texts:
        raise AppError("item.empty")
    if max(map(len, texts)) > LIMIT:
        raise AppError("item.too_long", limit=LIMIT)
    if len(texts) > MOST:
        raise AppError("item.too_many", limit=MOST)
    return texts


async def _hold(uow: UnitOfWork, task_id: int, item_id: int) -> TaskItem:
    item = await uow.task_items.get(task_id, item_id)
    if item is None:
        raise NotFoundError("item")
    return item


def _may_tick(actor: Actor, facts: TaskFacts, item: TaskItem) -> bool:
    return Action.TASK_DO in task_deeds(actor, facts) or item.assignee_id == actor.person_id
