"""What came in, what must go out and what is due: the inbox, the outbox, timers, cards and open forms."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, moment, pk, telegram

# What waits is a handful among all that is done: it has indexes of its own.
OPEN = text("state IN ('new', 'applied')")
WAITING = text("state = 'new'")


class Inbox(Base):
    """A Telegram update, stored before it is acknowledged.

    States: `new`; `applied` (its effect is committed, the answer may not have gone out);
    `done`; `quarantined`.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index("ix_inbox_open", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_inbox_lane_open", "lane", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[pk]
    bot_id: Mapped[telegram]
    update_id: Mapped[int] = mapped_column(BigInteger)
    lane: Mapped[str] = mapped_column(String(64))
    """Updates of one lane (chat and user) are handled in order."""
    raw: Mapped[str] = mapped_column(Text)
    """As it came; emptied when it is done, since people's words are kept nowhere without need."""
    state: Mapped[code] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[moment]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[moment | None]


class Outbox(Base):
    """A message that must go out; its text is rendered, and the rights are asked, at sending.

    States: `held` (until the reader's quiet time ends), `new`, `leased`, `sent`, `dead`, `cancelled`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "priority", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_coalesce_waiting", "coalesce", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_chat_id_state_id", "chat_id", "state", "id"),
    )

    id: Mapped[pk]
    epoch: Mapped[int]
    dedupe: Mapped[str] = mapped_column(String(120), unique=True)
    coalesce: Mapped[str | None] = mapped_column(String(120))
    """Of several waiting rows with the same key only the newest is sent."""
    kind: Mapped[code]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose rights are asked; none for a team chat."""
    chat_id: Mapped[telegram]
    thread: Mapped[telegram | None]
    priority: Mapped[int]
    silent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[code] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
    message_id: Mapped[telegram | None]
    created_at: Mapped[moment]
    next_at: Mapped[moment]
    expires_at: Mapped[moment | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[moment | None]
    sent_at: Mapped[moment | None]


class Timer(Base):
    """Something to do at a moment; its guard is checked again when it fires.

    States: `new`, `done`, `cancelled`, `dead`.
    """

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_waiting", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_timer_subject_subject_id_state", "subject", "subject_id", "state"),
    )

    id: Mapped[pk]
    kind: Mapped[code]
    subject: Mapped[code]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    dedupe: Mapped[str] = mapped_column(String(120), unique=True)
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[moment]
    retry_at: Mapped[moment | None]
    """Not before this, after a failure."""
    state: Mapped[code] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[moment]
    fired_at: Mapped[moment | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[moment | None]


class Card(Base):
    """Where a subject's card stands in a chat, so that it is edited in place and never sent twice."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("chat_id", "subject", "subject_id"),
        Index("ix_card_subject_subject_id", "subject", "subject_id"),
        Index("ix_card_chat_id_message_id", "chat_id", "message_id"),
    )

    id: Mapped[pk]
    chat_id: Mapped[telegram]
    subject: Mapped[code]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[telegram]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[moment]


class Mute(Base):
    """Of what somebody wants to hear no news."""

    __tablename__ = "mute"
    __table_args__ = (Index("ix_mute_subject_subject_id", "subject", "subject_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    subject: Mapped[code] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Form(Base):
    """A form that a person is filling in, kept over restarts."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("bot_id", "chat_id", "user_id", "thread"),)

    id: Mapped[pk]
    bot_id: Mapped[telegram]
    chat_id: Mapped[telegram]
    user_id: Mapped[telegram]
    thread: Mapped[telegram] = mapped_column(default=0)
    state: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[moment]


class Beat(Base):
    """The last sign of life of a named part: the poller, the ticker, the backup."""

    __tablename__ = "beat"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[moment]
    holder: Mapped[str | None] = mapped_column(String(64))
    """Who leads where only one may, e.g. the replica that polls."""
