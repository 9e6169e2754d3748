"""Lists that people put together: filters that they looked at, and those that they keep as views."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, label, moment, pk


class Listing(Base):
    """A filter that somebody looked at. The buttons of its pages name it: no button holds a whole filter."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("person_id", "digest"), NEVER_AGAIN)

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filter: Mapped[dict[str, Any]]
    """See `services.lists.filters.Filter.data`."""
    digest: Mapped[str] = mapped_column(String(64))
    """The same filter of the same person is the same row."""
    created_at: Mapped[moment]


class View(Base):
    """A filter with a name, that somebody keeps for themselves or shares with a department."""

    __tablename__ = "view"
    __table_args__ = (
        Index("ix_view_person_id_id", "person_id", "id"),
        Index("ix_view_department_id", "department_id"),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[label]
    filter: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """By which a list is known as that of the view."""
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    """With whom it is shared; none for nobody."""
    created_at: Mapped[moment]


class ViewPin(Base):
    """A view that somebody has in their menu."""

    __tablename__ = "view_pin"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(
        ForeignKey("view.id", ondelete="CASCADE"), primary_key=True, index=True
    )
