"""Muting: somebody hears no news of a deal, but still of what is given to them and of their own tasks."""

from db.uow import Database
from services import history
from services.access import Action, Actor
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.deals import DealCard
from services.rows import access_deal


class Mutes:
    """The service of muting; for oneself alone, by whoever sees the deal."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def mute(self, actor: Actor, deal_id: int, *, on: bool) -> DealCard:
        """Comments, payments and the like come no more, or again. Raises `deal.not_found`, `not_allowed`."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            if on:
                changed = await uow.mutes.put(actor.person_id, "deal", deal_id)
            else:
                changed = await uow.mutes.drop(actor.person_id, "deal", [deal_id])
            if changed:
                told = (None, deal_id) if on else (deal_id, None)
                changes: history.Changes = {"muted_deal": told}
                action, person = Action.PROFILE_EDIT, actor.person_id
                await history.record(uow, actor, now, action, "profile", person, changes)
            return await build_card(uow, actor, deal_id, now)
