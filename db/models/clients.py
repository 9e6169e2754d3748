"""Those we sell to: contacts and their companies."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, folded, label, moment, pk


class Company(Base):
    """An organisation that buys from us."""

    __tablename__ = "company"

    id: Mapped[pk]
    name: Mapped[label]
    name_folded: Mapped[folded] = mapped_column(index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]


class Contact(Base):
    """A person on the client's side; belongs to the manager who keeps the relation."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_owner_id_id", "owner_id", "id"),)

    id: Mapped[pk]
    name: Mapped[label]
    search: Mapped[folded]
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    username: Mapped[str | None] = mapped_column(String(64))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    version: Mapped[int] = mapped_column(default=1)
