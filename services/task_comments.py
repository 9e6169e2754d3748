"""Comments on tasks: written by who does them, who set them, or who watches over them."""

from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import notices
from services.access import Action, Actor
from services.clock import Clock
from services.dto.tasks import TaskCard
from services.errors import AppError
from services.notices import NoticeKind, Place
from services.rows import access_task
from services.task_cards import build_task_card
from services.task_changes import tell
from services.understanding.fold import clean

LIMIT = 1000


class TaskComments:
    """The service of comments."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def add(
        self, actor: Actor, task_id: int, text: str, sent: tuple[int, int] | None = None
    ) -> TaskCard:
        """Keep a comment, on a task that is done, too; who does, set or watches it is told.

        `sent`: the chat and message that it was, whose edits it follows.
        Raises `task.not_found`, `not_allowed`, `note.empty`, `note.too_long`.
        """
        if len(text) > LIMIT:
            raise AppError("note.too_long", limit=LIMIT)
        text = clean(text, LIMIT)
        if not text:
            raise AppError("note.empty")
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_COMMENT)
            note = await uow.tasks.add_comment(task_id, actor.person_id, text, now)
            if sent is not None:
                await uow.notes.add_source(note_id=note, chat_id=sent[0], message_id=sent[1])
            event = await tell(uow, actor, now, Action.TASK_COMMENT, facts, {"note": (None, note)})
            await notices.send(
                uow,
                now,
                await others(uow, actor, facts),
                NoticeKind.TASK_COMMENTED,
                f"task_comment:{task_id}:{event}",
                {"id": task_id, "by": actor.name},
                coalesce=f"task_comment:{task_id}",
            )
            return await build_task_card(uow, actor, task_id, now)


async def others(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> list[Place | None]:
    """Where its assignee, its author and its watchers read, but for who writes."""
    task = facts.task
    ids = {task.assignee_id, task.author_id, *facts.watchers} - {actor.person_id, None}
    people = [await uow.people.get(person_id) for person_id in sorted(filter(None, ids))]
    return [notices.private(person) for person in people if person is not None]
