"""Deeds with many deals, leads or clients: planned, done in one transaction, taken back as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from db.repositories.history import Past
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, granted, require
from services.clock import Clock
from services.dto.bulk import BulkPlan, Deed, Targets
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.errors import AppError, NotFoundError
from services.lists import bulk_clients, bulk_deals, bulk_leads
from services.lists.bulk_judged import ACTIONS
from services.lists.bulk_record import SUBJECT, kept, list_of
from services.lists.bulk_targets import target_choices, target_of, target_stages
from services.rows import deal_standing
from services.tag_names import tag_called

MOST: Mapping[FieldSubject, int] = MappingProxyType(
    {FieldSubject.DEAL: 500, FieldSubject.LEAD: 100, FieldSubject.CONTACT: 500, FieldSubject.FIRM: 500}
)
"""So many are changed at once: all in one transaction, for which nobody should have to wait. A lead changes
hands with its clock, so each one takes several statements."""
FEW = 24
UNDO = timedelta(hours=1)
"""For so long it can be taken back."""


class Hand(Protocol):
    """How it is done with one kind of subject."""

    async def plan(
        self,
        uow: UnitOfWork,
        actor: Actor,
        listing_id: int,
        ids: Collection[int],
        deed: Deed,
        target_id: int,
    ) -> BulkPlan:
        """What would happen."""
        ...

    async def do(
        self,
        uow: UnitOfWork,
        actor: Actor,
        now: datetime,
        listing_id: int,
        ids: Collection[int],
        deed: Deed,
        target_id: int,
        mark: int,
    ) -> BulkPlan:
        """Do it."""
        ...

    async def back(self, uow: UnitOfWork, actor: Actor, now: datetime, event: Past, deed: Deed) -> BulkPlan:
        """Take it back."""
        ...


HANDS: Mapping[FieldSubject, Hand] = MappingProxyType(
    {
        FieldSubject.DEAL: bulk_deals,
        FieldSubject.LEAD: bulk_leads,
        FieldSubject.CONTACT: bulk_clients,
        FieldSubject.FIRM: bulk_clients,
    }
)


class BulkDeeds:
    """The service of these deeds; each of them is judged by the rights and rules of a single one."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def targets(
        self,
        actor: Actor,
        listing_id: int,
        ids: Collection[int],
        deed: Deed,
        page: int = 0,
        pipeline_id: int = 0,
    ) -> Targets:
        """With whom, to where or why? Some at a time; of many stages those of one pipeline, which is to be
        chosen first. Raises `not_allowed`, `bulk.nothing`."""
        _check(actor, ids, deed)
        start, end = page * FEW, (page + 1) * FEW
        async with self._db.read() as uow:
            rows = await target_stages(uow, actor, ids) if deed is Deed.MOVE else []
            choices = await target_choices(uow, actor, ids, deed) if deed is not Deed.MOVE else []
        names = {place: Ref(place, one.pipeline) for place, one in rows if one.pipeline is not None}
        here, stages = names.get(pipeline_id), [one for _, one in rows]
        ways = [*names.values()] if here is None and len(rows) > FEW and len(names) > 1 else []
        if here is not None:
            stages = [replace(one, pipeline=None) for place, one in rows if place == here.id]
        elif ways:
            stages = []
        return Targets(
            listing_id,
            deed,
            len(ids),
            tuple(choices[start:end]),
            tuple(stages[start:end]),
            page,
            max(len(stages), len(choices), len(ways)) > end,
            tuple(ways[start:end]),
            here,
        )

    async def plan(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int
    ) -> BulkPlan:
        """What would happen to these, and to which not. Raises `not_allowed`, `bulk.nothing`,
        `bulk.too_many`, and `not_found` of the colleague, stage, tag or reason."""
        _check(actor, ids, deed)
        async with self._db.read() as uow:
            return await HANDS[deed.subject].plan(uow, actor, listing_id, ids, deed, target_id)

    async def do(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int, mark: int
    ) -> BulkPlan:
        """Do it with all of them, or with none; each keeps it in its history, and each person concerned is
        told once. Raises as `plan`, and `stale` if they are not as the plan of this `mark` had them."""
        _check(actor, ids, deed)
        now, hand = self._clock.now(), HANDS[deed.subject]
        async with self._db.write(actor.cause) as uow:
            return await hand.do(uow, actor, now, listing_id, ids, deed, target_id, mark)

    async def tag(
        self, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, typed: str
    ) -> BulkPlan:
        """Give all of them a tag by its name, as somebody types it; a new one is made.

        Raises as `plan`, `bulk.nothing` also where none of them takes it, and what `tag_called` raises.
        """
        _check(actor, ids, deed)
        now, hand = self._clock.now(), HANDS[deed.subject]
        async with self._db.write(actor.cause) as uow:
            tag = await tag_called(uow, typed)
            planned = await hand.plan(uow, actor, listing_id, ids, deed, tag)
            return await hand.do(uow, actor, now, listing_id, ids, deed, tag, planned.mark)

    async def last(self, actor: Actor, person_id: int) -> BulkPlan:
        """What the actor has done last with many of them, or taken back. Raises `bulk.not_found`."""
        if person_id != actor.person_id:
            raise NotFoundError("bulk")
        async with self._db.read() as uow:
            last = await uow.history.last_of(SUBJECT, person_id, 1)
            event = last[0][0] if last else None
            if event is None or "bulk" not in event.changes:
                raise NotFoundError("bulk")
            deed = Deed(event.changes["bulk"][1])
            target = await target_of(uow, event, deed)
            mark = int(event.changes["mark"][1])
            return BulkPlan(list_of(event), deed, target, len(kept(event)), (), mark=mark, event=event.id)

    async def named(self, actor: Actor, ids: Collection[int]) -> tuple[Ref, ...]:
        """Those of these deals that the actor may see, by name. Raises `not_allowed`."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            rows = await uow.bulk.deals(ids)
        seen = [deal for deal, stage in rows if granted(actor, Action.DEAL_VIEW, deal_standing(deal, stage))]
        return tuple(Ref(deal.id, deal.title) for deal in seen)

    async def take_back(self, actor: Actor, event_id: int) -> BulkPlan:
        """Take back what the actor has done with many of them, as far as nobody has changed them since.

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
            return await HANDS[deed.subject].back(uow, actor, now, event, deed)


def _check(actor: Actor, ids: Collection[int], deed: Deed) -> None:
    require(actor, ACTIONS[deed])
    if not ids:
        raise AppError("bulk.nothing")
    if len(ids) > MOST[deed.subject]:
        raise AppError("bulk.too_many", most=MOST[deed.subject])
