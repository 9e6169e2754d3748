"""Calls to clients that were made by hand; those about leads and deals are logged with these."""

from db.uow import Database
from services import call_log
from services.access import Action, Actor
from services.client_cards import build_client_card
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientCard, ClientKind
from services.dto.leads import CallOutcome
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened


class Calls:
    """The service of calls to clients."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def log(self, actor: Actor, kind: ClientKind, client_id: int, outcome: CallOutcome) -> ClientCard:
        """Keep a call's outcome with a client, for whoever may correct the client.

        Who has a single deal in work was spoken to about that: it moves on where its stage has a rule for it.
        Raises `contact.not_found`, `firm.not_found`, `not_allowed`.
        """
        async with self._db.write(actor.cause) as uow:
            await access_client(uow, actor, kind, client_id, Action.CLIENT_EDIT)
            now = self._clock.now()
            await call_log.log(uow, actor, now, kind, client_id, outcome)
            deal = await uow.clients.only_deal(kind, client_id) if outcome == CallOutcome.REACHED else None
            if deal is not None:
                await happened(uow, now, deal, Happening.ANSWERED, actor)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())
