"""Those we sell to: contacts and their companies, and the ways to reach them."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from db.base import NEVER_AGAIN, Base, TelegramName, code, folded, label, moment, pk, telegram

BIRTHDAY = text("birthday IS NOT NULL")
PHONE = "phone"
EMAIL = "email"


class ContactPoint(Base):
    """A phone (E.164) or an e-mail address (lower case) of a contact or of a company."""

    __tablename__ = "contact_point"
    __table_args__ = (
        UniqueConstraint("contact_id", "value"),
        UniqueConstraint("company_id", "value"),
        CheckConstraint("(contact_id IS NULL) <> (company_id IS NULL)", name="owner"),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    kind: Mapped[code]
    value: Mapped[str] = mapped_column(String(254), index=True)
    label: Mapped[code | None]
    """What it is for: `work`, `home`."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))


class Company(Base):
    """An organisation that buys from us; belongs to the manager who keeps the relation, or to nobody."""

    __tablename__ = "company"
    __table_args__ = (Index("ix_company_owner_id_id", "owner_id", "id"), NEVER_AGAIN)

    id: Mapped[pk]
    name: Mapped[label]
    name_folded: Mapped[folded] = mapped_column(index=True)
    inn: Mapped[str | None] = mapped_column(String(12), index=True)
    kpp: Mapped[str | None] = mapped_column(String(9))
    address: Mapped[str | None] = mapped_column(String(300))
    industry: Mapped[label | None]
    client_type: Mapped[code | None]
    source: Mapped[code | None]
    note: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    tags: Mapped[list[int]] = mapped_column(JSON, default=list)
    """By its tags' ids; the same as its rows of `company_tag`."""
    version: Mapped[int] = mapped_column(default=1)


class Contact(Base):
    """A person on the client's side; belongs to the manager who keeps the relation."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_company", "company_id", "owner_id", "department_id"),
        Index("ix_contact_owner_id_id", "owner_id", "id"),
        Index("ix_contact_department_id_id", "department_id", "id"),
        Index(
            "ix_contact_owner_id_birthday",
            "owner_id",
            "birthday",
            sqlite_where=BIRTHDAY,
            postgresql_where=BIRTHDAY,
        ),
        Index("ix_contact_username", "username"),
        Index("ix_contact_created_at", "created_at"),
        NEVER_AGAIN,
    )

    id: Mapped[pk] = mapped_column()
    name: Mapped[label]
    search: Mapped[folded]
    username: Mapped[str | None] = mapped_column(TelegramName)
    telegram_id: Mapped[telegram | None]
    position: Mapped[label | None]
    birthday: Mapped[str | None] = mapped_column(String(5))
    """Month and day, `05-12`; the year is often not known."""
    birth_year: Mapped[int | None]
    client_type: Mapped[code | None]
    source: Mapped[code | None]
    note: Mapped[str | None] = mapped_column(Text)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    tags: Mapped[list[int]] = mapped_column(JSON, default=list)
    """By its tags' ids; the same as its rows of `contact_tag`."""
    version: Mapped[int] = mapped_column(default=1)

    points: Mapped[list[ContactPoint]] = relationship(lazy="raise", passive_deletes=True)
    phone: Mapped[str | None] = column_property(
        select(ContactPoint.value)
        .where(ContactPoint.contact_id == id, ContactPoint.kind == PHONE)  # noqa: A003 - the column above
        .order_by(ContactPoint.id)
        .limit(1)
        .correlate_except(ContactPoint)
        .scalar_subquery(),
        expire_on_flush=False,
    )
    """The first of the phones, for cards that show one; to find somebody by a phone, ask the points."""

    def __init__(self, *, phone: str | None = None, email: str | None = None, **fields: Any) -> None:
        """A contact with its first phone and its first address."""
        given = ((PHONE, phone), (EMAIL, email))
        points = [ContactPoint(kind=kind, value=value) for kind, value in given if value is not None]
        super().__init__(points=points, **fields)
        set_committed_value(self, "phone", phone)
