"""Where notes came from: messages with their files, and what they said before they were edited."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, label, moment, pk, telegram


class NoteSource(Base):
    """The message that a note was; where it was forwarded, also who wrote it first and when."""

    __tablename__ = "note_source"
    __table_args__ = (
        Index("ix_note_source_chat_id_message_id", "chat_id", "message_id"),
        Index("ix_note_source_chat_id_album", "chat_id", "album"),
    )

    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), primary_key=True)
    chat_id: Mapped[telegram]
    message_id: Mapped[telegram]
    album: Mapped[str | None] = mapped_column(String(32))
    """Telegram's media group: all its messages are one note."""
    origin: Mapped[code | None]
    """What it was forwarded from: a user, a user who hides, a chat or a channel."""
    origin_name: Mapped[label | None]
    origin_at: Mapped[moment | None]
    edited_at: Mapped[moment | None]


class NoteFile(Base):
    """A file of a note; Telegram keeps its bytes, we keep what opens it again."""

    __tablename__ = "note_file"
    __table_args__ = (UniqueConstraint("note_id", "message_id"), NEVER_AGAIN)

    id: Mapped[pk]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    message_id: Mapped[telegram]
    kind: Mapped[code]
    file_id: Mapped[str] = mapped_column(String(200))
    unique_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[label | None]
    mime: Mapped[str | None] = mapped_column(String(120))
    size: Mapped[int | None] = mapped_column(BigInteger)


class NoteVersion(Base):
    """What a note said until it was edited."""

    __tablename__ = "note_version"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[moment]
