"""How a task is made: for oneself or for a colleague, once or again and again, perhaps of a message."""

from datetime import datetime

from db.models import Person
from db.uow import UnitOfWork
from services import history, notices, reminders, task_turns
from services.access import Action, Actor
from services.dto.mentions import Mentions
from services.dto.tasks import Link, Seed
from services.errors import ForbiddenError, NotFoundError
from services.rows import access_task
from services.talk import add_note
from services.task_changes import tell
from services.task_giving import receiver, receivers
from services.understanding.recurrence import Recurrence


async def make(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    text: str,
    due_at: datetime,
    link: Link | None,
    rule: Recurrence | None = None,
    seed: Seed | None = None,
    *,
    high: bool = False,
) -> int:
    """Set a task with its reminder and its event; who gets it from somebody else is told.

    Raises `task.give_heads`, `task.give_below`, `employee.not_found`. All else has been checked.
    """
    heir = await _heir(uow, actor, seed.to) if seed is not None and seed.to else None
    assignee = heir.id if heir is not None else actor.person_id
    said = seed.said if seed is not None else None
    series = None
    if rule is not None:
        series, due_at = await task_turns.begin(uow, actor, now, rule, due_at, assignee)
    task_id = await uow.tasks.insert(
        text=text,
        due_at=due_at,
        assignee_id=assignee,
        author_id=actor.person_id,
        **_place(link),
        high=high,
        series_id=series,
        turn_at=due_at if series is not None else None,
        source_chat=said.chat_id if said is not None else None,
        source_message=said.message_id if said is not None else None,
        source_name=seed.author if seed is not None else None,
        created_at=now,
    )
    if said is not None and said.file is not None:
        await add_note(uow, actor, now, {"task_id": task_id}, [said])
    await reminders.arm(uow, task_id, 1, due_at, now)
    facts = await access_task(uow, actor, task_id, Action.TASK_VIEW)
    changes: history.Changes = {"due_at": (None, due_at.isoformat())}
    if rule is not None:
        changes["rule"] = (None, rule.data)
        await task_turns.wake(uow, now, facts.task)
    if high:
        changes["high"] = (False, True)
    if heir is not None:
        changes["owner_id"] = (None, heir.id)
    event = await tell(uow, actor, now, Action.TASK_CREATE, facts, changes)
    if heir is not None:
        params: dict[str, object] = {"id": task_id, "by": actor.name}
        kind, key = notices.NoticeKind.TASK_GIVEN, f"task_given:{task_id}:{event}"
        await notices.send(uow, now, [notices.private(heir)], kind, key, params)
    return task_id


async def _heir(uow: UnitOfWork, actor: Actor, named: Mentions) -> Person | None:
    """The colleague who is named, if it is one and not the actor, as far as the owner's rule allows."""
    people = [
        person
        for person in await uow.people.named(named.usernames, named.accounts)
        if person.id != actor.person_id
    ]
    if not people:
        return None
    found = await receivers(uow, actor)
    if found.departments is not None and not found.departments and not found.below:
        raise ForbiddenError("task.give_heads")
    if len(people) > 1:
        raise NotFoundError("employee")
    return await receiver(uow, actor, actor.person_id, people[0].id)


def _place(link: Link | None) -> dict[str, int | None]:
    columns = {"deal": "deal_id", "lead": "lead_id", "contact": "contact_id", "firm": "company_id"}
    return {columns[link.subject]: link.id} if link is not None else {}
