"""Mail by SMTP (RFC 5321): one message with its HTML, its plain text and a picture inside."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

TIMEOUT = 20.0
"""Seconds for each answer of the server."""


class MailError(Exception):
    """A mail was not sent; `final`: its server refuses it for good, so that trying again is of no use."""

    def __init__(self, told: str, *, final: bool) -> None:
        super().__init__(told)
        self.told, self.final = told, final


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to come in."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    sender: str
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be read, and by whom; in the HTML the picture is `cid:picture`."""

    to: str
    subject: str
    text: str
    html: str
    image: bytes | None = None


def compose(message: Message, sender: str, token: str, at: datetime) -> EmailMessage:
    """The message as it travels; with the same `token` it is known to be the same one (Message-ID)."""
    domain = sender.rpartition("@")[2].strip(">")
    mail = EmailMessage()
    mail["From"] = Address("Sdelka", addr_spec=sender)
    mail["To"] = Address(addr_spec=message.to)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{token}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    if message.image is not None:
        page = mail.get_payload(1)
        assert isinstance(page, EmailMessage)
        page.add_related(
            message.image, "image", "png", cid="<picture>", disposition="inline", filename="picture.png"
        )
    return mail


async def send(server: Server, mail: EmailMessage) -> None:
    """Hand a message over to the server. Raises MailError.

    A refusal of the recipient or of the content with 5xx is final (RFC 5321, 4.2.1). All else may pass: 4xx,
    a lost connection, and also a login that is refused, for whoever runs the server can put that right.
    """
    client = SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls == "tls",
        start_tls=server.tls == "starttls",
        username=server.user,
        password=server.password,
        timeout=TIMEOUT,
    )
    try:
        async with client:
            await client.send_message(mail)
    except SMTPRecipientsRefused as error:
        raise _refused(error.recipients[0]) from None
    except (SMTPDataError, SMTPRecipientRefused) as error:
        raise _refused(error) from None
    except (SMTPException, OSError) as error:
        raise MailError(f"{type(error).__name__}: {error}".splitlines()[0][:200], final=False) from None


def _refused(error: SMTPResponseException) -> MailError:
    told = f"{error.code} {error.message}".splitlines()[0][:200]
    return MailError(told, final=error.code >= 500)
