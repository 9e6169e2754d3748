"""Deeds with many deals at once: planned, done in one transaction, and taken back as a whole."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from db.models import Contact, Event, Task
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, StageKind, require
from services.clock import Clock
from services.dto.bulk import BulkPlan, Deed, Targets
from services.dto.common import Ref
from services.errors import AppError, NotFoundError, StaleError
from services.lists import bulk_news
from services.lists.bulk_losses import reasons_alike
from services.lists.bulk_moves import move_all
from services.lists.bulk_plan import ACTIONS, Judged, along_with, judge, lost_stages, plan_of
from services.lists.bulk_tags import retag
from services.lists.bulk_targets import target_choices, target_stages
from services.lists.bulk_undo import back_rows, give_back, kept, move_back, target_of

MOST = 500
"""So many deals are changed at once: all in one transaction, for which nobody should have to wait."""
FEW = 24
SUBJECT = "bulk"
"""Under which the history keeps the whole; its number is that of whoever did it."""
UNDO = timedelta(hours=1)
"""For so long it can be taken back."""


class BulkDeeds:
    """The service of deeds with many deals; each deal is judged by the rights and rules of a single one."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def targets(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, page: int = 0
    ) -> Targets:
        """With whom, to where or why? Some at a time. Raises `not_allowed`, `bulk.nothing`."""
        _check(actor, ids, deed)
        start, end = page * FEW, (page + 1) * FEW
        async with self._db.read() as uow:
            stages = await target_stages(uow, actor, ids) if deed is Deed.MOVE else []
            choices = await target_choices(uow, actor, ids, deed) if deed is not Deed.MOVE else []
        more = len(stages) > end or len(choices) > end
        shown, there = tuple(choices[start:end]), tuple(stages[start:end])
        return Targets(listing_id, deed, len(ids), shown, there, page, more)

    async def plan(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int
    ) -> BulkPlan:
        """What would happen to these deals, and to which not. Raises `not_allowed`, `bulk.nothing`,
        `bulk.too_many`, and `not_found` of the colleague, stage, tag or reason."""
        _check(actor, ids, deed)
        async with self._db.read() as uow:
            judged, target = await judge(uow, actor, ids, deed, target_id)
            return await plan_of(uow, actor, listing_id, deed, judged, target)

    async def do(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int, mark: int
    ) -> BulkPlan:
        """Do it with all of them, or with none; each keeps it in its history, and each person concerned is
        told once. Raises as `plan`, and `stale` if they are not as the plan of this `mark` had them."""
        _check(actor, ids, deed)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            judged, target = await judge(uow, actor, ids, deed, target_id, hold=True)
            plan = await plan_of(uow, actor, listing_id, deed, judged, target)
            if judged.mark != mark:
                raise StaleError
            if not judged.rows:
                raise AppError("bulk.nothing")
            match deed:
                case Deed.GIVE:
                    event = await self._give(uow, actor, now, judged, target)
                case Deed.MOVE | Deed.LOSE:
                    event, tasks = await self._move(uow, actor, now, judged, target, deed)
                    plan = replace(plan, tasks=tasks)
                case Deed.TAG | Deed.UNTAG:
                    event = await self._tag(uow, actor, now, judged, target, deed)
            return replace(plan, event=event)

    async def last(self, actor: Actor, person_id: int) -> BulkPlan:
        """What the actor has done last with many deals, or taken back. Raises `bulk.not_found`."""
        if person_id != actor.person_id:
            raise NotFoundError("bulk")
        async with self._db.read() as uow:
            last = await uow.history.last_of(SUBJECT, person_id, 1)
            event = last[0][0] if last else None
            if event is None or "bulk" not in event.changes:
                raise NotFoundError("bulk")
            deed = Deed(event.changes["bulk"][1])
            target = await target_of(uow, event, deed)
            return BulkPlan(0, deed, target, len(kept(event)), (), event=event.id)

    async def take_back(self, actor: Actor, event_id: int) -> BulkPlan:
        """Take back what the actor has done with many deals, as far as nobody has changed them since.

        Raises `bulk.late` after its time, and `bulk.gone` where nothing of it is left to be taken back.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            event = await uow.history.get(event_id)
            if event is None or event.actor_id != actor.person_id or "bulk" not in event.changes:
                raise AppError("bulk.gone")
            if now - event.at > UNDO:
                raise AppError("bulk.late")
            deed = Deed(event.changes["bulk"][1])
            require(actor, ACTIONS[deed])
            judged, target = await back_rows(uow, actor, event, deed)
            plan = await plan_of(uow, actor, 0, deed, judged, target)
            if not judged.rows:
                raise AppError("bulk.gone")
            await self._back(uow, actor, now, event, deed, judged, target)
            return plan

    async def _give(self, uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged, heir: Ref) -> int:
        if not await uow.people.stays(heir.id):
            raise NotFoundError("colleague")
        deals = [deal for deal, _ in judged.rows]
        ids = [deal.id for deal in deals]
        along = await along_with(uow, actor, ids)
        contacts = {one.id: one.owner_id for one in along.contacts}
        await uow.bulk.give(Task, dict.fromkeys(along.tasks, heir.id))
        await uow.bulk.give(Contact, dict.fromkeys(contacts, heir.id))
        await uow.bulk.change([{"deal_id": deal.id, "owner_id": heir.id} for deal in deals])
        before = {deal.id: [deal.version + 1, deal.owner_id] for deal in deals}
        aside = {"tasks": along.tasks, "contacts": contacts}
        event = await _record(uow, actor, now, Deed.GIVE, heir, before, aside)
        theirs: dict[int, history.Changes] = {
            deal.id: {"owner_id": (deal.owner_id, heir.id)} for deal in deals
        }
        await history.consequences(uow, actor, now, Action.DEAL_HAND_OVER, "deal", theirs)
        clients: dict[int, history.Changes] = {
            one: {"owner_id": (old, heir.id)} for one, old in contacts.items()
        }
        await history.consequences(uow, actor, now, Action.CLIENT_HAND_OVER, "contact", clients)
        await uow.mutes.drop(heir.id, "deal", ids)
        given = {"given": len(ids), "clients": len(contacts), "moved_tasks": len(along.tasks)}
        news: bulk_news.News = {heir.id: dict(given)}
        await bulk_news.tell(uow, actor, now, news, event)
        await bulk_news.redraw(uow, now, ids, [*along.tasks], event)
        return event

    async def _move(
        self, uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged, target: Ref, deed: Deed
    ) -> tuple[int, int]:
        rows = judged.rows
        if deed is Deed.LOSE:
            lost = await lost_stages(uow, rows)
            targets = {deal.id: lost[deal.pipeline_id] for deal, _ in rows}
        else:
            stage = await uow.pipelines.stage(target.id)
            if stage is None:
                raise NotFoundError("stage")
            targets = {deal.id: stage for deal, _ in rows}
        why = await uow.pipelines.loss_reason(target.id) if deed is Deed.LOSE else None
        alike = await reasons_alike(uow, why, (deal.pipeline_id for deal, _ in rows)) if why else {}
        reasons = {deal.id: alike.get(deal.pipeline_id) for deal, _ in rows}
        done = await move_all(uow, actor, now, rows, targets, reasons=reasons)
        aside = {"robots": _flat(done.robots), "dropped": _flat(done.dropped)}
        event = await _record(uow, actor, now, deed, target, done.before, aside)
        kind = StageKind(next(iter(targets.values())).kind)
        news = await bulk_news.of_moves(uow, rows, kind, done.given)
        await bulk_news.tell(uow, actor, now, news, event)
        await bulk_news.redraw(uow, now, [deal.id for deal, _ in rows], _flat(done.dropped), event)
        return event, len(_flat(done.robots)) + len(_flat(done.dropped))

    async def _tag(
        self, uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged, tag: Ref, deed: Deed
    ) -> int:
        before = {deal.id: [deal.version + 1] for deal, _ in judged.rows}
        await retag(uow, actor, now, judged, tag.id, on=deed is Deed.TAG)
        event = await _record(uow, actor, now, deed, tag, before, {})
        await bulk_news.redraw(uow, now, [*before], [], event)
        return event

    async def _back(
        self,
        uow: UnitOfWork,
        actor: Actor,
        now: datetime,
        event: Event,
        deed: Deed,
        judged: Judged,
        target: Ref,
    ) -> None:
        """The opposite of each deed; the event of it names what it takes back."""
        before, ids, tasks = kept(event), [deal.id for deal, _ in judged.rows], list[int]()
        news: bulk_news.News = {}
        if deed in (Deed.TAG, Deed.UNTAG):
            await retag(uow, actor, now, judged, target.id, on=deed is Deed.UNTAG)
        elif deed is Deed.GIVE:
            tasks = await give_back(uow, actor, now, event, judged, target.id)
            back = [before[one][1] for one in ids]
            news = bulk_news.merged({target.id: {"taken": len(ids)}}, bulk_news.counted("back", back))
        else:
            tasks = await move_back(uow, actor, now, event, judged)
            news = bulk_news.counted("returned", (deal.owner_id for deal, _ in judged.rows))
        changes: history.Changes = {"undone": (event.id, None), "deals": (len(ids), None)}
        undone = await history.record(uow, actor, now, ACTIONS[deed], SUBJECT, actor.person_id, changes)
        await bulk_news.tell(uow, actor, now, news, undone)
        await bulk_news.redraw(uow, now, ids, tasks, undone)


def _check(actor: Actor, ids: Collection[int], deed: Deed) -> None:
    require(actor, ACTIONS[deed])
    if not ids:
        raise AppError("bulk.nothing")
    if len(ids) > MOST:
        raise AppError("bulk.too_many", most=MOST)


async def _record(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deed: Deed,
    target: Ref,
    before: dict[int, list[Any]],
    aside: dict[str, Any],
) -> int:
    """The event of the whole: what was done, and all that it takes to take it back."""
    changes: history.Changes = {
        "bulk": (None, deed.value),
        "target": (None, target.id),
        "deals": ([[one, *values] for one, values in before.items()], None),
        **{
            name: (list(value.items()) if isinstance(value, dict) else value, None)
            for name, value in aside.items()
        },
    }
    return await history.record(uow, actor, now, ACTIONS[deed], SUBJECT, actor.person_id, changes)


def _flat(tasks: dict[int, list[int]]) -> list[int]:
    return [one for some in tasks.values() for one in some]
