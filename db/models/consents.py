"""What clients have agreed to: the company's text, each of its versions, and who agreed to which."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, moment, pk


class ConsentText(Base):
    """A version of what clients agree to when they leave their data; it is never changed, the next one is
    written instead."""

    __tablename__ = "consent_text"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]


class Consent(Base):
    """That somebody has agreed to a version, and until when that held."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("(contact_id IS NULL) <> (lead_id IS NULL)", name="one_client"),
        Index("ix_consent_contact_id_id", "contact_id", "id"),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    """Whose request came with it, until there is a contact."""
    number: Mapped[int] = mapped_column(ForeignKey("consent_text.number"))
    way: Mapped[code]
    given_at: Mapped[moment]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Nobody where a site has brought it."""
    withdrawn_at: Mapped[moment | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
