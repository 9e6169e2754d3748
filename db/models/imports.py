"""Imports: what was sent, what became of it, and what to take back."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, label, moment, pk


class ImportBatch(Base):
    """One file that the owner sent; everything it made carries its id."""

    __tablename__ = "import_batch"

    id: Mapped[pk]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    filename: Mapped[label]
    path: Mapped[str] = mapped_column(String(300))
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[code]
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[moment]
    finished_at: Mapped[moment | None]


class ImportRow(Base):
    """A row that could not be imported, and why."""

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_import_id_number", "import_id", "number"),)

    id: Mapped[pk]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    number: Mapped[int]
    cells: Mapped[list[str]]
    reason: Mapped[code]
    detail: Mapped[str | None] = mapped_column(Text)
