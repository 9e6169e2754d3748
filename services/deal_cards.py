"""Builds a deal's card for one reader, in a bounded number of queries."""

from datetime import datetime

from db.models import Deal, Stage
from db.repositories.deals import DealFacts
from db.repositories.history import FEW, Past, PastBy
from db.uow import UnitOfWork
from services import history
from services.access import (
    CLOSED_KINDS,
    Action,
    Actor,
    Role,
    StageKind,
    Standing,
    allowed,
)
from services.bin.rights import is_offered
from services.deal_ways import comes_out, may_move, may_return
from services.dto.common import Ref, Sum
from services.dto.deals import ClientRef, DealCard, PaymentLine, StageRef, Talk
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.fields.lines import field_lines
from services.followup.rules import overstays
from services.leftovers import is_closing, leftovers
from services.pipelines.messages import asks_for
from services.rows import archive_action, contact_standing, deal_deeds, deal_standing, works_on
from services.scoring.judging import deal_chance
from services.task_lines import task_line

UNDOABLE = frozenset(
    {Action.DEAL_MOVE, Action.DEAL_LOSE, Action.DEAL_SETTLE, Action.DEAL_REVIVE, Action.DEAL_REOPEN}
)
_ONLY_OPEN = frozenset({Action.DEAL_EDIT, Action.DEAL_HAND_OVER, Action.DEAL_LOSE, Action.DEAL_MOVE})
"""What a closed deal no longer takes, whoever asks."""
_ARCHIVING = frozenset({Action.DEAL_ARCHIVE, Action.DEAL_ARCHIVE_LOST})


def stage_ref(stage: Stage) -> StageRef:
    """A stage without its table."""
    return StageRef(stage.id, stage.name, StageKind(stage.kind), stage.color)


def actions_on(actor: Actor, deal: Deal, stage: Stage) -> frozenset[Action]:
    """What the actor may do with a deal as it stands."""
    can = deal_deeds(actor, deal, stage)
    if stage.kind in CLOSED_KINDS:
        can -= _ONLY_OPEN | (_ARCHIVING - {archive_action(StageKind(stage.kind))})
    else:
        can -= _ARCHIVING
    if stage.kind in (StageKind.OPEN, StageKind.LOST):
        can -= {Action.PAYMENT_RECORD}
    return can


async def build_card(uow: UnitOfWork, actor: Actor, deal_id: int, now: datetime) -> DealCard:
    """The card of a deal that the actor has been found to see."""
    facts = await uow.deals.facts(deal_id, actor.person_id)
    if facts is None:
        raise NotFoundError("deal")
    stages = await uow.pipelines.stages_of(facts.deal.pipeline_id, facts.edition)
    return await card_of(uow, actor, facts, stages, now)


async def card_of(
    uow: UnitOfWork, actor: Actor, facts: DealFacts, stages: list[Stage], now: datetime
) -> DealCard:
    """The same, of a deal that has been read already with the stages of its pipeline."""
    deal, stage = facts.deal, facts.stage
    standing = deal_standing(deal, stage)
    can = actions_on(actor, deal, stage)
    if not is_offered(actor, Action.DEAL_DELETE, deal, now):
        can -= {Action.DEAL_DELETE}
    events = await uow.history.last_of_deal(deal.id, deal.lead_id, FEW)
    moves = [
        target for target in stages if target.id != stage.id and may_move(actor, standing, stage, target)
    ]
    if deal.archived_at is not None:
        moves = [target for target in moves if comes_out(actor, deal, stage, target)]
    returns = stage.kind in CLOSED_KINDS and may_return(actor, deal, stage)
    if stage.kind in CLOSED_KINDS and (moves or returns) and not await _is_in_use(uow, deal.pipeline_id):
        moves = [target for target in moves if target.kind in CLOSED_KINDS]
    elif not moves:
        returns = False
    recorded = await uow.deals.payments(deal.id) if facts.paid and Action.PAYMENT_VIEW in can else []
    helpers = [person for person in deal.crew if person != deal.owner_id]
    names = await uow.people.names(helpers)
    payments = [(row, by) for row, by in recorded if row.taken_back_at is None]
    talks = Action.DEAL_TALK_VIEW in can
    left = await leftovers(uow, actor, deal, stage) if talks and facts.next_task is not None else []
    message = stage.message if talks else None
    lines = await field_lines(uow, FieldSubject.DEAL, deal.id, talks=talks) if facts.fields else ()
    return DealCard(
        id=deal.id,
        version=deal.version,
        title=deal.title,
        stage=stage_ref(stage),
        pipeline=facts.pipeline,
        responsible=Role(stage.role) if stage.role else None,
        result=stage.result,
        message=message,
        us=await _our_name(uow) if message is not None and asks_for(message, "us") else "",
        amount=Sum(deal.amount, deal.currency) if deal.amount is not None else None,
        currency=deal.currency,
        department=facts.department,
        owner=Ref(deal.owner_id, facts.owner) if deal.owner_id and facts.owner else None,
        crew=tuple(Ref(person, names[person]) for person in helpers if person in names),
        tags=tuple((await uow.tags.names(deal.tags)).values()) if Action.DEAL_TALK_VIEW in can else (),
        contact=_client(actor, facts, with_phone=Action.DEAL_TALK_VIEW in can),
        company=_firm(actor, facts),
        source=deal.source,
        product=deal.product,
        created_at=deal.created_at,
        stage_since=deal.stage_since,
        overstays=overstays(stage.norm_days, deal.stage_since, now) if Action.DEAL_TALK_VIEW in can else None,
        closed_on=deal.closed_on,
        archived_at=deal.archived_at,
        loss_reason=facts.loss_reason if Action.DEAL_TALK_VIEW in can else None,
        moves=tuple(stage_ref(target) for target in moves),
        returns=returns,
        next=_ahead(stage, moves),
        can=can,
        talk=await _talk(uow, facts, events, now) if talks else None,
        payments=tuple(
            PaymentLine(row.id, Sum(row.amount, row.currency), row.paid_on, row.method, by)
            for row, by in payments
        ),
        paid=Sum(sum(row.amount for row, _ in payments), deal.currency),
        imported=deal.import_id is not None,
        corrected=len(payments) < len(recorded),
        files=facts.files,
        muted=facts.muted,
        undo=await _undo(uow, actor, facts, stages, events),
        leftovers=len(left),
        reopens=_reopens(actor, deal, stage, events),
        fields=lines,
        chance=await deal_chance(uow, deal, stage, stages, facts.scoring, lines) if talks else None,
    )


