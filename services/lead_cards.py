"""Builds the faces of a lead: the card of one reader, the team's teaser, the stub of a lead that is gone."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from db.models import Lead
from db.repositories.leads import LeadFacts
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor
from services.bin.rights import is_offered
from services.dto.common import Ref, Sum
from services.dto.fields import FieldSubject
from services.dto.leads import (
    LeadCard,
    LeadLine,
    LeadStatus,
    LeadStub,
    LeadTeaser,
    NextStep,
    Offer,
    Trace,
    Waiting,
)
from services.errors import NotFoundError
from services.fields.lines import field_lines
from services.response.clock import due_at
from services.response.rules import Rules, Step
from services.rows import lead_deeds
from services.scoring.judging import lead_score
from services.understanding.fold import fold

TALK = 4
UTM = ("source", "medium", "campaign", "content", "term")
_LOOK_BACK = 15
_SAID = frozenset({Action.NOTE_ADD, Action.CALL_LOG})

LIVE: Mapping[LeadStatus, frozenset[Action]] = MappingProxyType(
    {
        LeadStatus.NEW: frozenset(
            {
                Action.LEAD_VIEW,
                Action.LEAD_TAKE,
                Action.LEAD_EDIT,
                Action.LEAD_REJECT,
                Action.LEAD_HAND_OVER,
                Action.LEAD_TAG,
                Action.LEAD_DELETE,
            }
        ),
        LeadStatus.IN_WORK: frozenset(
            {
                Action.LEAD_VIEW,
                Action.LEAD_EDIT,
                Action.LEAD_QUALIFY,
                Action.LEAD_REJECT,
                Action.LEAD_HAND_OVER,
                Action.LEAD_TAG,
                Action.NOTE_ADD,
                Action.CALL_LOG,
                Action.TASK_CREATE,
                Action.LEAD_DELETE,
            }
        ),
        LeadStatus.QUALIFIED: frozenset({Action.LEAD_VIEW, Action.LEAD_DELETE}),
        # Who may reject a lead may also take that back.
        LeadStatus.REJECTED: frozenset({Action.LEAD_VIEW, Action.LEAD_REJECT, Action.LEAD_DELETE}),
    }
)
"""What a lead takes in each status, whoever asks."""


def is_live(lead: Lead, action: Action) -> bool:
    """Whether a lead takes this action as it stands."""
    return action in LIVE[LeadStatus(lead.status)]


async def build_lead_card(uow: UnitOfWork, actor: Actor, lead_id: int, now: datetime) -> LeadCard:
    """The card of a lead that the actor has been found to see."""
    facts = await uow.leads.facts(lead_id)
    if facts is None:
        raise NotFoundError("lead")
    lead = facts.lead
    can = lead_deeds(actor, lead) & LIVE[LeadStatus(lead.status)]
    if facts.deal_id is not None or not is_offered(actor, Action.LEAD_DELETE, lead, now):
        can -= {Action.LEAD_DELETE}
    said = []
    if Action.LEAD_VIEW in can:
        events = await uow.history.last_of("lead", lead.id, _LOOK_BACK)
        said = [(event, name) for event, name in events if event.action in _SAID or "tasks" in event.changes][
            :TALK
        ]
    lines = await field_lines(uow, FieldSubject.LEAD, lead.id) if facts.fields else ()
    return LeadCard(
        id=lead.id,
        version=lead.version,
        title=lead.title,
        name=lead.name,
        phone=lead.phone,
        email=lead.email,
        username=lead.username,
        amount=_sum(lead),
        source=lead.source,
        comment=lead.comment,
        status=LeadStatus(lead.status),
        reject_reason=lead.reject_reason,
        department=Ref(lead.department_id, facts.department),
        pipeline=facts.pipeline,
        owner=Ref(lead.owner_id, facts.owner) if lead.owner_id and facts.owner else None,
        contact=Ref(lead.contact_id, facts.contact) if lead.contact_id and facts.contact else None,
        deal_id=facts.deal_id,
        created_at=lead.created_at,
        taken_at=lead.taken_at,
        closed_at=lead.closed_at,
        can=can,
        talk=await history.lines(uow, said),
        next_step=await _next_step(uow, lead) if Action.LEAD_VIEW in can else None,
        trace=_trace(facts),
        waits=await _waiting(uow, facts, actor, can, now),
        offer=await _offer(uow, lead, actor.person_id),
        fields=lines,
        tags=tuple((await uow.tags.names(lead.tags)).values()) if Action.LEAD_VIEW in can else (),
        files=facts.files,
        score=await lead_score(uow, lead, facts.scoring, lines),
    )


async def _offer(uow: UnitOfWork, lead: Lead, reader: int | None = None) -> Offer | None:
    if lead.status != LeadStatus.NEW or lead.offered_to is None or lead.offered_until is None:
        return None
    names = await uow.people.names([lead.offered_to])
    return Offer(names.get(lead.offered_to, ""), lead.offered_until, mine=lead.offered_to == reader)


def _trace(facts: LeadFacts) -> Trace | None:
    if facts.utm is None:
        return None
    return Trace(tuple(facts.utm[key] for key in UTM if facts.utm.get(key)), facts.page_url)


async def _next_step(uow: UnitOfWork, lead: Lead) -> NextStep | None:
    if lead.status != LeadStatus.IN_WORK:
        return None
    task = await uow.tasks.next_of_lead(lead.id)
    return NextStep(task.text, task.due_at) if task else None


async def _waiting(
    uow: UnitOfWork, facts: LeadFacts, actor: Actor, can: frozenset[Action], now: datetime
) -> Waiting | None:
    lead = facts.lead
    if lead.answered_at is not None or lead.closed_at is not None:
        return None
    alarmed = lead.alarmed_at is not None
    return Waiting(
        Step(lead.step) if lead.step else None,
        lead.step_at,
        alarmed,
        await due_at(uow, lead, Rules.of(facts.rules), now),
        step_in=alarmed and Action.LEAD_HAND_OVER in can and lead.owner_id != actor.person_id,
    )


def lead_line(lead: Lead, owner: str | None) -> LeadLine:
    """A lead in one line of a list."""
    return LeadLine(lead.id, lead.title, LeadStatus(lead.status), _sum(lead), owner, lead.created_at)


async def build_public_face(uow: UnitOfWork, lead: Lead) -> LeadTeaser | LeadStub:
    """A lead as a whole team chat may see it."""
    if lead.status != LeadStatus.NEW:
        return LeadStub(lead.id, await uow.leads.owner_name(lead.id))
    offer = await _offer(uow, lead)
    return LeadTeaser(lead.id, public_title(lead), _sum(lead), lead.source, lead.created_at, offer)


def public_title(lead: Lead) -> str | None:
    """A lead's title, unless it names the client or tells how to reach them."""
    title = fold(lead.title)
    if "@" in title or len(re.sub(r"\D", "", title)) >= 7:
        return None
    names = {word for word in fold(lead.name or "").split() if len(word) > 1}
    return None if names & set(re.findall(r"\w+", title)) else lead.title


def _sum(lead: Lead) -> Sum | None:
    return Sum(lead.amount, lead.currency) if lead.amount is not None else None
