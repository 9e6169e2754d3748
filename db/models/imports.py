"""Imports: what was sent, what became of it, and what to take back."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, BigId, code, label, moment, pk


class ImportBatch(Base):
    """One file that the owner sent; everything it made carries its id.

    States: `received`; `ready` (read, waits for a yes) or `refused`; `cancelled`; `running`; `done` or
    `stopped`; `undoing`; `undone`.
    """

    __tablename__ = "import_batch"

    id: Mapped[pk]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    filename: Mapped[label]
    file_id: Mapped[str | None] = mapped_column(String(200))
    """By which Telegram gives the file out, again if need be; none for a file of this machine."""
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[code]
    fault: Mapped[dict[str, Any] | None]
    """Why it was refused or stopped: a code and its parameters."""
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """Rows of the file that are behind us: made, skipped and failed."""
    made: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    """Deals that were taken back."""
    created_at: Mapped[moment]
    finished_at: Mapped[moment | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[moment | None]


class ImportRow(Base):
    """A row that could not be imported, and why; `number` as a spreadsheet shows it."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[pk]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    number: Mapped[int]
    cells: Mapped[list[str]]
    reason: Mapped[code]
    """The first of its faults."""
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """All of them, each with `reason`, `detail` and `column`; none where the row was blanked."""


class ImportFill(Base):
    """What an import has filled in of a client who was there before: where, not what.

    The client has no foreign key, since it may be of two tables; one that is gone is found no more.
    """

    __tablename__ = "import_fill"
    __table_args__ = (UniqueConstraint("import_id", "subject", "subject_id"),)

    id: Mapped[pk]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    subject: Mapped[code]
    subject_id: Mapped[int] = mapped_column(BigId)
    version: Mapped[int]
    """The client's own then: one that was changed since stays as it is."""
    columns: Mapped[list[str]]
    """Those of its card."""
    fields: Mapped[list[int]] = mapped_column(JSON)
    """Those of the company's own, by their ids."""
