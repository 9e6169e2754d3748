"""Tasks that a won deal has left open: dropped in one go on request, as a loss drops them by itself."""

from db.models import Deal
from db.uow import Database, UnitOfWork
from services import history, notices, task_drops
from services.access import Action, Actor, StageKind
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.deals import DealCard
from services.errors import StaleError
from services.leftovers import is_closing, leftovers
from services.rows import access_deal, deal_deeds


class DealLeftovers:
    """The service of leftovers; for whoever sees the talk of the deal, each of the tasks they may do."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def close(self, actor: Actor, deal_id: int) -> DealCard:
        """Drop them. Raises `deal.not_found`, `not_allowed`, `tasks.no_leftovers` (stale) if none is left."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
            # The tasks before the deal, as whoever does one of them. Of two who press at once only one finds
            # any.
            tasks = await leftovers(uow, actor, deal, stage, held=True)
            if not tasks:
                raise StaleError("tasks.no_leftovers")
            dropped = await task_drops.drop_of(uow, actor, now, tasks)
            if not await uow.deals.change(deal):
                raise StaleError("tasks.no_leftovers")
            return await self._tell(uow, actor, deal, task_drops.changes_of(dropped[deal.id], []))

    async def bring_back(self, actor: Actor, deal_id: int, event_id: int) -> DealCard:
        """Take back the actor's own closing of them.

        Raises `deal.not_found`, `not_allowed`, and `stale` if it was taken back already, or the deal is lost
        or lies in the archive by now.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
            event = await uow.history.get(event_id)
            if event is None or not is_closing(event, actor, deal):
                raise StaleError
            if stage.kind == StageKind.LOST or Action.TASK_CREATE not in deal_deeds(actor, deal, stage):
                raise StaleError
            back = await task_drops.bring_back(uow, actor, now, event)
            if not back or not await uow.deals.change(deal):
                raise StaleError
            changes: history.Changes = {"undone": (event.id, None)}
            return await self._tell(uow, actor, deal, changes | task_drops.changes_of([], back))

    async def _tell(self, uow: UnitOfWork, actor: Actor, deal: Deal, changes: history.Changes) -> DealCard:
        now = self._clock.now()
        event = await history.record(uow, actor, now, Action.TASK_DELETE, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        await task_drops.refresh(uow, now, task_drops.ids_in(changes), event)
        return await build_card(uow, actor, deal.id, now)
