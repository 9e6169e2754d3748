"""Builds a task's card for one reader."""

from datetime import datetime

from db.models import Contact, Task
from db.repositories.task_facts import TaskFacts
from db.repositories.tasks import FoundComment
from db.uow import UnitOfWork
from services.access import Action, Actor, Door, granted
from services.client_rows import client_deeds
from services.dto.common import Ref
from services.dto.tasks import Comment, Link, Linked, SeriesFacts, Source, TaskCard
from services.errors import NotFoundError
from services.lead_cards import is_live
from services.people import acting
from services.rows import deal_deeds, deal_standing, lead_deeds, task_deeds
from services.task_deals import may_join
from services.understanding.recurrence import Recurrence

COMMENTS = 3
_ONLY_OPEN = frozenset(
    {Action.TASK_EDIT, Action.TASK_HIDE, Action.TASK_ASSIGN, Action.TASK_GIVE, Action.TASK_ACCEPT}
)
"""What a task that is done no longer takes, whoever asks."""


async def build_task_card(uow: UnitOfWork, actor: Actor, task_id: int, now: datetime) -> TaskCard:
    """The card of a task that the actor has been found to see."""
    facts = await uow.task_facts.get(task_id)
    workspace = await uow.people.workspace()
    if facts is None:
        raise NotFoundError("task")
    task, can = facts.task, task_deeds(actor, facts)
    linked = await _linked(uow, actor, facts)
    blind, joining = await _blind(uow, actor, facts) if linked is not None else (False, None)
    notes = await uow.tasks.comments(task_id, COMMENTS)
    home = workspace.time_zone if workspace else None
    return TaskCard(
        id=task.id,
        version=task.version,
        text=task.text,
        due_at=task.due_at,
        zone=None if actor.zone.key == home else actor.zone.key,
        is_due=task.due_at <= now and task.handed_in_at is None,
        high=task.high,
        personal=task.personal,
        ahead=task.ahead,
        assignee=Ref(task.assignee_id, facts.assignee),
        author=Ref(task.author_id, facts.author) if task.author_id and facts.author else None,
        linked=linked,
        done_at=task.done_at,
        done_by=facts.done_by,
        mine=task.assignee_id == actor.person_id,
        can=can if task.done_at is None else can - _ONLY_OPEN,
        series=await _series(uow, facts),
        checks=task.checks,
        handed_in_at=task.handed_in_at,
        watchers=len(facts.watchers),
        files=facts.files,
        items=task.items,
        items_done=task.items_done,
        leads_on=await leads_on(uow, actor, facts),
        calls=await _calls(uow, actor, facts),
        source=_source(task),
        comments=tuple(_comment(found) for found in reversed(notes)),
        blind=blind,
        joining=joining,
    )


def _comment(found: FoundComment) -> Comment:
    note = found.note
    return Comment(note.created_at, found.author, note.text, found.files, found.kind, found.name)


async def _series(uow: UnitOfWork, facts: TaskFacts) -> SeriesFacts | None:
    """How it repeats, and when it comes again where this turn is done; None once it was stopped."""
    series, task = facts.series, facts.task
    if series is None or series.stopped_at is not None:
        return None
    turn = await uow.task_series.open_turn(series.id) if task.done_at is not None else None
    return SeriesFacts(
        rule=Recurrence.of(series.rule),
        minutes=series.minutes,
        anchor=series.anchor,
        shift=series.shift,
        missed=task.missed,
        next_at=turn.due_at if turn is not None else None,
    )


def _source(task: Task) -> Source | None:
    if task.source_chat is None or task.source_message is None:
        return None
    return Source(task.source_chat, task.source_message, task.source_name)


def link_of(facts: TaskFacts) -> Link | None:
    """What a task belongs to."""
    if facts.deal is not None:
        return Link("deal", facts.deal.id)
    if facts.lead is not None:
        return Link("lead", facts.lead.id)
    if facts.client is not None:
        return Link("contact" if isinstance(facts.client, Contact) else "firm", facts.client.id)
    return None


async def _sees_client(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> bool:
    client = facts.client
    return client is not None and Action.CLIENT_VIEW in await client_deeds(uow, actor, client)


async def _linked(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> Linked | None:
    """The same with its title, if the actor may see it."""
    deal, stage, lead, client = facts.deal, facts.stage, facts.lead, facts.client
    link, title = link_of(facts), None
    if deal is not None and stage is not None:
        title = deal.title if granted(actor, Action.DEAL_VIEW, deal_standing(deal, stage)) else None
    elif lead is not None:
        title = lead.title if Action.LEAD_VIEW in lead_deeds(actor, lead) else None
    elif client is not None:
        title = client.name if await _sees_client(uow, actor, facts) else None
    return Linked(link, title) if link is not None and title is not None else None


async def _blind(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> tuple[bool, int | None]:
    """Whether who has to do an open task does not see its deal; that one's version if the actor may help."""
    task, deal, stage = facts.task, facts.deal, facts.stage
    if deal is None or stage is None or task.done_at is not None or task.assignee_id == actor.person_id:
        return False, None
    who, person = await acting(uow, task.assignee_id, Door.TIMER), await uow.people.get(task.assignee_id)
    if who is None or person is None or granted(who, Action.DEAL_VIEW, deal_standing(deal, stage)):
        return False, None
    return True, deal.version if may_join(actor, deal, stage, person) else None


async def leads_on(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> bool:
    """Whether the actor may set another task for the deal, lead or client of this one."""
    deal, stage, lead = facts.deal, facts.stage, facts.lead
    if deal is not None and stage is not None:
        return Action.TASK_CREATE in deal_deeds(actor, deal, stage)
    if lead is not None:
        return Action.TASK_CREATE in lead_deeds(actor, lead) and is_live(lead, Action.TASK_CREATE)
    return await _sees_client(uow, actor, facts)


async def _calls(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> bool:
    """Whether the actor may log a call with the deal, lead or client of this one."""
    deal, stage, lead, client = facts.deal, facts.stage, facts.lead, facts.client
    if deal is not None and stage is not None:
        return granted(actor, Action.CALL_LOG, deal_standing(deal, stage))
    if lead is not None:
        return Action.CALL_LOG in lead_deeds(actor, lead) and is_live(lead, Action.CALL_LOG)
    return client is not None and Action.CLIENT_EDIT in await client_deeds(uow, actor, client)
