"""New contacts and companies: from a line or a sent contact to a client that is not there twice."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.models import Company, Contact
from db.repositories.known_clients import Client
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, require
from services.client_cards import build_client_card
from services.client_fields import NAME_LIMIT, checked_text, contact_haystack, folded_name
from services.client_rows import access_client, client_deeds
from services.clock import Clock
from services.dto.clients import ClientCard, ClientInput, ClientKind, KnownClient, PointKind
from services.errors import AppError, StaleError
from services.lead_making import company as workspace_of
from services.notices import NoticeKind
from services.places import heads_of
from services.understanding import emails, phones
from services.understanding.fold import clean_line
from services.understanding.tax_numbers import is_inn

LONGEST = 1000
MOST_KNOWN = 5
MOST_POINTS = 5

_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")
_USERNAME = re.compile(r"(?<![\w@./])(?:@|(?:https?://)?t\.me/)([A-Za-z][A-Za-z0-9_]{3,31})(?!\w)")
_INN = re.compile(r"(?<!\d)(?:(?:инн|inn)[ :]{0,3})?(\d{12}|\d{10})(?!\d)", re.IGNORECASE)
_EDGES = " ,;:.-–—|/"


class ClientKnownError(AppError):
    """There is such a client already; `known` tells as much of it as the actor may see."""

    def __init__(self, known: tuple[KnownClient, ...]) -> None:
        super().__init__("client.known")
        self.known = known


class ClientMaking:
    """The service of new clients."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def understand(self, actor: Actor, kind: ClientKind, text: str) -> ClientInput:
        """What a line says of a new client: a name, phones, addresses, a @username or a tax number.

        Raises `client.nameless`, `client.too_long`.
        """
        require(actor, Action.CLIENT_CREATE)
        if len(text) > LONGEST:
            raise AppError("client.too_long", limit=LONGEST)
        async with self._db.read() as uow:
            region = (await workspace_of(uow)).region
        return _read(kind, clean_line(text, LONGEST), region)

    async def understand_contact(
        self, actor: Actor, name: str, phone: str, telegram_id: int | None
    ) -> ClientInput:
        """What a sent contact says. Raises `client.nameless`, `client.bad_phone`."""
        require(actor, Action.CLIENT_CREATE)
        async with self._db.read() as uow:
            region = (await workspace_of(uow)).region
        # Telegram writes international numbers without their plus.
        e164 = phones.normalise(f"+{phone.lstrip('+')}", region) or phones.normalise(phone, region)
        if e164 is None:
            raise AppError("client.bad_phone")
        name = clean_line(name, NAME_LIMIT) or phones.show(e164)
        return ClientInput(ClientKind.CONTACT, name, phones=(e164,), telegram_id=telegram_id)

    async def create(self, actor: Actor, given: ClientInput, *, again: bool = False) -> ClientCard:
        """Save a new client as the actor's own, in the first of their departments.

        Raises ClientKnownError for a phone, address or tax number that another client of the kind has, unless
        `again`; that is refused, too, while the other one is not the actor's to see. Raises `not_allowed`,
        `firm.not_found`.
        """
        require(actor, Action.CLIENT_CREATE)
        async with self._db.write(actor.cause) as uow:
            if given.firm_id is not None:
                firm = await access_client(uow, actor, ClientKind.FIRM, given.firm_id, Action.CLIENT_VIEW)
                given = replace(given, firm_id=firm.id)
            known = await _known(uow, actor, given)
            if known and not (again and all(one.id is not None for one in known)):
                raise ClientKnownError(known)
            client = await self._save(uow, actor, given)
            changes: history.Changes = {"name": (None, client.name), "owner_id": (None, actor.person_id)}
            if given.firm_id is not None:
                changes["company_id"] = (None, given.firm_id)
            now = self._clock.now()
            event = await history.record(
                uow, actor, now, Action.CLIENT_CREATE, given.kind, client.id, changes
            )
            if given.firm_id is not None:
                await notices.refresh_cards(uow, now, "firm", given.firm_id, event)
            return await build_client_card(uow, actor, given.kind, client.id, now)

    async def employ(self, actor: Actor, contact_id: int, version: int, name: str) -> ClientCard:
        """Save a new company and say that a contact works for it.

        Raises `client.empty`, `client.too_long`, `contact.not_found`, `not_allowed`, `stale`.
        """
        require(actor, Action.CLIENT_CREATE)
        name, now = checked_text(name, NAME_LIMIT), self._clock.now()
        async with self._db.write(actor.cause) as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_EDIT)
            left = contact.company_id if isinstance(contact, Contact) else None
            firm = await self._save(uow, actor, ClientInput(ClientKind.FIRM, name))
            if contact.version != version or not await uow.clients.change(contact, company_id=firm.id):
                raise StaleError
            changes: history.Changes = {"company_id": (left, firm.id), "company": (None, name)}
            event = await history.record(
                uow, actor, now, Action.CLIENT_CREATE, "contact", contact_id, changes
            )
            await history.consequences(uow, actor, now, Action.CLIENT_CREATE, "firm", {firm.id: {}})
            await notices.refresh_cards(uow, now, "contact", contact_id, event, but=actor.telegram_id)
            return await build_client_card(uow, actor, ClientKind.CONTACT, contact_id, now)

    async def ask_heads(self, actor: Actor, given: ClientInput) -> None:
        """Ask the heads of a client that the actor came upon and may not see, whose it is to be.

        Raises `client.unknown` when there is no such client any more.
        """
        require(actor, Action.CLIENT_CREATE)
        async with self._db.write(actor.cause) as uow:
            rows = await _matches(uow, given)
            hidden = [
                client
                for client, _ in rows
                if Action.CLIENT_VIEW not in await client_deeds(uow, actor, client)
            ]
            if not hidden:
                raise AppError("client.unknown")
            client, now = hidden[0], self._clock.now()
            event = await history.record(uow, actor, now, "client.ask", given.kind, client.id)
            params: dict[str, object] = {"subject": given.kind.value, "id": client.id, "by": actor.name}
            places = await _heads(uow, client)
            key = f"client_asked:{given.kind}:{client.id}:{event}"
            await notices.send(uow, now, places, NoticeKind.CLIENT_ASKED, key, params)

    async def _save(self, uow: UnitOfWork, actor: Actor, given: ClientInput) -> Client:
        origin: dict[str, Any] = {
            "owner_id": actor.person_id,
            "department_id": min(actor.departments, default=None),
            "created_by": actor.person_id,
            "created_at": self._clock.now(),
        }
        client: Client
        if given.kind is ClientKind.CONTACT:
            client = Contact(
                name=given.name,
                search=contact_haystack(given.name, given.username, list(given.emails)),
                username=given.username,
                telegram_id=given.telegram_id,
                company_id=given.firm_id,
                **origin,
            )
        else:
            client = Company(name=given.name, name_folded=folded_name(given.name), inn=given.inn, **origin)
        uow.clients.add(client)
        await uow.clients.flush()
        for kind, values in ((PointKind.PHONE, given.phones), (PointKind.EMAIL, given.emails)):
            for value in values:
                await uow.clients.add_point(client, kind, value)
        return client


