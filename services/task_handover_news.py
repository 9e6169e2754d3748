"""What is told of tasks that change hands together: to those who get them, and to whoever had them."""

from datetime import datetime

from db.repositories.history import Past
from db.uow import UnitOfWork
from services import notices
from services.access import Action, Actor
from services.dto.common import Ref
from services.dto.task_hands import TasksHandover
from services.notices import NoticeKind
from services.task_lines import placed_lines


async def tell(
    uow: UnitOfWork, actor: Actor, now: datetime, heir_id: int, person_id: int, ids: list[int], event: int
) -> None:
    """Tell whoever has got tasks of somebody, or got them back, unless they did it themselves."""
    heir = await uow.people.get(heir_id)
    if heir is None or heir.id == actor.person_id or not ids:
        return
    counts = {"leads": 0, "deals": 0, "tasks": len(ids), "contacts": 0}
    params: dict[str, object] = {"person": person_id, "by": actor.name, "ids": ids, **counts}
    await notices.send(uow, now, [notices.private(heir)], NoticeKind.WORK_GIVEN, f"tasks:{event}", params)


async def tell_gone(uow: UnitOfWork, actor: Actor, now: datetime, person_id: int, event: int) -> None:
    """Tell whoever had tasks until now, unless it was they themselves who gave them away."""
    person = await uow.people.get(person_id) if person_id != actor.person_id else None
    if person is not None:
        params: dict[str, object] = {"by": actor.name, "event": event}
        key = f"tasks_gone:{event}"
        await notices.send(uow, now, [notices.private(person)], NoticeKind.TASKS_GONE, key, params)


async def gone(uow: UnitOfWork, actor: Actor, now: datetime, event_id: int) -> TasksHandover | None:
    """As `TaskHandover.gone` has it."""
    event = await uow.history.get(event_id)
    if event is None or (event.subject, event.action) != ("person", Action.TASK_GIVE):
        return None
    whose = await _given_by(uow, event, actor.person_id)
    rows = [one for one in await uow.tasks.open_among(whose) if one.assignee_id == whose[one.id]]
    lines = await placed_lines(uow, actor, rows, now)
    names = await uow.people.names({*whose.values()})
    parts = tuple(
        (Ref(heir, names[heir]), tuple(line for line in lines if whose[line.id] == heir))
        for heir in dict.fromkeys(one.assignee_id for one in rows)
    )
    return TasksHandover(Ref(actor.person_id, actor.name), parts) if parts else None


async def _given_by(uow: UnitOfWork, event: Past, person_id: int) -> dict[int, int]:
    """By task who has got it from somebody by this event of handing over, or of taking that back."""
    if "tasks_given" in event.changes and event.subject_id == person_id:
        given: dict[str, list[list[int]]] = event.changes["tasks_given"][0]
        return {task: int(heir) for heir, pairs in given.items() for task, _ in pairs}
    first = await uow.history.get(event.changes["tasks_back"][0]) if "tasks_back" in event.changes else None
    pairs = first.changes["tasks_given"][0].get(str(person_id), []) if first is not None else []
    return {task: event.subject_id for task, _ in pairs}
