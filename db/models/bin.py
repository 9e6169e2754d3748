"""What was deleted and can still come back."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, label, moment, pk


class Binned(Base):
    """A deal, lead, contact or company in the bin; its rows live on here alone.

    What is needed to find it and to ask for rights stands beside them. No foreign key leads out of the bin
    to what may be deleted itself.
    """

    __tablename__ = "bin"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id"),
        Index("ix_bin_deleted_at", "deleted_at"),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    kind: Mapped[code]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[label]
    owner_id: Mapped[int | None] = mapped_column(BigInteger)
    crew: Mapped[list[int]] = mapped_column(JSON, default=list)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    contact_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """The client of a deal or a lead, by whom it is found when all that is kept of them has to go."""
    rows: Mapped[dict[str, list[dict[str, Any]]]] = mapped_column(JSON)
    """{table: [columns]}: the subject and all that has gone along."""
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What stayed and was of it: table, key, column and the number that stood there."""
    deleted_at: Mapped[moment]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