async def _matches(uow: UnitOfWork, given: ClientInput) -> Sequence[tuple[Client, str | None]]:
    values, kind = _values(given), given.kind
    return await uow.clients.matches(kind, values, given.inn, given.username, MOST_KNOWN)


async def _known(uow: UnitOfWork, actor: Actor, given: ClientInput) -> tuple[KnownClient, ...]:
    """Those who have any of it already; of those whom the actor may not see only that they are there."""
    rows = await _matches(uow, given)
    known = []
    for client, _ in rows:
        seen = Action.CLIENT_VIEW in await client_deeds(uow, actor, client)
        known.append(KnownClient(given.kind, client.id if seen else None, client.name if seen else None))
    return tuple(known)


async def _heads(uow: UnitOfWork, client: Client) -> list[notices.Place | None]:
    """The heads of a client's department, else the owners of the company."""
    return [notices.private(person) for person in await heads_of(uow, client.department_id)]


def _values(given: ClientInput) -> list[str]:
    return [*given.phones, *given.emails]


def _read(kind: ClientKind, line: str, region: str) -> ClientInput:
    """Takes the phones, addresses and numbers out of a line; the name is what is left."""
    inn = None
    if kind is ClientKind.FIRM and (found := _INN.search(line)) and is_inn(found[1]):
        inn, line = found[1], line[: found.start()] + line[found.end() :]
    addresses: list[str] = []
    for match in reversed(list(_EMAIL.finditer(line))):
        if address := emails.normalise(match[0].strip(_EDGES)):
            addresses.insert(0, address)
            line = line[: match.start()] + line[match.end() :]
    username = _USERNAME.search(line) if kind is ClientKind.CONTACT else None
    if username is not None:
        line = line[: username.start()] + line[username.end() :]
    numbers = phones.find(line, region)
    for phone in reversed(numbers):
        line = line[: phone.start] + line[phone.end :]
    given = ClientInput(
        kind,
        clean_line(line, LONGEST).strip(_EDGES),
        phones=tuple(dict.fromkeys(phone.e164 for phone in numbers))[:MOST_POINTS],
        emails=tuple(dict.fromkeys(addresses))[:MOST_POINTS],
        username=username[1] if username else None,
        inn=inn,
    )
    if len(given.name) > NAME_LIMIT:
        raise AppError("client.too_long", limit=NAME_LIMIT)
    return _named(given)


def _named(given: ClientInput) -> ClientInput:
    """A contact may be called by its phone; a company has a name. Raises `client.nameless`."""
    if any(char.isalpha() for char in given.name):
        return given
    if given.kind is ClientKind.FIRM or not (given.phones or given.emails or given.username):
        raise AppError("client.nameless")
    shown = phones.show(given.phones[0]) if given.phones else None
    return replace(given, name=shown or (given.emails[0] if given.emails else f"@{given.username}"))
