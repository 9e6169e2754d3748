"""Consent: the company's text in versions, and which client has agreed to which of them."""

from datetime import datetime

from db.models import Consent, ConsentText, Contact, Deal, Lead
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, require
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.privacy import ConsentTextCard, ConsentWay, PrivacyCard
from services.errors import AppError, StaleError
from services.privacy.lines import line_of
from services.understanding.fold import clean

TEXT_LIMIT = 3500
"""So much of it fits into a message."""
GIVEN = "client.consent"
WITHDRAWN = "client.consent_withdrawn"
WRITTEN = "company.consent_text"


class Consents:
    """The service of consents; whoever may change a client writes them down (`client.edit`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, contact_id: int) -> PrivacyCard:
        """What a client has agreed to. Raises `contact.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_EDIT)
            return await _card(uow, actor, Ref(contact.id, contact.name))

    async def give(self, actor: Actor, contact_id: int, way: ConsentWay, number: int) -> PrivacyCard:
        """Write down that a client has agreed to the text that was shown.

        Raises `contact.not_found`, `not_allowed`, `consent.no_text`, and `stale` if there is a newer text, or
        if they have agreed to this one already.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            contact = await self._held(uow, actor, contact_id)
            text = await uow.consents.newest_text()
            if text is None:
                raise AppError("consent.no_text")
            before = await uow.consents.current(contact.id)
            if text.number != number or (before is not None and before.number == number):
                raise StaleError
            consent = Consent(
                contact_id=contact.id, number=number, way=way, given_at=now, recorded_by=actor.person_id
            )
            uow.consents.add(consent)
            await uow.consents.flush()
            changes: history.Changes = {"consent": (before.number if before else None, number)}
            await _tell(uow, actor, now, GIVEN, contact.id, {**changes, "way": (None, way)})
            return await _card(uow, actor, Ref(contact.id, contact.name))

    async def withdraw(self, actor: Actor, contact_id: int) -> PrivacyCard:
        """Write down that a client has taken it back.

        Raises `contact.not_found`, `not_allowed`, and `stale` where nothing holds.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            contact = await self._held(uow, actor, contact_id)
            before = await uow.consents.current(contact.id)
            if before is None or not await uow.consents.withdraw(contact.id, actor.person_id, now):
                raise StaleError
            changes: history.Changes = {"consent": (before.number, None)}
            await _tell(uow, actor, now, WITHDRAWN, contact.id, changes)
            return await _card(uow, actor, Ref(contact.id, contact.name))

    async def text(self, actor: Actor) -> ConsentTextCard:
        """The text that holds, for whoever asks clients for their consent. Raises `not_allowed`."""
        require(actor, Action.CLIENT_EDIT)
        async with self._db.read() as uow:
            return await _text_card(uow, actor)

    async def write(self, actor: Actor, text: str) -> ConsentTextCard:
        """The next version of the text; the owner's right. Consents to older ones stay what they are.

        Raises `not_allowed`, `consent.empty`, `consent.too_long`, and `consent.same` where nothing changed.
        """
        require(actor, Action.COMPANY_EDIT)
        text = clean(text, TEXT_LIMIT + 1)
        if not text:
            raise AppError("consent.empty")
        if len(text) > TEXT_LIMIT:
            raise AppError("consent.too_long", limit=TEXT_LIMIT)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            before = await uow.consents.newest_text()
            if before is not None and before.text == text:
                raise AppError("consent.same")
            number = before.number + 1 if before is not None else 1
            uow.consents.add(
                ConsentText(number=number, text=text, created_by=actor.person_id, created_at=now)
            )
            await uow.consents.flush()
            changes: history.Changes = {"number": (before.number if before else None, number)}
            await history.record(uow, actor, now, WRITTEN, "company", 1, changes)
            return await _text_card(uow, actor)

    @staticmethod
    async def _held(uow: UnitOfWork, actor: Actor, contact_id: int) -> Contact:
        """The contact for this transaction alone: of two who press the same, the second finds it done."""
        await uow.merges.hold(ClientKind.CONTACT, {contact_id})
        contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_EDIT)
        assert isinstance(contact, Contact)
        return contact


async def bring(uow: UnitOfWork, now: datetime, place: Lead | Deal, client: Contact | None) -> None:
    """A request came with a consent to the text that holds: it is the client's, or their request's until
    there is one. Without a text there is nothing to agree to.
    """
    text = await uow.consents.newest_text()
    contact_id = client.id if client is not None else place.contact_id
    if text is None or (contact_id is None and not isinstance(place, Lead)):
        return
    if contact_id is not None:
        known = await uow.consents.current(contact_id)
        if known is not None and known.number == text.number:
            return
    lead_id = place.id if contact_id is None else None
    consent = Consent(
        contact_id=contact_id, lead_id=lead_id, number=text.number, way=ConsentWay.SITE, given_at=now
    )
    uow.consents.add(consent)
    await uow.consents.flush()


async def _tell(
    uow: UnitOfWork, actor: Actor, now: datetime, action: str, contact_id: int, changes: history.Changes
) -> None:
    event = await history.record(uow, actor, now, action, "contact", contact_id, changes)
    await notices.refresh_cards(uow, now, "contact", contact_id, event, but=actor.telegram_id)


async def _card(uow: UnitOfWork, actor: Actor, contact: Ref) -> PrivacyCard:
    newest = await uow.consents.newest_text()
    return PrivacyCard(
        contact=contact,
        consents=tuple(line_of(one.consent, one) for one in await uow.consents.of_contact(contact.id)),
        newest=newest.number if newest else None,
        may_hand_out=actor.may(Action.CLIENT_DATA),
        may_write=actor.may(Action.COMPANY_EDIT),
    )


async def _text_card(uow: UnitOfWork, actor: Actor) -> ConsentTextCard:
    text = await uow.consents.newest_text()
    may_write = actor.may(Action.COMPANY_EDIT)
    if text is None:
        return ConsentTextCard(None, "", None, 0, may_write)
    given = await uow.consents.given_to(text.number)
    return ConsentTextCard(text.number, text.text, text.created_at, given, may_write)
