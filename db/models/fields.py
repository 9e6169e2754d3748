"""Fields that the company has made for its own leads, contacts, companies and deals, and their values."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, BigId, code, label, moment, pk

# Words are found by how they begin; only in this order is that one stretch of an index on PostgreSQL, too.
Word = String(64).with_variant(String(64, collation="C"), "postgresql")


class CustomField(Base):
    """A field of one kind of subject; its key stays when it is renamed."""

    __tablename__ = "custom_field"
    __table_args__ = (UniqueConstraint("subject", "key"), NEVER_AGAIN)

    id: Mapped[pk]
    subject: Mapped[code]
    key: Mapped[str] = mapped_column(String(40))
    """By which the API, imports and exports name it."""
    name: Mapped[label]
    kind: Mapped[code]
    position: Mapped[int]
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What is chosen from, see `services.dto.fields.Option`."""
    finance: Mapped[bool] = mapped_column(default=False)
    """Whether whoever only settles deals sees it."""
    to_deal: Mapped[int | None] = mapped_column(BigInteger)
    """Into which field of the deal it is copied when a lead becomes one; no foreign key, since a backup
    brings rows back one by one."""
    to_contact: Mapped[int | None] = mapped_column(BigInteger)
    """The same of the contact."""
    created_at: Mapped[moment]
    archived_at: Mapped[moment | None]
    """When it was hidden: its values are kept."""
    dropped_at: Mapped[moment | None]
    """When it was deleted: for thirty days it may come back with its values. Nothing finds it meanwhile, and
    it is hidden as well."""


class FieldValue(Base):
    """What a field says of one subject: one row, or one for each of several choices.

    The subject has no foreign key, since it may be of four tables: whoever deletes rows of these deletes the
    values, too.
    """

    __tablename__ = "field_value"
    __table_args__ = (Index("ix_field_value_number", "field_id", "number", "subject_id"),)

    subject: Mapped[code] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    field_id: Mapped[int] = mapped_column(
        ForeignKey("custom_field.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Which of several choices; else 0."""
    number: Mapped[int | None] = mapped_column(BigInteger)
    """By which it is compared, see `services.fields.values`."""
    text: Mapped[str | None] = mapped_column(String(1000))
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FieldWord(Base):
    """A folded word of a value, by which the value is found."""

    __tablename__ = "field_word"
    __table_args__ = (Index("ix_field_word_subject_id", "subject_id", "field_id"),)

    field_id: Mapped[int] = mapped_column(
        ForeignKey("custom_field.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    word: Mapped[str] = mapped_column(Word, primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
