"""From an outside id to a row: the only way, and it asks for the right. Changes ask for the seeing first."""

from db.models import Company, Contact, Deal, Lead, Stage
from db.repositories.deals import DealFacts
from db.repositories.task_facts import TaskFacts
from db.uow import UnitOfWork
from services.access import Action, Actor, StageKind, Standing, allowed, granted
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError


def deal_standing(deal: Deal, stage: Stage) -> Standing:
    """What a deal's access depends on."""
    return Standing(frozenset({deal.owner_id, *deal.crew}), deal.department_id, StageKind(stage.kind))


def check(actor: Actor, see: Action, do: Action, standing: Standing, subject: str) -> None:
    """Raise NotFoundError for what may not be seen, ForbiddenError for what may only be seen."""
    if not granted(actor, see, standing):
        raise NotFoundError(subject)
    if not granted(actor, do, standing):
        raise ForbiddenError


# What an archived deal still takes: money may come for it, and somebody may have to say something.
_IN_ARCHIVE = frozenset(
    {
        Action.DEAL_VIEW,
        Action.DEAL_TALK_VIEW,
        Action.NOTE_ADD,
        Action.PAYMENT_VIEW,
        Action.PAYMENT_RECORD,
        Action.PAYMENT_TAKE_BACK,
        Action.DEAL_DELETE,
    }
)


def archive_action(kind: StageKind) -> Action:
    """What right it takes to put a closed deal into the archive, and to take it out again."""
    return Action.DEAL_ARCHIVE_LOST if kind == StageKind.LOST else Action.DEAL_ARCHIVE


def deal_deeds(actor: Actor, deal: Deal, stage: Stage) -> frozenset[Action]:
    """Everything that the actor's rights allow with a deal, whatever its stage; of an archived one less."""
    can = allowed(actor, deal_standing(deal, stage))
    if deal.archived_at is None:
        return can
    return can & (_IN_ARCHIVE | {archive_action(StageKind(stage.kind))})


def require_at_hand(deal: Deal, action: Action) -> None:
    """Raise `deal.archived` for what an archived deal does not take."""
    if deal.archived_at is not None and action not in _IN_ARCHIVE:
        raise AppError("deal.archived")


async def access_deal_facts(uow: UnitOfWork, actor: Actor, deal_id: int, action: Action) -> DealFacts:
    """The same with all that its card shows, for whoever draws it afterwards."""
    facts = await uow.deals.facts(deal_id, actor.person_id)
    if facts is None:
        raise NotFoundError("deal")
    check(actor, Action.DEAL_VIEW, action, deal_standing(facts.deal, facts.stage), "deal")
    require_at_hand(facts.deal, action)
    return facts


async def access_deal(uow: UnitOfWork, actor: Actor, deal_id: int, action: Action) -> tuple[Deal, Stage]:
    """A deal with its stage, for an action. Raises `deal.not_found`, `not_allowed` or `deal.archived`."""
    found = await uow.deals.get(deal_id)
    if found is None:
        raise NotFoundError("deal")
    check(actor, Action.DEAL_VIEW, action, deal_standing(*found), "deal")
    require_at_hand(found[0], action)
    return found


# What whoever typed a lead in may do with it until somebody takes it.
_AUTHORS = frozenset({Action.LEAD_EDIT, Action.LEAD_REJECT})


def lead_standing(lead: Lead) -> Standing:
    """What a lead's access depends on."""
    return Standing(frozenset({lead.owner_id}), lead.department_id)


def lead_deeds(actor: Actor, lead: Lead) -> frozenset[Action]:
    """Everything that the actor's rights allow with a lead, whatever its status."""
    can = allowed(actor, lead_standing(lead))
    if lead.owner_id is None and lead.created_by == actor.person_id:
        can |= allowed(actor, Standing(frozenset({actor.person_id}))) & _AUTHORS
    if lead.offered_to not in (None, actor.person_id) and Action.LEAD_HAND_OVER not in can:
        can -= {Action.LEAD_TAKE}
    return can


