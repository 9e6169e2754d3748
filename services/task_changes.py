"""How a task is changed: its words checked, held for an action, compared and set, recorded once."""

from collections.abc import Mapping
from datetime import datetime

from db.repositories.task_facts import TaskFacts
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.client_rows import access_client
from services.dto.clients import ClientKind
from services.dto.tasks import Link, Linked
from services.errors import AppError, StaleError
from services.lead_changes import hold
from services.rows import access_deal, access_task
from services.task_news import spread
from services.task_times import TEXT_LIMIT
from services.understanding.fold import clean

_DOING = frozenset({Action.TASK_DO, Action.TASK_TICK})


def checked_text(text: str) -> str:
    """A task's words as they are kept. Raises `task.empty`, `task.too_long`."""
    if len(text) > TEXT_LIMIT:
        raise AppError("task.too_long", limit=TEXT_LIMIT)
    text = clean(text, TEXT_LIMIT)
    if not text:
        raise AppError("task.empty")
    return text


async def hold_place(uow: UnitOfWork, actor: Actor, link: Link) -> Linked:
    """The deal, lead or client for which a task shall be set; whoever sees a client may plan something.

    Raises `deal.not_found`, `lead.not_found`, `contact.not_found`, `firm.not_found`, `not_allowed`, and
    `stale` for a lead that is closed.
    """
    if link.subject in ("contact", "firm"):
        kind = ClientKind(link.subject)
        client = await access_client(uow, actor, kind, link.id, Action.CLIENT_VIEW)
        return Linked(Link(link.subject, client.id), client.name)
    if link.subject == "deal":
        deal, _ = await access_deal(uow, actor, link.id, Action.TASK_CREATE)
        return Linked(link, deal.title)
    lead = await hold(uow, actor, link.id, Action.TASK_CREATE)
    return Linked(link, lead.title)


async def hold_open(uow: UnitOfWork, actor: Actor, task_id: int, action: Action) -> TaskFacts:
    """An open task for an action; one that waits to be accepted is not done any further.

    Raises `task.not_found`, `not_allowed`, `task.done` and `task.handed_in` (stale).
    """
    facts = await access_task(uow, actor, task_id, action)
    if facts.task.done_at is not None:
        raise StaleError("task.done")
    if facts.task.handed_in_at is not None and action in _DOING:
        raise StaleError("task.handed_in")
    return facts


async def change(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    facts: TaskFacts,
    changes: history.Changes,
    values: Mapping[str, object],
    *,
    shown: str | None = "task",
) -> int:
    """Write new values unless somebody was faster (`stale`), and tell of them; returns the event.

    `shown`: see `tell`.
    """
    if not await uow.tasks.change(facts.task.id, facts.task.version, **values):
        raise StaleError
    return await tell(uow, actor, now, action, facts, changes, shown=shown)


async def tell(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    facts: TaskFacts,
    changes: history.Changes,
    *,
    shown: str | None = "task",
) -> int:
    """Record the event, and bring the cards of the task and of its deal or lead up to date.

    `shown`: as what the actor is answered at once, None for a list; what else shows the task in their chat
    follows. Whoever does, has set or watches the task hears of it.
    """
    event = await history.record(uow, actor, now, action, "task", facts.task.id, changes)
    here = actor.telegram_id if shown is not None else None
    await notices.refresh_cards(uow, now, shown or "task", facts.task.id, event, but=here)
    # Theirs stand elsewhere in the actor's chat, too.
    if facts.deal is not None:
        await notices.refresh_cards(uow, now, "deal", facts.deal.id, event)
    if facts.lead is not None:
        await notices.refresh_cards(uow, now, "lead", facts.lead.id, event)
    await spread(uow, actor, now, action, facts, changes, event)
    return event
