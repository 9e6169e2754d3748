"""News of the company, and the Telegram channel in which they are told."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, code, label, moment, pk, telegram


class NewsChannel(Base):
    """The one channel of the company's news; without a row there is none."""

    __tablename__ = "news_channel"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[telegram]
    title: Mapped[label]
    """As Telegram called it when it was chosen."""
    trouble: Mapped[code | None]
    """Why nothing can be told there now, see `services.dto.news.Trouble`."""
    tells_won: Mapped[bool] = mapped_column(default=False)
    """Whether won deals are told there by themselves."""
    bound_at: Mapped[moment]


class NewsPost(Base):
    """A piece of news in the company's own words.

    States: `out` (it was told, or is on its way), `stuck` (the channel has not taken it), `withdrawn`.
    """

    __tablename__ = "news_post"

    id: Mapped[pk]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[code] = mapped_column(default="out")
    chat_id: Mapped[telegram | None]
    """The channel that it was meant for; none: everybody got it in private."""
    channel: Mapped[label | None]
    """What that was called."""
    created_at: Mapped[moment]
    edited_at: Mapped[moment | None]
    changed_at: Mapped[moment]
    """When its words or its state have changed last."""
