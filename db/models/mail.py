"""E-mail: whose digests go to which address, and what must go out."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, moment, pk


class Mailbox(Base):
    """Somebody's e-mail address, and another one that waits for its code."""

    __tablename__ = "mailbox"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str | None] = mapped_column(String(254))
    """Confirmed by a code that was sent there."""
    wanted: Mapped[str | None] = mapped_column(String(254))
    """To be confirmed."""
    code: Mapped[str | None] = mapped_column(String(6))
    asked_at: Mapped[moment]
    """When the last code was sent."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often a wrong code was typed."""


class Mail(Base):
    """A mail that must go out; its text is rendered, and the rights are asked, at sending.

    States: `new`, `leased`, `sent`, `dead`, `cancelled`.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_state_next_at", "state", "next_at"),)

    id: Mapped[pk]
    epoch: Mapped[int]
    dedupe: Mapped[str] = mapped_column(String(120), unique=True)
    token: Mapped[str] = mapped_column(String(32))
    """The first half of its Message-ID: the same however often it is tried."""
    kind: Mapped[code]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[code] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[moment]
    next_at: Mapped[moment]
    expires_at: Mapped[moment]
    lease_until: Mapped[moment | None]
    sent_at: Mapped[moment | None]
