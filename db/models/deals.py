"""Pipelines with their stages, and the deals that move along them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, folded, label, moment, money, pk
from db.models.follow_up import follow_up_indexes

ARCHIVED = text("archived_at IS NOT NULL")
CLOSED = text("closed_on IS NOT NULL")
IN_WORK = text("closed_on IS NULL")
FROM_OUTSIDE = text("external_id IS NOT NULL")


class Pipeline(Base):
    """A way of selling: an ordered row of stages."""

    __tablename__ = "pipeline"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    name: Mapped[label]
    position: Mapped[int] = mapped_column(default=0)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is done by itself about its deals, see `services.followup.rules`."""
    created_at: Mapped[moment]
    archived_at: Mapped[moment | None]
    """When it was put out of use: no deal in work stands in it, those that are closed stay."""
    edition: Mapped[money] = mapped_column(server_default="0")
    """Another number as soon as one of its stages changes, see `db.editions`."""


class Stage(Base):
    """A step of a pipeline; `required` names the deal's fields that must be filled to enter it."""

    __tablename__ = "stage"
    __table_args__ = (Index("ix_stage_pipeline_id_position", "pipeline_id", "position"), NEVER_AGAIN)

    id: Mapped[pk]
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"))
    name: Mapped[label]
    position: Mapped[int]
    kind: Mapped[code]
    required: Mapped[list[str]] = mapped_column(default=list)
    percent: Mapped[int | None]
    """How likely a deal of it is won; none: by its kind and its place, see `services.scoring.rules`."""
    norm_days: Mapped[int | None]
    """So many days a deal may stand in it; none for as long as it likes."""
    color: Mapped[code | None]
    """Of its mark on the screen, see `services.pipelines.shape.Color`; none: that of its kind."""
    role: Mapped[code | None]
    """Who is responsible for deals there, as a role."""
    result: Mapped[label | None]
    """What is to be reached there, in the company's own words."""
    enter: Mapped[list[str]] = mapped_column(default=list)
    """The roles that may move a deal there, of those that may at all; none: each of them."""
    leave: Mapped[list[str]] = mapped_column(default=list)
    """The same of moving it away."""
    tasks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What is set as a task for each deal that comes there, see `services.pipelines.robots`."""
    auto: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By which events its deals move on by themselves, see `services.pipelines.autos`."""
    message: Mapped[str | None] = mapped_column(String(1000).with_variant(String(200), "sqlite"))
    """What to write to the client there, with gaps to fill, see `services.pipelines.messages`.

    SQLite keeps a text of any length, so its table was not copied when more became allowed."""


class LossReason(Base):
    """Why deals are lost, in the company's own words; a pipeline with some of its own offers only those."""

    __tablename__ = "loss_reason"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    name: Mapped[label]
    position: Mapped[int] = mapped_column(default=0)
    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    """Whose deals alone are lost for it; none: those of every pipeline without reasons of its own."""
    retired_at: Mapped[moment | None]
    """Since when it is offered no more; deals that were lost for it keep it, and reports count it."""


class Deal(Base):
    """A sale in progress, or one that was won or lost. `amount` is in minor units of `currency`."""

    __tablename__ = "deal"
    __table_args__ = (
        Index("ix_deal_company", "company_id", "owner_id", "department_id"),
        Index("ix_deal_owner_id_stage_id_id", "owner_id", "stage_id", "id"),
        Index("ix_deal_department_id_stage_id_id", "department_id", "stage_id", "id"),
        Index("ix_deal_stage_id_id", "stage_id", "id"),
        # A search for a common word looks through the newest of one's own.
        Index("ix_deal_owner_id_id", "owner_id", "id"),
        # Reports read these two alone: all deals by stage and owner, and those closed in a period.
        Index("ix_deal_figures", "stage_id", "department_id", "owner_id", "closed_on", "amount", "opened_on"),
        Index(
            "ix_deal_closed",
            "closed_on",
            "stage_id",
            "department_id",
            "owner_id",
            "amount",
            "opened_on",
            sqlite_where=CLOSED,
            postgresql_where=CLOSED,
        ),
        *follow_up_indexes("deal"),
        Index(
            "ix_deal_touched_at",
            "department_id",
            "stage_id",
            "touched_at",
            sqlite_where=IN_WORK,
            postgresql_where=IN_WORK,
            postgresql_include=["id"],  # by which tasks are looked up; SQLite's indexes have it anyway
        ),
        Index(
            "ix_deal_stage_since",
            "department_id",
            "stage_id",
            "stage_since",
            sqlite_where=IN_WORK,
            postgresql_where=IN_WORK,
        ),
        # Lists: what is in work, the newest first, and what is closed, by day; of one, of some, or of all.
        Index("ix_deal_owner_id_closed_on_id", "owner_id", "closed_on", "id"),
        Index("ix_deal_department_id_closed_on_id", "department_id", "closed_on", "id"),
        Index("ix_deal_closed_on_id", "closed_on", "id"),
        Index("ix_deal_source_id", "source", "id"),
        Index("ix_deal_created_at", "created_at"),
        Index("ix_deal_archived", "id", sqlite_where=ARCHIVED, postgresql_where=ARCHIVED),
        Index("ix_deal_external_id", "external_id", sqlite_where=FROM_OUTSIDE, postgresql_where=FROM_OUTSIDE),
        UniqueConstraint("import_id", "import_row"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    title: Mapped[label]
    search: Mapped[folded]
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    stage_since: Mapped[moment]
    amount: Mapped[money | None]
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[code]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), unique=True)
    crew: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Who works on it besides its owner; the same people as its helpers, for whoever holds the deal."""
    tags: Mapped[list[int]] = mapped_column(JSON, default=list)
    """By its tags' ids; the same as its rows of `deal_tag`, for whoever holds the deal."""
    loss_reason_id: Mapped[int | None] = mapped_column(ForeignKey("loss_reason.id"))
    external_id: Mapped[str | None] = mapped_column(String(64))
    product: Mapped[label | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    import_row: Mapped[int | None]
    """The row of the imported file, so that none becomes two deals."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    """The day it was won or lost, in the company's time zone."""
    touched_at: Mapped[moment | None]
    """When something last happened with its client; none of an imported deal with which nothing has yet."""
    silent_from: Mapped[moment | None]
    """The same, until its owner is told that nothing has happened since."""
    callback_from: Mapped[moment | None]
    """When its client was first spoken to, until its owner is told to call them back."""
    archived_at: Mapped[moment | None]
    """When it was put away: from then on no list has it but that of the archive."""
    version: Mapped[int] = mapped_column(default=1)


class DealHelper(Base):
    """Somebody who works on a deal that is another's; the same as its crew, for lists of deals."""

    __tablename__ = "deal_helper"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Payment(Base):
    """Money that came for a deal."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"), NEVER_AGAIN)

    id: Mapped[pk]
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    amount: Mapped[money]
    currency: Mapped[str] = mapped_column(String(3))
    paid_on: Mapped[date]
    method: Mapped[code]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    taken_back_at: Mapped[moment | None]
    """When it was found to be a mistake: from then on it counts nowhere, but the row stays."""
