"""The append-only history: one row for each change, written in the change's own transaction.

The database refuses to change or delete any of it, see `db.guards`.
"""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, BigId, code, moment, pk

PASSAGES = text(
    "action IN ('lead.qualify', 'deal.create', 'deal.move', 'deal.settle', 'deal.lose', 'deal.revive', "
    "'deal.reopen')"
)
"""What brings a deal to a stage; written out, since an index of some rows serves its own words alone."""


class Event(Base):
    """Who changed what, when, by which door, from what to what."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject_subject_id_id", "subject", "subject_id", "id"),
        Index("ix_event_bot_id_update_id", "bot_id", "update_id"),
        Index("ix_event_passages", "at", sqlite_where=PASSAGES, postgresql_where=PASSAGES),
    )

    id: Mapped[pk]
    at: Mapped[moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    door: Mapped[code]
    bot_id: Mapped[int | None] = mapped_column(BigInteger)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """The Telegram update that caused it; a repeated update finds its own event and changes nothing."""
    action: Mapped[code]
    subject: Mapped[code]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{field: [old, new]}"""
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """Of what `changes` said before personal data was erased from them: their seal holds for that."""
    erased_by: Mapped[int | None] = mapped_column(BigInteger)
    """The event of that erasure."""


class Seal(Base):
    """The fingerprint of a stretch of the history and of all before it, see `services.seals`."""

    __tablename__ = "seal"

    id: Mapped[pk]
    """One more than the one before: of two that are set at once one stays."""
    upto: Mapped[int] = mapped_column(BigInteger)
    """The last event of the stretch, which begins after that of the seal before."""
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[moment]


class Unsealed(Base):
    """That there is an event which no seal covers yet; written by a trigger with the event itself."""

    __tablename__ = "unsealed"

    event_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[moment]
    """Of the event: SQLite gives the number of a deleted last one to the next."""
