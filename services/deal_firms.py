"""Which company buys by a deal: that of its client, another one, or a new one."""

from db.models import Company, Contact, Deal
from db.uow import Database, UnitOfWork
from services import deal_changes, history, notices
from services.access import CLOSED_KINDS, Action, Actor, require
from services.client_fields import NAME_LIMIT, checked_text, folded_name
from services.client_rows import access_client, client_deeds
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.deals import DealCard, DealFirmChoice
from services.errors import AppError, StaleError
from services.firm_choice import FIRMS, offered, words_in
from services.rows import access_deal


class DealFirms:
    """The service of the companies of open deals; for who may change the deal (`deal.edit`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def choice(self, actor: Actor, deal_id: int, words: str = "") -> DealFirmChoice:
        """Companies that the actor may see: those that the words name, else the client's and the newest.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`.
        """
        words = words_in(words)
        async with self._db.read() as uow:
            deal = await _open(uow, actor, deal_id)
            first = [] if words else await _employer(uow, actor, deal)
            firms = [*first, *await offered(uow, actor, words)]
            others = {firm.id: firm.name for firm in firms if firm.id != deal.company_id}
            found = tuple(Ref(one, name) for one, name in list(others.items())[:FIRMS])
            create = actor.may(Action.CLIENT_CREATE) and not firms and any(map(str.isalpha, words))
            card = await build_card(uow, actor, deal_id, self._clock.now())
            return DealFirmChoice(card, words, found, create)

    async def link(self, actor: Actor, deal_id: int, firm_id: int, version: int) -> DealCard:
        """Say that a company buys by a deal.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, `firm.not_found`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal = await _open(uow, actor, deal_id)
            firm = await access_client(uow, actor, ClientKind.FIRM, firm_id, Action.CLIENT_VIEW)
            if deal.company_id != firm.id:
                await self._change(uow, actor, deal, version, (firm.id, firm.name))
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def unlink(self, actor: Actor, deal_id: int, version: int) -> DealCard:
        """Say that no company buys by it. Raises `deal.not_found`, `not_allowed`, `deal.closed`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            deal = await _open(uow, actor, deal_id)
            if deal.company_id is None:
                raise StaleError
            await self._change(uow, actor, deal, version, (None, None))
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def found(self, actor: Actor, deal_id: int, name: str, version: int) -> DealCard:
        """Save a new company as the deal's owner's own, and say that it buys by the deal.

        Raises `client.empty`, `client.too_long`, `deal.not_found`, `not_allowed`, `deal.closed`, `stale`.
        """
        require(actor, Action.CLIENT_CREATE)
        name = checked_text(name, NAME_LIMIT)
        async with self._db.write(actor.cause) as uow:
            deal = await _open(uow, actor, deal_id)
            firm = Company(
                name=name,
                name_folded=folded_name(name),
                owner_id=deal.owner_id,
                department_id=deal.department_id,
                created_by=actor.person_id,
                created_at=self._clock.now(),
            )
            uow.clients.add(firm)
            await uow.clients.flush()
            await self._change(uow, actor, deal, version, (firm.id, name))
            made: history.Changes = {"deal": (None, deal.id)}
            told = {firm.id: made}
            await history.consequences(uow, actor, firm.created_at, Action.CLIENT_CREATE, "firm", told)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def _change(
        self, uow: UnitOfWork, actor: Actor, deal: Deal, version: int, new: tuple[int | None, str | None]
    ) -> None:
        """Compare and set; the cards of the deal and of both companies follow."""
        left = await uow.clients.get("firm", deal.company_id) if deal.company_id else None
        if deal.version != version:
            raise StaleError
        now = self._clock.now()
        changes: history.Changes = {
            "company_id": (left.id if left else None, new[0]),
            "company": (left.name if left else None, new[1]),
        }
        event = await deal_changes.write(uow, actor, now, Action.DEAL_EDIT, deal, changes, company_id=new[0])
        for firm_id in (left.id if left else None, new[0]):
            if firm_id is not None:
                await notices.refresh_cards(uow, now, "firm", firm_id, event)


async def _open(uow: UnitOfWork, actor: Actor, deal_id: int) -> Deal:
    deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_EDIT)
    if stage.kind in CLOSED_KINDS:
        raise AppError("deal.closed")
    return deal


async def _employer(uow: UnitOfWork, actor: Actor, deal: Deal) -> list[Company]:
    """The company of the deal's client, if the actor may see it."""
    contact = await uow.clients.get("contact", deal.contact_id) if deal.contact_id else None
    if not isinstance(contact, Contact) or contact.company_id is None:
        return []
    firm = await uow.clients.get("firm", contact.company_id)
    if not isinstance(firm, Company) or Action.CLIENT_VIEW not in await client_deeds(uow, actor, firm):
        return []
    return [firm]