async def access_lead(uow: UnitOfWork, actor: Actor, lead_id: int, action: Action) -> Lead:
    """A lead, for an action. Raises `lead.not_found`, `not_allowed`, or `lead.offered` to take another's."""
    lead = await uow.leads.get(lead_id)
    can = lead_deeds(actor, lead) if lead is not None else frozenset()
    if lead is None or not can & {Action.LEAD_VIEW, action, *_AUTHORS}:
        raise NotFoundError("lead")
    if action not in can and action is Action.LEAD_TAKE and lead.offered_to is not None:
        raise StaleError("lead.offered")
    if action not in can:
        raise ForbiddenError
    return lead


def contact_standing(contact: Contact | Company) -> Standing:
    """What a contact's access depends on, and a company's where it lies itself."""
    return Standing(frozenset({contact.owner_id}), contact.department_id)


def works_on(actor: Actor) -> frozenset[Action]:
    """What whoever works on a deal may do with its client, whoever keeps that: look."""
    return allowed(actor, Standing(frozenset({actor.person_id}))) & {Action.CLIENT_VIEW}


_TASKS = frozenset(
    {
        Action.TASK_VIEW,
        Action.TASK_DO,
        Action.TASK_TICK,
        Action.TASK_EDIT,
        Action.TASK_COMMENT,
        Action.TASK_HIDE,
        Action.TASK_DELETE,
        Action.TASK_ASSIGN,
        Action.TASK_GIVE,
        Action.TASK_ACCEPT,
        Action.TASK_WATCH,
    }
)


_READING = frozenset({Action.TASK_VIEW, Action.TASK_COMMENT})
_WATCHING = frozenset({Action.TASK_VIEW, Action.TASK_COMMENT, Action.TASK_WATCH})
_HELPING = frozenset({Action.TASK_VIEW, Action.TASK_TICK, *_WATCHING})


_AUTHORS_OWN = (Action.TASK_DELETE, Action.TASK_ACCEPT)


def task_deeds(actor: Actor, facts: TaskFacts) -> frozenset[Action]:
    """Everything that the actor's rights allow with a task, done or not.

    A task lies wherever its deal, its lead or its assignee do; it is its assignee's and its author's own,
    and only the author's to delete and accept. Whoever has an item of its checklist, or watches it, sees it
    and speaks of it; so does whoever reads what is said of its deal.
    A personal one is nobody's but its assignee's, heads and owners included; it may become one while it
    concerns nobody else and belongs to nothing.
    """
    task = facts.task
    mine = task.assignee_id == task.author_id == actor.person_id
    if task.personal and not mine:
        return frozenset()
    can: frozenset[Action] = frozenset()
    for place in facts.departments or {None}:
        here = allowed(actor, Standing(frozenset({task.assignee_id, task.author_id}), place))
        authors = Standing(frozenset({task.author_id}), place)
        can |= here - {one for one in _AUTHORS_OWN if not granted(actor, one, authors)}
    if task.personal:
        can -= {Action.TASK_ASSIGN, Action.TASK_GIVE, Action.TASK_WATCH}
    if facts.assigning == "heads" and Action.TASK_ASSIGN not in can:
        can -= {Action.TASK_GIVE}
    if task.author_id in (None, task.assignee_id):
        can -= {Action.TASK_ACCEPT}
    own = allowed(actor, Standing(frozenset({actor.person_id})))
    for people, deeds in ((facts.helpers, _HELPING), (facts.watchers, _WATCHING)):
        if actor.person_id in people:
            can |= own & deeds
    if facts.deal is not None and facts.stage is not None:
        standing = deal_standing(facts.deal, facts.stage)
        can |= own & _READING if granted(actor, Action.DEAL_TALK_VIEW, standing) else frozenset()
    if not mine or facts.is_linked or facts.helpers or facts.watchers:
        can -= {Action.TASK_HIDE}
    return can & _TASKS


async def access_task(uow: UnitOfWork, actor: Actor, task_id: int, action: Action) -> TaskFacts:
    """A task, for an action. Raises `task.not_found`, `not_allowed`, or `task.give_heads` to give it away."""
    facts = await uow.task_facts.get(task_id)
    can = task_deeds(actor, facts) if facts is not None else frozenset()
    if facts is None or Action.TASK_VIEW not in can:
        raise NotFoundError("task")
    if action is Action.TASK_GIVE and action not in can and facts.assigning == "heads":
        raise ForbiddenError("task.give_heads")
    if action not in can:
        raise ForbiddenError
    return facts
