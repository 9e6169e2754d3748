"""Takes mails from their queue, one at a time, and hands them over to the mail server."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.trouble import PASSING, backoff, told
from db.models import Mail
from db.repositories.mails import MailOutcome
from db.uow import Database
from integrations.mail import MailError, Message, Server, compose, send
from services import notices
from services.clock import Clock
from services.dto.mails import Letter
from services.notices import NoticeKind

log = structlog.get_logger(__name__)

Draw = Callable[[Mail], Awaitable[Letter | None]]
"""Draws a mail with the reader's present rights; None when the right or the reason is gone."""

LOOK_SECONDS = 2.0
ATTEMPT_SECONDS = 120
"""An attempt ends well before others take the mail for abandoned, see `db.repositories.mails.LEASE`."""
FIRST, MOST = 60.0, 3600.0
"""Seconds between attempts."""


class Mailer:
    """One for each instance; several share the queue.

    A mail is recorded as sent after the server has taken it. Between the two a program may die, and then the
    mail is sent once more, under the same Message-ID: the other order would lose it.
    """

    def __init__(self, db: Database, clock: Clock, draw: Draw, server: Server) -> None:
        self._db = db
        self._clock = clock
        self._draw = draw
        self._server = server
        self._stopping = asyncio.Event()
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Send until `stop`."""
        while not self._stopping.is_set():
            try:
                async with self._busy:
                    worked = await self.step()
            except PASSING as error:
                log.warning("mails_unreadable", error=told(error))
                worked = False
            if not worked:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), LOOK_SECONDS)

    async def stop(self, grace: float) -> None:
        """Take up nothing more, and wait for what is on the wire."""
        self._stopping.set()
        async with asyncio.timeout(grace):
            await self._busy.acquire()

    async def step(self) -> bool:
        """Try one mail that is due; False if none is."""
        now = self._clock.now()
        async with self._db.read() as uow:
            if not await uow.mails.any_due(now):
                return False
        async with self._db.write() as uow:
            mail = await uow.mails.claim(now)
        if mail is None:
            return False
        outcome, failed = await self._try(mail)
        await self._record(mail, outcome, failed)
        return True

    async def _try(self, mail: Mail) -> tuple[MailOutcome, tuple[str, str] | None]:
        """What became of it; of one that is refused for good also the address and the reason."""
        now, attempts = self._clock.now(), mail.attempts + 1
        try:
            letter = await self._draw(mail)
        except Exception as error:  # the outermost border: one mail must not stop the others
            log.exception("mail_not_drawn", mail_id=mail.id, kind=mail.kind)
            return self._later(attempts, told(error)), None
        if letter is None:
            return MailOutcome("cancelled", mail.attempts, now, "no right or reason any more"), None
        message = Message(letter.address, letter.subject, letter.text, letter.html, letter.image)
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                await send(self._server, compose(message, self._server.sender, mail.token, mail.created_at))
        except (MailError, TimeoutError) as error:
            reason = error.told if isinstance(error, MailError) else "timeout"
            final = isinstance(error, MailError) and error.final
            log.warning("mail_not_sent", mail_id=mail.id, tries=attempts, final=final)
            if final:
                return MailOutcome("dead", attempts, now, reason), (letter.address, reason)
            return self._later(attempts, reason), None
        return MailOutcome("sent", attempts, now, sent_at=self._clock.now()), None

    def _later(self, attempts: int, reason: str) -> MailOutcome:
        pause = timedelta(seconds=backoff(attempts, first=FIRST, most=MOST))
        return MailOutcome("new", attempts, self._clock.now() + pause, reason)

    async def _record(self, mail: Mail, outcome: MailOutcome, failed: tuple[str, str] | None) -> None:
        """However long the database is away: a mail that is sent must not seem to wait."""
        tries = 0
        while True:
            try:
                async with self._db.write() as uow:
                    await uow.mails.finish(mail.id, outcome)
                    person = await uow.people.get(mail.person_id)
                    if failed and person is not None:
                        params: dict[str, object] = {"address": failed[0], "error": failed[1]}
                        await notices.send(
                            uow,
                            self._clock.now(),
                            [notices.private(person)],
                            NoticeKind.MAIL_FAILED,
                            f"mail_failed:{mail.id}",
                            params,
                        )
            except PASSING as error:
                tries += 1
                log.warning("mail_not_recorded", mail_id=mail.id, error=told(error))
                await asyncio.sleep(backoff(tries, first=0.5, most=15))
            else:
                return
