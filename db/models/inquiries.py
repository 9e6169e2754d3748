"""What other programs bring: the ways in that the owner has opened, and each request that came by one."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, label, moment, pk


class FormSource(Base):
    """A site, a landing page or another program that sends requests to an address of its own.

    The token stands in that address, and so in the source of a public page: it lets in, and shows nothing.
    """

    __tablename__ = "form_source"

    id: Mapped[pk]
    name: Mapped[str] = mapped_column(String(32))
    """Also the source of the leads that come by it."""
    token: Mapped[str] = mapped_column(String(32), unique=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    """Which its leads enter when they become deals; none: the company's first."""
    origins: Mapped[list[str]] = mapped_column(default=list)
    """Sites that may send and be sent back to; none: any may send, and nobody is sent anywhere."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    closed_at: Mapped[moment | None]


class ApiKey(Base):
    """A key to the open API; only its hash is kept."""

    __tablename__ = "api_key"

    id: Mapped[pk]
    name: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(16))
    """Its beginning, to tell one key from another."""
    scopes: Mapped[list[str]]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    """Where leads go that name no department."""
    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    """The same as of a source."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    used_at: Mapped[moment | None]
    """When it was last used, to the minute."""
    revoked_at: Mapped[moment | None]


class Inquiry(Base):
    """A request as another program brought it, and what came of it."""

    __tablename__ = "inquiry"
    __table_args__ = (
        UniqueConstraint("source_id", "dedupe"),
        UniqueConstraint("key_id", "dedupe"),
        Index("ix_inquiry_source_id_id", "source_id", "id"),
        Index("ix_inquiry_key_id_id", "key_id", "id"),
        CheckConstraint("(source_id IS NULL) <> (key_id IS NULL)", name="origin"),
    )

    id: Mapped[pk]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("form_source.id"))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    dedupe: Mapped[str | None] = mapped_column(String(200))
    """By what a repeated request is known again; none: each is a new one."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of what it says: the same `dedupe` with another digest is refused."""
    shape: Mapped[code]
    external_id: Mapped[label | None]
    page_url: Mapped[str | None] = mapped_column(String(500))
    utm: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The fields as they came, cut, without secrets and cookies."""
    received_at: Mapped[moment]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), index=True)
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    made_lead: Mapped[bool] = mapped_column(default=False)
    """Whether the lead was made of it; else its client was known, and it was noted with lead or deal."""
