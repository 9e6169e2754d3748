"""E-mail: addresses that are confirmed by a code, and mails that a change causes."""

import secrets
from datetime import datetime, timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from enum import StrEnum

from db.models import Mailbox
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.mails import MailboxCard
from services.errors import AppError
from services.understanding import emails
from services.workspace import the_workspace

CODE_LIVES = timedelta(minutes=30)
PAUSE = timedelta(minutes=1)
"""Between two codes, so that nobody is pestered by way of this program."""
TRIES = 5
CHANGED = "mailbox.change"


class MailKind(StrEnum):
    """What a mail says; each kind is drawn by `handlers/mails.py`."""

    CODE = "code"
    """The code that confirms an address; to the address that waits for it."""
    WEEK = "week"
    """The week, with its picture."""


class Mailboxes:
    """One's own address, for whoever gets the week (`report.view`); `works`: whether there is a mail server.

    All raise `not_allowed`; `mail.not_set_up` what sends.
    """

    def __init__(self, db: Database, clock: Clock, *, works: bool) -> None:
        self._db = db
        self._clock = clock
        self._works = works

    async def card(self, actor: Actor) -> MailboxCard:
        """The address, and the one that waits for its code."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            return self._card(actor, await uow.mails.box(actor.person_id))

    async def ask(self, actor: Actor, typed: str) -> MailboxCard:
        """Send a code to an address; the present one stays until it is confirmed.

        Raises `mail.unread`, `mail.too_soon`.
        """
        require(actor, Action.REPORT_VIEW)
        self._require_server()
        address, now = emails.normalise(typed), self._clock.now()
        if address is None or not _is_sendable(address):
            raise AppError("mail.unread")
        async with self._db.write(actor.cause) as uow:
            box = await uow.mails.box(actor.person_id)
            if box is None:
                box = Mailbox(person_id=actor.person_id)
                uow.mails.add(box)
            elif now - box.asked_at < PAUSE:
                raise AppError("mail.too_soon")
            code = f"{secrets.randbelow(10**6):06d}"
            box.wanted, box.code, box.asked_at, box.tries = address, code, now, 0
            event = await history.record(uow, actor, now, CHANGED, "mailbox", actor.person_id)
            await uow.mails.flush()
            await queue(uow, now, actor.person_id, MailKind.CODE, f"code:{event}", CODE_LIVES, {"code": code})
            return self._card(actor, box)

    async def confirm(self, actor: Actor, typed: str) -> MailboxCard:
        """The code that came. Raises `mail.code_wrong`, or `mail.code_void` if it is too late for any."""
        require(actor, Action.REPORT_VIEW)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            box = await uow.mails.box(actor.person_id)
            if box is None or box.code is None or now - box.asked_at > CODE_LIVES or box.tries >= TRIES:
                raise AppError("mail.code_void")
            right = secrets.compare_digest(box.code.encode(), "".join(typed.split()).encode())
            if right:
                box.address, box.wanted, box.code = box.wanted, None, None
                await history.record(uow, actor, now, CHANGED, "mailbox", actor.person_id)
            else:
                box.tries += 1
            await uow.mails.flush()
            card = self._card(actor, box)
        if not right:  # Raised after the transaction, since the try has to count.
            raise AppError("mail.code_wrong")
        return card

    async def forget(self, actor: Actor) -> MailboxCard:
        """No mails any more, and no address."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.write(actor.cause) as uow:
            await uow.mails.forget(actor.person_id)
            now = self._clock.now()
            await history.record(uow, actor, now, CHANGED, "mailbox", actor.person_id)
            return self._card(actor, None)

    async def awaited(self, actor: Actor, code: str) -> str | None:
        """The address that waits for this very code; None if it does not any more."""
        async with self._db.read() as uow:
            box = await uow.mails.box(actor.person_id)
            return box.wanted if box is not None and box.code == code else None

    def _require_server(self) -> None:
        if not self._works:
            raise AppError("mail.not_set_up")

    def _card(self, actor: Actor, box: Mailbox | None) -> MailboxCard:
        if box is None:
            return MailboxCard(actor.person_id, None, None, self._works)
        return MailboxCard(actor.person_id, box.address, box.wanted, self._works)


async def queue(
    uow: UnitOfWork,
    now: datetime,
    person_id: int,
    kind: MailKind,
    key: str,
    lives: timedelta,
    params: dict[str, object],
) -> None:
    """Queue a mail to somebody. `key` names the cause: the same key and person is queued once."""
    await uow.mails.queue(
        epoch=(await the_workspace(uow)).outbox_epoch,
        dedupe=f"{key}@{person_id}",
        token=secrets.token_hex(16),
        kind=kind,
        params=params,
        person_id=person_id,
        state="new",
        attempts=0,
        created_at=now,
        next_at=now,
        expires_at=now + lives,
    )


def _is_sendable(address: str) -> bool:
    """Whether it may stand in the head of a mail as it is (RFC 5322)."""
    try:
        Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        return False
    return address.isascii()