def _reopens(actor: Actor, deal: Deal, stage: Stage, events: list[PastBy]) -> int | None:
    """The last event, if it is that this reader has closed the tasks which the won deal had left open."""
    event = next((event for event, _ in events if event.subject == "deal"), None)
    stands = stage.kind == StageKind.WON and deal.archived_at is None
    return event.id if stands and event is not None and is_closing(event, actor, deal) else None


def is_undoable(event: Past, actor: Actor, deal: Deal) -> bool:
    """Whether an event is the actor's own move, not itself an undoing, and still the deal's state."""
    return (
        event.actor_id == actor.person_id
        and (event.subject, event.subject_id) == ("deal", deal.id)
        and event.action in UNDOABLE
        and "undone" not in event.changes
        and event.changes.get("stage_id", [None, None])[1] == deal.stage_id
    )


def _ahead(stage: Stage, moves: list[Stage]) -> StageRef | None:
    """The next stage of the pipeline that is no loss; none for a deal that is closed already."""
    if stage.kind in CLOSED_KINDS:
        return None
    ahead = (row for row in moves if row.position > stage.position and row.kind != StageKind.LOST)
    target = next(ahead, None)
    return stage_ref(target) if target else None


def _client(actor: Actor, facts: DealFacts, *, with_phone: bool) -> ClientRef | None:
    """The client; its card opens as `client_rows.client_deeds` has it."""
    contact = facts.contact
    if contact is None:
        return None
    opens = Action.CLIENT_VIEW in allowed(actor, contact_standing(contact)) or _sells(actor, facts)
    return ClientRef(contact.id, contact.name, contact.phone if with_phone else None, opens)


def _firm(actor: Actor, facts: DealFacts) -> ClientRef | None:
    """The company; it lies where its deal does, too, and opens for whoever sells by it."""
    deal = facts.deal
    if deal.company_id is None or facts.company is None:
        return None
    place = Standing(frozenset({deal.owner_id}), deal.department_id)
    opens = Action.CLIENT_VIEW in allowed(actor, place) or _sells(actor, facts)
    return ClientRef(deal.company_id, facts.company, None, opens)


def _sells(actor: Actor, facts: DealFacts) -> bool:
    """Whether the actor works on the deal while it is in work."""
    in_work = facts.stage.kind not in CLOSED_KINDS
    return in_work and bool(works_on(actor)) and actor.person_id in (facts.deal.owner_id, *facts.deal.crew)


async def _our_name(uow: UnitOfWork) -> str:
    workspace = await uow.people.workspace()
    return workspace.name if workspace is not None else ""


async def _talk(uow: UnitOfWork, facts: DealFacts, events: list[PastBy], now: datetime) -> Talk:
    line = task_line(facts.next_task, now) if facts.next_task else None
    return Talk(line, await history.lines(uow, events), facts.request)


async def _undo(
    uow: UnitOfWork,
    actor: Actor,
    facts: DealFacts,
    stages: list[Stage],
    events: list[PastBy],
) -> int | None:
    """The last event, if it is a move that this reader may take back."""
    deal, stage = facts.deal, facts.stage
    event = next((event for event, _ in events if event.subject == "deal"), None)
    if event is None or deal.archived_at is not None or not is_undoable(event, actor, deal):
        return None
    before = event.changes["stage_id"][0]
    target = next((row for row in stages if row.id == before), None)
    if target is None and "pipeline_id" in event.changes:
        target = await uow.pipelines.stage(before)
    if target is None or ("pipeline_id" in event.changes and not await _is_in_use(uow, target.pipeline_id)):
        return None
    return event.id if may_move(actor, deal_standing(deal, stage), stage, target) else None


async def _is_in_use(uow: UnitOfWork, pipeline_id: int) -> bool:
    pipeline = await uow.pipelines.get(pipeline_id)
    return pipeline is not None and pipeline.archived_at is None
