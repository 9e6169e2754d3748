"""Clients that were two and became one."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, moment, pk

STANDING = text("undone_at IS NULL")


class Merge(Base):
    """Two contacts or two companies that became one: whose number leads to whom, and what takes it back.

    The row of the one that is gone lives on here alone, so that nothing else has to leave it out.
    """

    __tablename__ = "client_merge"
    __table_args__ = (
        Index(
            "uq_client_merge_kind_gone_id",
            "kind",
            "gone_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index("ix_client_merge_kind_kept_id", "kind", "kept_id"),
    )

    id: Mapped[pk]
    kind: Mapped[code]
    gone_id: Mapped[int] = mapped_column(BigInteger)
    kept_id: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The columns of the row that is gone; none once it cannot come back."""
    points: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The phones and addresses that both had, as they stood with the one that is gone."""
    changed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{column: [before, after]} of the one that stays."""
    moved: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    """{table: [ids]}; and the rows of the fields that the one that stays had before."""
    merged_at: Mapped[moment]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[moment | None]
