"""Who is told what has changed about a task: who does, has set or watches it, but not of their own doing."""

from collections.abc import Iterable
from datetime import datetime

from db.repositories.task_facts import TaskFacts
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.notices import NoticeKind

NEWS = (
    "handed_in",
    "accepted",
    "returned",
    "done",
    "skipped",
    "owner_id",
    "rule",
    "due_at",
    "text",
    "high",
    "checks",
)
"""Changes that are told, the first of several."""
_WATCHERS_ONLY = frozenset({"skipped", "checks"})
"""What its doer and its author read on its card soon enough."""
BACK = "back"
"""Deleted, and brought back."""


async def spread(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    facts: TaskFacts,
    changes: history.Changes,
    event: int | str,
) -> None:
    """Tell everybody whom a change concerns, once, after it is recorded as an event, or with another key.

    Who loses the task, and all of them where it is deleted, read its words alone: it is theirs no more.
    """
    task = facts.task
    news = next((field for field in NEWS if field in changes), None)
    if news is None or action is Action.TASK_CREATE:
        return
    # A queued row bears no words: they may name a client, and are drawn when it is sent.
    was, is_ = (True, True) if news == "text" else changes[news]
    if action is Action.TASK_DELETE:
        news = BACK if is_ is not None else None
    people = set(facts.watchers)
    if news not in _WATCHERS_ONLY:
        people |= {task.assignee_id, *([task.author_id] if task.author_id is not None else ())}
    former, heir = changes.get("owner_id", (None, None))
    people -= {actor.person_id, heir}
    params: dict[str, object] = {"id": task.id, "by": actor.name, "news": news, "was": was, "now": is_}
    if news is None or news == BACK:
        await _say(uow, now, people, NoticeKind.TASK_GONE, "task_gone", event, params)
        return
    await _say(uow, now, people, NoticeKind.TASK_NEWS, "task_news", event, params)
    if former is not None and news == "owner_id" and former not in {*people, actor.person_id}:
        await _say(uow, now, [int(str(former))], NoticeKind.TASK_GONE, "task_gone", event, params)


async def _say(
    uow: UnitOfWork,
    now: datetime,
    people: Iterable[int],
    kind: NoticeKind,
    key: str,
    event: int | str,
    params: dict[str, object],
) -> None:
    task_id = params["id"]
    places = [notices.private(person) for one in sorted(people) if (person := await uow.people.get(one))]
    await notices.send(
        uow,
        now,
        places,
        kind,
        f"{key}:{task_id}:{event}",
        {**params, "event": event} if kind is NoticeKind.TASK_GONE else params,
        coalesce=f"{key}:{task_id}",
    )
