"""Groups that belong to a pipeline or to a single deal; a department's is kept with the department."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, moment


class TeamChat(Base):
    """A group and the one thing that it belongs to; that thing has no other one."""

    __tablename__ = "team_chat"
    __table_args__ = (CheckConstraint("(pipeline_id IS NULL) <> (deal_id IS NULL)", name="one_thing"),)

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    pipeline_id: Mapped[int | None] = mapped_column(
        ForeignKey("pipeline.id", ondelete="CASCADE"), unique=True
    )
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id", ondelete="CASCADE"), unique=True)
    bound_at: Mapped[moment]
