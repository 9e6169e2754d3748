"""The words by which leads, contacts, companies, deals and what was said about them are found."""

from enum import IntEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, BigId
from db.models.fields import Word


class Source(IntEnum):
    """Of what a word is: of which kind of subject, and of which of its columns."""

    LEAD = 1
    LEAD_PHONE = 2
    CONTACT = 3
    """Of the name, which is all that whoever only settles deals is told of a client."""
    CONTACT_ADDRESS = 4
    CONTACT_PHONE = 5
    FIRM = 6
    FIRM_ADDRESS = 7
    """As a whole: the rest of such an address is often that of a thousand others."""
    FIRM_PHONE = 8
    FIRM_TAX = 9
    DEAL = 10
    NOTE = 11
    """Of what was said; the subject is the note."""


class SearchWord(Base):
    """A folded word of a subject; of a phone its digits, the last one first, so that its end is a beginning.

    Made of the subject's own row whenever that is written, see `db.repositories.words`.
    """

    __tablename__ = "search_word"
    __table_args__ = (
        # Whether a row that is at hand bears a word.
        Index("ix_search_word_subject_id", "subject_id", "source", "word"),
        {"sqlite_with_rowid": False},
    )

    source: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(Word, primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
