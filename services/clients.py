"""Clients: the cards of contacts and companies, their lists, and what happened with them."""

import json
from collections.abc import Mapping

from db.models import Contact
from db.repositories.notes import NoteFacts
from db.repositories.touches import Reader, TouchRow
from db.uow import Database
from services.access import Action, Actor, require, scope
from services.client_cards import build_client_card, contact_line, firm_line, to_points
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientCard, ClientKind, ClientList, FirmChoice, PointKind
from services.dto.common import Page, Ref, Sum
from services.dto.talk import FileKind
from services.dto.touches import Touch, Touches, TouchFile, TouchKind
from services.firm_choice import offered, words_in

PAGE = 8
MOST_PAGES = 1000
NOTES = (TouchKind.NOTE, TouchKind.COMMENT)


class Clients:
    """The service of contacts and companies, for looking."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(
        self, actor: Actor, kind: ClientKind, client_id: int, action: Action = Action.CLIENT_VIEW
    ) -> ClientCard:
        """The card of a client, with the newest of its deals, leads and people that the actor may see.

        Raises `contact.not_found`, `firm.not_found`, and `not_allowed` if it is needed for more than that.
        """
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, action)
            return await build_client_card(uow, actor, kind, client.id, self._clock.now())

    async def page(self, actor: Actor, kind: ClientKind, after: int | None = None) -> ClientList:
        """Visible contacts or companies, the newest first; `after` is the page's key."""
        require(actor, Action.CLIENT_VIEW)
        reach = scope(actor, Action.CLIENT_VIEW)
        async with self._db.read() as uow:
            if kind is ClientKind.CONTACT:
                rows = await uow.clients.contacts(reach, after, PAGE + 1)
                lines = [contact_line(contact, firm) for contact, firm in rows]
            else:
                firms = await uow.clients.companies(reach, scope(actor, Action.DEAL_VIEW), after, PAGE + 1)
                lines = [firm_line(firm) for firm in firms]
        page = Page(tuple(lines[:PAGE]), lines[PAGE - 1].id if len(lines) > PAGE else None)
        return ClientList(kind, page, may_create=actor.may(Action.CLIENT_CREATE))

    async def people(self, actor: Actor, firm_id: int, after: int | None = None) -> ClientList:
        """The contacts of a company that the actor may see. Raises `firm.not_found`."""
        async with self._db.read() as uow:
            firm = await access_client(uow, actor, ClientKind.FIRM, firm_id, Action.CLIENT_VIEW)
            reach = scope(actor, Action.CLIENT_VIEW)
            rows = await uow.clients.contacts(reach, after, PAGE + 1, firm.id)
        lines = [contact_line(contact, None) for contact, _ in rows]
        page = Page(tuple(lines[:PAGE]), lines[PAGE - 1].id if len(lines) > PAGE else None)
        create = actor.may(Action.CLIENT_CREATE)
        return ClientList(ClientKind.CONTACT, page, firm=Ref(firm.id, firm.name), may_create=create)

    async def touches(self, actor: Actor, kind: ClientKind, client_id: int, page: int = 0) -> Touches:
        """What happened with a client as far as the actor may see it, the newest first.

        Raises `contact.not_found`, `firm.not_found`.
        """
        page = min(page, MOST_PAGES)
        reader = Reader(
            deals=scope(actor, Action.DEAL_VIEW),
            talk=scope(actor, Action.DEAL_TALK_VIEW),
            leads=scope(actor, Action.LEAD_VIEW),
            tasks=scope(actor, Action.TASK_VIEW),
        )
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_VIEW)
            points = to_points(await uow.clients.points(kind, client.id))
            phones = [point.value for point in points if point.kind is PointKind.PHONE]
            rows = await uow.touches.page(kind, client.id, phones, reader, page * PAGE, PAGE + 1)
            notes = await uow.notes.facts({row.id for row in rows if row.kind in NOTES})
        touches = tuple(_touch(row, kind, client.id, notes) for row in rows[:PAGE])
        return Touches(kind, client.id, client.name, touches, page, len(rows) > PAGE)

    async def firms(self, actor: Actor, contact_id: int, words: str = "") -> FirmChoice:
        """Companies to link a contact with: visible ones whose names contain the words, else the newest.

        Raises `contact.not_found`, `not_allowed`.
        """
        words = words_in(words)
        async with self._db.read() as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_EDIT)
            firms = await offered(uow, actor, words)
        current = contact.company_id if isinstance(contact, Contact) else None
        found = tuple(Ref(firm.id, firm.name) for firm in firms if firm.id != current)
        create = actor.may(Action.CLIENT_CREATE) and not found and any(char.isalpha() for char in words)
        return FirmChoice(
            contact.id, contact.name, contact.version, current is not None, words, found, create
        )


def _touch(row: TouchRow, client: ClientKind, client_id: int, notes: Mapping[int, NoteFacts]) -> Touch:
    """A note or a call is told on the card of its deal or lead, else it is the client's own."""
    kind = TouchKind(row.kind)
    if row.task_id is not None:
        subject, subject_id = "task", row.task_id
    elif row.deal_id is not None:
        subject, subject_id = "deal", row.deal_id
    elif row.lead_id is not None:
        subject, subject_id = "lead", row.lead_id
    else:
        subject, subject_id = client, client_id
    amount = Sum(row.amount, row.currency) if row.amount is not None and row.currency else None
    file = _file(notes.get(row.id)) if kind in NOTES else None
    stages = _stages(row.text) if kind is TouchKind.MOVE else None
    return Touch(
        kind,
        row.at,
        row.text,
        subject,
        subject_id,
        row.author,
        row.done,
        amount,
        row.beside,
        stages,
        file,
        row.id if kind in NOTES else None,
    )


def _stages(told: str) -> tuple[str, str]:
    """As the history keeps them."""
    old, new = json.loads(told)
    return str(old), str(new)


def _file(note: NoteFacts | None) -> TouchFile | None:
    if note is None or note.file_id is None or note.kind is None:
        return None
    return TouchFile(note.file_id, FileKind(note.kind), note.name, note.files)
