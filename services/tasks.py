"""Tasks: set, done, put off, given to somebody else."""

from datetime import datetime

from db.uow import Database
from services import history, notices, reminders, task_turns
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref, TaskLine
from services.dto.task_hands import TaskHeirs
from services.dto.tasks import Link, Linked, Seed, TaskCard
from services.errors import AppError, StaleError
from services.rows import access_task, require_at_hand, task_deeds
from services.task_acceptance import hand_in, waits_for_author
from services.task_cards import build_task_card, leads_on, link_of
from services.task_changes import change, checked_text, hold_open, hold_place
from services.task_giving import receiver, receivers
from services.task_lines import placed_lines
from services.task_making import make
from services.task_times import check_ahead
from services.understanding.colleagues import without_name
from services.understanding.importance import important
from services.understanding.recurrence import Recurrence

PAGE = 8


class OpenItemsError(AppError):
    """Items of the checklist of a task are open that is to be done; `left`: how many."""

    def __init__(self, left: int) -> None:
        super().__init__("task.items_open", left=left)
        self.left = left


class Tasks:
    """The service of tasks."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, task_id: int) -> TaskCard:
        """The card of a task, as the actor may see it. Raises `task.not_found`."""
        async with self._db.read() as uow:
            await access_task(uow, actor, task_id, Action.TASK_VIEW)
            return await build_task_card(uow, actor, task_id, self._clock.now())

    async def place(self, actor: Actor, link: Link) -> Linked:
        """A deal, lead or client for which the actor may set a task.

        Raises `deal.not_found`, `lead.not_found`, `contact.not_found`, `firm.not_found`, `not_allowed`, and
        `stale` for a lead that is closed.
        """
        async with self._db.read() as uow:
            return await hold_place(uow, actor, link)

    async def open_of(self, actor: Actor, ids: list[int]) -> tuple[TaskLine, ...]:
        """Those of these tasks that the actor still has to do, the longest due first."""
        require(actor, Action.TASK_VIEW)
        now = self._clock.now()
        async with self._db.read() as uow:
            return await placed_lines(uow, actor, await uow.tasks.open_of(actor.person_id, ids), now)

    async def create(
        self,
        actor: Actor,
        text: str,
        due_at: datetime,
        link: Link | None = None,
        rule: Recurrence | None = None,
        seed: Seed | None = None,
    ) -> TaskCard:
        """Set oneself a task, perhaps for a deal, lead or client; a reminder is set with it.

        Made of a message (`seed`) it leads back to that, keeps its file, and is the colleague's named there.

        One whose words say that it is important is marked so instead, but not by a message of somebody else.

        With a `rule` it comes again and again, first at `due_at` or at the next moment that the rule names.

        Raises `task.empty`, `task.too_long`, `task.past`, `task.bad_time`, what `place` raises, and for a
        colleague `task.give_heads`, `task.give_below`, `employee.not_found`.
        """
        require(actor, Action.TASK_CREATE)
        text, now = checked_text(text), self._clock.now()
        check_ahead(due_at, now)
        async with self._db.write(actor.cause) as uow:
            if link is not None:
                link = (await hold_place(uow, actor, link)).link
            high = False
            if seed is None or seed.said is None:
                text, high = important(text)
            task_id = await make(uow, actor, now, text, due_at, link, rule, seed, high=high)
            return await build_task_card(uow, actor, task_id, now)

    async def follow_up(self, actor: Actor, task_id: int, due_at: datetime) -> TaskCard:
        """After a task is done: the same once more, for what it belongs to. Set once, however often asked.

        Raises `task.not_found`, `not_allowed`, `task.past`, and `task.followed` (stale) if there is one.
        """
        now = self._clock.now()
        check_ahead(due_at, now)
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_DO)
            if not await leads_on(uow, actor, facts):
                raise StaleError
            if facts.task.done_at is None or await uow.tasks.follower(facts.task):
                raise StaleError("task.followed")
            # Of two who ask at once only one gets past this.
            if not await uow.tasks.change(task_id, facts.task.version):
                raise StaleError("task.followed")
            new_id = await make(uow, actor, now, facts.task.text, due_at, link_of(facts))
            return await build_task_card(uow, actor, new_id, now)

    async def done(self, actor: Actor, task_id: int, *, sure: bool = False, listed: bool = False) -> TaskCard:
        """It is done; one that repeats is set for its next turn. One that is to be accepted waits for that.

        `listed`: it was pressed in a list, so that cards of it in the actor's chat stand elsewhere.

        Raises `task.not_found`, `not_allowed`, `task.done` (stale) if it was already, and unless `sure`
        `OpenItemsError` while items of its checklist are open.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_DO)
            if facts.task.done_at is not None:
                raise StaleError("task.done")
            if facts.task.handed_in_at is not None:
                raise StaleError("task.handed_in")
            left, shown = facts.task.items - facts.task.items_done, None if listed else "task"
            if left and not sure:
                raise OpenItemsError(left)
            if waits_for_author(actor, facts):
                return await hand_in(uow, actor, now, facts, left, shown)
            changes: history.Changes = {"done": (False, True)}
            if left:
                changes["items_left"] = (None, left)
            values: dict[str, object] = {"done_at": now, "done_by": actor.person_id, "handed_in_at": None}
            await change(uow, actor, now, Action.TASK_DO, facts, changes, values, shown=shown)
            await reminders.disarm(uow, task_id, now)
            await task_turns.go_on(uow, actor, now, facts.task)
            return await build_task_card(uow, actor, task_id, now)

    async def reopen(self, actor: Actor, task_id: int) -> TaskCard:
        """It is not done after all; the next turn of one that repeats goes, if nobody has touched it.

        Raises `task.not_found`, `not_allowed`, `stale` if it is open, `deal.archived` if its deal is,
        `task.next_open` if the next turn was touched.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_DO)
            task = facts.task
            if facts.deal is not None:
                require_at_hand(facts.deal, Action.TASK_DO)
            if task.done_at is None and task.handed_in_at is None:
                raise StaleError
            if task.handed_in_at is not None and Action.TASK_ACCEPT in task_deeds(actor, facts):
                raise StaleError("task.handed_in")  # Who accepts returns it with a reason.
            await task_turns.take_back(uow, actor, now, task)
            changes: history.Changes = {"done": (True, False)}
            values = {"done_at": None, "done_by": None, "handed_in_at": None}
            await change(uow, actor, now, Action.TASK_DO, facts, changes, values)
            if task.due_at > now:
                await reminders.arm(uow, task_id, task.version, task.due_at, now, ahead=task.ahead)
            await task_turns.wake(uow, now, task)
            return await build_task_card(uow, actor, task_id, now)

    async def put_off(
        self, actor: Actor, task_id: int, due_at: datetime, *, listed: bool = False
    ) -> TaskCard:
        """Another moment for an open task, and for its reminder; `listed`: see `done`.

        Raises `task.not_found`, `not_allowed`, `task.past`, `task.bad_time`, `task.done` (stale).
        """
        now = self._clock.now()
        check_ahead(due_at, now)
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_DO)
            task = facts.task
            if task.due_at != due_at:
                changes: history.Changes = {"due_at": (task.due_at.isoformat(), due_at.isoformat())}
                values, shown = {"due_at": due_at}, None if listed else "task"
                await change(uow, actor, now, Action.TASK_DO, facts, changes, values, shown=shown)
                await reminders.disarm(uow, task_id, now)
                await reminders.arm(uow, task_id, task.version, due_at, now, ahead=task.ahead)
            return await build_task_card(uow, actor, task_id, now)

    async def rephrase(self, actor: Actor, task_id: int, text: str) -> TaskCard:
        """Other words for an open task.

        Raises `task.not_found`, `not_allowed`, `task.empty`, `task.too_long`, `task.done` (stale).
        """
        text, now = checked_text(text), self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_EDIT)
            if facts.task.text != text:
                changes: history.Changes = {"text": (facts.task.text, text)}
                await change(uow, actor, now, Action.TASK_EDIT, facts, changes, {"text": text})
            return await build_task_card(uow, actor, task_id, now)

    async def heirs(self, actor: Actor, task_id: int, page: int = 0) -> TaskHeirs:
        """To whom a task may be given by the owner's rule; the deal's or lead's owner first."""
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_GIVE)
            place, found = facts.deal or facts.lead, await receivers(uow, actor)
            people = await uow.colleagues.page(
                found.departments,
                facts.task.assignee_id,
                place.owner_id if place else None,
                page * PAGE,
                PAGE + 1,
                found.below,
            )
            return TaskHeirs(
                task=await build_task_card(uow, actor, task_id, self._clock.now()),
                people=tuple(Ref(person.id, person.name) for person in people[:PAGE]),
                page=page,
                more=len(people) > PAGE,
            )

    async def assign(self, actor: Actor, task_id: int, person_id: int, version: int) -> TaskCard:
        """Give an open task to somebody by the owner's rule; they are told, and their name leaves its words.

        Raises `task.not_found`, `not_allowed`, `task.give_heads`, `task.give_below`, `employee.not_found`,
        `stale`, `task.done` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_GIVE)
            if facts.task.version != version:
                raise StaleError
            heir = await receiver(uow, actor, facts.task.assignee_id, person_id)
            changes: history.Changes = {"owner_id": (facts.task.assignee_id, heir.id)}
            words = without_name(facts.task.text, heir.name, heir.username)
            if words != facts.task.text:
                changes["text"] = (facts.task.text, words)
            values = {"assignee_id": heir.id, "handed_in_at": None, "text": words}
            event = await change(uow, actor, now, Action.TASK_GIVE, facts, changes, values)
            if heir.id != actor.person_id:
                params: dict[str, object] = {"id": task_id, "by": actor.name}
                key = f"task_given:{task_id}:{event}"
                kind = notices.NoticeKind.TASK_GIVEN
                await notices.send(uow, now, [notices.private(heir)], kind, key, params)
            return await build_task_card(uow, actor, task_id, now)
