"""Tags: words by which leads, clients and deals are told apart, the company's own."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, folded, label, pk


class Tag(Base):
    """A word; each is there once, however it is written."""

    __tablename__ = "tag"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    name: Mapped[label]
    name_folded: Mapped[folded] = mapped_column(unique=True)


class DealTag(Base):
    """A deal that has a tag; the same as its `tags`, for lists of deals."""

    __tablename__ = "deal_tag"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deal.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class LeadTag(Base):
    """The same of a lead."""

    __tablename__ = "lead_tag"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    lead_id: Mapped[int] = mapped_column(
        ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ContactTag(Base):
    """The same of a contact."""

    __tablename__ = "contact_tag"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class CompanyTag(Base):
    """The same of a company."""

    __tablename__ = "company_tag"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), primary_key=True, index=True
    )
