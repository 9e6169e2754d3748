"""Requests that nobody has judged yet."""

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, folded, label, moment, money, pk
from db.models.follow_up import follow_up_indexes

ALARMED = text("alarmed_at IS NOT NULL")


class Lead(Base):
    """A request: free until a manager takes it, closed when qualified or rejected."""

    __tablename__ = "lead"
    __table_args__ = (
        Index("ix_lead_department_id_status_id", "department_id", "status", "id"),
        Index("ix_lead_owner_id_status_id", "owner_id", "status", "id"),
        Index("ix_lead_owner_id_id", "owner_id", "id"),
        # Whoever sees all leads asks for those of a status, or of a source, the newest first.
        Index("ix_lead_status_id", "status", "id"),
        Index("ix_lead_source_id", "source", "id"),
        Index("ix_lead_created_at", "created_at"),
        *follow_up_indexes("lead"),
        Index("ix_lead_alarmed_at", "alarmed_at", sqlite_where=ALARMED, postgresql_where=ALARMED),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    title: Mapped[label]
    name: Mapped[label | None]
    search: Mapped[folded]
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    username: Mapped[str | None] = mapped_column(String(64))
    amount: Mapped[money | None]
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[code]
    comment: Mapped[str | None] = mapped_column(Text)
    status: Mapped[code]
    reject_reason: Mapped[label | None]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    """Which it enters when it becomes a deal, as the way says by which it came; none: the company's first."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    taken_at: Mapped[moment | None]
    turn: Mapped[int] = mapped_column(default=1)
    """Raised whenever it changes hands; timers of an earlier turn do nothing."""
    turn_at: Mapped[moment | None]
    """When it changed hands last; none as long as it is with the first who got it."""
    granted: Mapped[int] = mapped_column(default=0)
    """Minutes of working time in which the program was away; they count for nobody."""
    turn_granted: Mapped[int] = mapped_column(default=0)
    """How many of them were before the present turn."""
    step: Mapped[code | None]
    """What follows at `step_at` unless it is answered, see `services.response`."""
    step_at: Mapped[moment | None]
    passed: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Who did not answer it in their turn."""
    offered_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who alone may take it until `offered_until`."""
    offered_until: Mapped[moment | None]
    offer: Mapped[int] = mapped_column(default=0)
    """Raised with each offer; timers of an earlier one do nothing."""
    declined: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Who has let an offer of it pass."""
    queued_at: Mapped[moment | None]
    """When its head was told that nobody is free to take it."""
    alarmed_at: Mapped[moment | None]
    """When its head was told that nobody answers."""
    answered_at: Mapped[moment | None]
    answer_minutes: Mapped[int | None]
    """Working time from the request to the answer."""
    silent_from: Mapped[moment | None]
    """When something last happened after that, until its owner is told that nothing has since."""
    callback_from: Mapped[moment | None]
    """When it was answered, until its owner is told to call back; goes on with the deal that it becomes."""
    closed_at: Mapped[moment | None]
    tags: Mapped[list[int]] = mapped_column(JSON, default=list)
    """By its tags' ids; the same as its rows of `lead_tag`, for whoever holds the lead."""
    version: Mapped[int] = mapped_column(default=1)
