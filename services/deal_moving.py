"""What a move does, whoever makes it: the deal, its tasks, its history, and the news of it."""

from datetime import datetime

from db.models import Deal, Stage
from db.repositories.deals import DealFacts
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import deal_changes, deal_closing, deal_talk, history, news_channel, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind
from services.deal_crossing import crossed
from services.dto.tasks import Link
from services.followup.touches import touched
from services.pipelines import silence
from services.pipelines.robots import set_tasks


async def apply_move(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    facts: DealFacts,
    target: Stage,
    values: dict[str, object],
    aside: history.Changes,
    undone: Past | None = None,
    why: str | None = None,
) -> history.Changes:
    """Move a deal: the deal itself, its tasks, one event, and whoever has to know of it.

    The right was asked for, and what the stage requires is among `values`. `aside`: what else the event
    tells; `undone`: the move that is taken back; `why`: in the mover's words. A move that a rule makes is no
    touch of the client. Raises `stale` if somebody was faster; returns what the event tells.
    """
    deal, stage = facts.deal, facts.stage
    if target.kind != StageKind.LOST:
        values["loss_reason_id"] = None
    changes: history.Changes = {
        name: (getattr(deal, name), value) for name, value in values.items() if getattr(deal, name) != value
    }
    crossing = await crossed(uow, facts, target)
    changes |= {"stage_id": (stage.id, target.id), "stage": (stage.name, target.name)} | crossing | aside
    if undone is not None:
        changes["undone"] = (undone.id, None)
    closed = now.astimezone(actor.zone).date() if target.kind in CLOSED_KINDS else None
    if stage.kind == target.kind:
        closed = deal.closed_on
    values |= {"stage_id": target.id, "pipeline_id": target.pipeline_id, "stage_since": now}
    values |= {"closed_on": closed} | _archived(aside, now)
    if actor.person_id or closed:
        values |= touched(now, closed)
    changes |= await _settle_tasks(uow, actor, now, deal, target, undone)
    if why:
        note = await uow.talk.add_note(text=why, author_id=actor.person_id, now=now, deal_id=deal.id)
        changes["note"] = (None, note)
    event = await deal_changes.write(uow, actor, now, action, deal, changes, **values)
    await silence.arm(uow, now, target, [deal])
    await task_drops.refresh(uow, now, task_drops.ids_in(changes), event)
    if why:
        await deal_talk.tell(uow, actor, now, deal, event)
    if target.kind == StageKind.WON:
        await deal_closing.congratulate(uow, actor, now, deal, event)
        await news_channel.announce(uow, now, deal.id)
    if target.kind == StageKind.PAYMENT and stage.kind != StageKind.PAYMENT:
        await deal_closing.await_payment(uow, actor, now, deal, event)
    return changes


def _archived(aside: history.Changes, now: datetime) -> dict[str, object]:
    """What is written if the move takes a deal out of the archive, or, taken back, puts it there again."""
    return {"archived_at": now if aside["archived"][1] else None} if "archived" in aside else {}


async def _settle_tasks(
    uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, target: Stage, undone: Past | None
) -> history.Changes:
    """A loss drops the tasks of its deal, a stage sets some, and taking the move back undoes both."""
    link = Link("deal", deal.id)
    dropped = await task_drops.drop_open(uow, actor, now, link) if target.kind == StageKind.LOST else []
    if undone is None:
        made = await set_tasks(uow, actor, now, deal, target)
        return task_drops.changes_of(dropped, []) | ({"robots": ([], made)} if made else {})
    back = await task_drops.bring_back(uow, actor, now, undone)
    dropped += await task_drops.drop_set(uow, actor, now, deal.id, undone)
    return task_drops.changes_of(dropped, back)
