"""E-mail as its readers see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailboxCard:
    """Somebody's own address."""

    person_id: int
    address: str | None
    wanted: str | None
    """Another one, which waits for its code."""
    works: bool
    """Whether there is a mail server to send by."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is to be read: the same words as HTML and as plain text, and perhaps a picture."""

    address: str
    subject: str
    html: str
    text: str
    image: bytes | None = None
    """In the HTML it is `cid:picture`."""
