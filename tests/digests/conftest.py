"""A mail server of our own, which takes mails or refuses them as it is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from integrations.mail import Server


@dataclass
class Post:
    """What has come, and the answers that come in place of "250 OK"; an empty one hangs up."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    rejected: str | None = None
    """What each recipient is refused with."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """The first mail is here."""

    @property
    def server(self) -> Server:
        """How to come in."""
        return Server("127.0.0.1", self.port, "none", "crm@example.com")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it by the name of the command
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rejected is not None:
            return self.rejected
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.refusals:
            answer = self.refusals.pop(0)
            if not answer:
                assert server.transport is not None
                server.transport.abort()
            return answer or "421 gone"
        found = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        self.to += envelope.rcpt_tos
        self.arrived.set()
        return "250 OK"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A real SMTP server on the loopback."""
    found = Post()
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: SMTP(found, hostname="mail.example.com", enable_SMTPUTF8=False, loop=loop), "127.0.0.1", 0
    )
    found.port = listener.sockets[0].getsockname()[1]
    yield found
    listener.close()
    await listener.wait_closed()
