"""Tags: words by which deals are told apart, the company's own."""

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
