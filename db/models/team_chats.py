"""Groups that belong to a pipeline, a deal or a client, and topics of deals in forums."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, moment, telegram

_ONE = " + ".join(
    f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)"
    for column in ("pipeline_id", "deal_id", "contact_id", "company_id")
)


class TeamChat(Base):
    """A group and the one thing that it belongs to; that thing has no other one.

    A department's is kept with the department.
    """

    __tablename__ = "team_chat"
    __table_args__ = (CheckConstraint(f"{_ONE} = 1", name="one_thing"),)

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    pipeline_id: Mapped[int | None] = mapped_column(
        ForeignKey("pipeline.id", ondelete="CASCADE"), unique=True
    )
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id", ondelete="CASCADE"), unique=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), unique=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), unique=True)
    bound_at: Mapped[moment]


class DealTopic(Base):
    """A deal's topic in a forum, and what Telegram was last told of it.

    States: `wanted` (nobody knows of one yet), `open`, `refused` (Telegram does not let us make one).
    """

    __tablename__ = "deal_topic"
    __table_args__ = (UniqueConstraint("chat_id", "thread"),)

    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deal.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    chat_id: Mapped[telegram]
    thread: Mapped[telegram | None]
    state: Mapped[code] = mapped_column(default="wanted")
    refusal: Mapped[code | None]
    """Why it was refused, see `services.dto.topics.Refusal`."""
    tries: Mapped[int] = mapped_column(default=0)
    """Calls for one that were made and whose answer nobody has heard: each may have left a topic behind."""
    name: Mapped[str | None] = mapped_column(String(128))
    icon: Mapped[str | None] = mapped_column(String(16))
    closed: Mapped[bool] = mapped_column(default=False)
    anchor: Mapped[telegram | None]
    """The message that is pinned in it: the deal's card."""
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who hears that it was refused; nobody where it came by itself."""
    created_at: Mapped[moment]
