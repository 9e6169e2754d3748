"""Files that lie with a task: kept as a comment with a file, and told of like one."""

from db.uow import Database
from services import notices
from services.access import Action, Actor
from services.clock import Clock
from services.dto.talk import Said
from services.errors import AppError
from services.notices import NoticeKind
from services.rows import access_task
from services.talk import add_note
from services.task_changes import tell
from services.task_comments import others


class TaskFiles:
    """The service of a task's files; for whoever may comment on it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def keep(self, actor: Actor, task_id: int, said: Said) -> None:
        """Keep a file with its words; who does, sets or watches the task is told.

        Raises `task.not_found`, `not_allowed`, `task.no_file`.
        """
        if said.file is None:
            raise AppError("task.no_file")
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_COMMENT)
            note = await add_note(uow, actor, now, {"task_id": task_id}, [said])
            event = await tell(uow, actor, now, Action.TASK_COMMENT, facts, {"note": (None, note)})
            places, key = await others(uow, actor, facts), f"task_comment:{task_id}"
            params: dict[str, object] = {"id": task_id, "by": actor.name}
            kind = NoticeKind.TASK_COMMENTED
            await notices.send(uow, now, places, kind, f"{key}:{event}", params, coalesce=key)
