"""What of a deed with many deals may still be taken back."""

from datetime import date, datetime
from typing import Any

from db.models import Contact, Stage, Task
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history, task_drops
from services.access import Action, Actor, granted
from services.dto.bulk import Bar, Deed
from services.dto.common import Ref
from services.lists.bulk_judged import Judged
from services.lists.bulk_moves import move_all
from services.lists.bulk_plan import Row, bar_of_move
from services.lists.bulk_record import kept
from services.lists.bulk_targets import target_of
from services.rows import deal_standing


async def back_rows(uow: UnitOfWork, actor: Actor, event: Past, deed: Deed) -> tuple[Judged[Row], Ref]:
    """The deals that are still as the deed has left them, and may be brought back by the actor."""
    before = kept(event)
    if deed in (Deed.GIVE, Deed.MOVE, Deed.LOSE):
        await uow.bulk.hold_tasks(before, event.changes.get("dropped", [()])[0])
    rows = await uow.bulk.deals(before, hold=True)
    stages: dict[int, Stage | None] = {}
    judged = Judged[Row]()
    judged.barred[Bar.GONE] += len(before) - len(rows)
    for deal, stage in rows:
        version, *was = before[deal.id]
        seen = granted(actor, Action.DEAL_VIEW, deal_standing(deal, stage))
        if deal.version != version:
            judged.add((deal, stage), Bar.TOUCHED, seen=seen)
        elif deed in (Deed.MOVE, Deed.LOSE):
            if was[0] not in stages:
                stages[was[0]] = await _in_use(uow, was[0])
            target = stages[was[0]]
            bar = bar_of_move(actor, (deal, stage), target) if target is not None else Bar.GONE
            judged.add((deal, stage), bar, seen=seen)
        else:
            judged.add((deal, stage), await _bar(uow, actor, (deal, stage), deed, was), seen=seen)
    return judged, await target_of(uow, event, deed)


async def give_back(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, judged: Judged[Row], heir_id: int
) -> list[int]:
    """To whom each was taken from, with the tasks that the heir still has for it; returns these.

    The clients go along if all deals do: one whose other deal stays with the heir stays there, too.
    """
    before, moved = kept(event), dict(event.changes["tasks"][0])
    owners = {deal.id: before[deal.id][1] for deal, _ in judged.rows}
    open_tasks = await uow.bulk.open_tasks([*owners])
    tasks = {task.id for task in open_tasks if task.assignee_id == heir_id} & moved.keys()
    contacts: dict[int, int] = {}
    if len(owners) == len(before):
        were = dict(event.changes["contacts"][0])
        contacts = {one: were[one] for one in await uow.bulk.kept_by(were, heir_id)}
        tasks |= (await uow.bulk.tasks_of(contacts)).keys() & moved.keys()
    await uow.bulk.give(Task, {one: moved[one] for one in tasks})
    await uow.bulk.give(Contact, contacts)
    await uow.bulk.change([{"id": one, "owner_id": whose} for one, whose in owners.items()])
    for action, subject, given in (
        (Action.DEAL_HAND_OVER, "deal", owners),
        (Action.CLIENT_HAND_OVER, "contact", contacts),
    ):
        theirs: dict[int, history.Changes] = {
            one: {"owner_id": (heir_id, whose)} for one, whose in given.items()
        }
        await history.consequences(uow, actor, now, action, subject, theirs)
    return sorted(tasks)


async def move_back(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, judged: Judged[Row]
) -> list[int]:
    """To the stage where each stood; what the move dropped is to be done again, what it set is dropped."""
    before, targets = kept(event), {}
    for deal, _ in judged.rows:
        stage = await uow.pipelines.stage(before[deal.id][1])
        if stage is not None:
            targets[deal.id] = stage
    days = {one: date.fromisoformat(row[2]) if row[2] else None for one, row in before.items()}
    reasons = {one: row[3] for one, row in before.items()}
    here = set(targets)
    set_by_it = set(event.changes["robots"][0])
    made = [task for task in await uow.bulk.open_tasks(sorted(here)) if task.id in set_by_it]
    gone = await task_drops.drop_of(uow, actor, now, made)
    await move_all(uow, actor, now, judged.rows, targets, reasons=reasons, closed=days, undone=event.id)
    dropped = event.changes["dropped"][0]
    back = await task_drops.bring_back_of(uow, actor, now, dropped, event.at, of=here)
    return [*(one for some in gone.values() for one in some), *back]


async def _bar(uow: UnitOfWork, actor: Actor, row: Row, deed: Deed, was: list[Any]) -> Bar | None:
    action = Action.DEAL_HAND_OVER if deed is Deed.GIVE else Action.DEAL_TAG
    if not granted(actor, action, deal_standing(*row)):
        return Bar.FOREIGN
    if deed is Deed.GIVE and was[0] is not None and not await uow.people.stays(was[0]):
        return Bar.PLACE
    return None


async def _in_use(uow: UnitOfWork, stage_id: int) -> Stage | None:
    stage = await uow.pipelines.stage(stage_id)
    return stage if stage is not None and await uow.pipelines.stays(stage.pipeline_id) else None
