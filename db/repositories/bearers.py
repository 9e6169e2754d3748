"""Who bears a word: stretches of the indexes of words and values, and what is found by them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from db.models import FieldValue, SearchWord, Source

MOST = 1_000
"""So many bearers of a word are looked at; one that more have is common."""
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Match:
    """Which words: those that begin so, or one of these."""

    begin: str = ""
    words: tuple[str, ...] = ()

    def of(self, column: Any) -> ColumnElement[bool]:
        """The condition that a column of words has such a one."""
        several: ColumnElement[bool] = column.in_(self.words)
        if len(self.words) == 1:
            several = column == self.words[0]
        if not self.begin:
            return several
        begun: ColumnElement[bool] = and_(column >= self.begin, column < self.begin + LAST)
        return or_(begun, several) if self.words else begun


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bearers of some words, or of a number that a field says, in one index.

    `link` leads from what is found to the bearer: a deal is found by its company.
    """

    table: type[Any]
    """`SearchWord`, `FieldWord` or `FieldValue`."""
    sources: tuple[int, ...]
    match: Match
    number: int | None = None
    link: Any = None

    def ids(self, found: type[Any]) -> list[Select[int]]:
        """What is found by it, at most so many: the newest of each word, and of those that begin so."""
        parts = [self._bearers(self._of(Match(words=(word,)))).order_by(self.table.subject_id.desc())
                 for word in self.match.words]  # fmt: skip
        if self.match.begin:
            parts.append(self._bearers(self._of(Match(self.match.begin))))
        if self.number is not None:
            parts = [self._bearers(self._of(self.match)).order_by(self.table.subject_id.desc())]
        return [self._led(found, part.limit(MOST)) for part in parts]

    def holds(self, found: type[Any]) -> ColumnElement[bool]:
        """That a row at hand is found by it: one look into an index, never a list of all bearers."""
        whose = found.id if self.link is None else self.link
        look = select(literal(1)).where(self.table.subject_id == whose, self._of(self.match))
        return look.limit(1).scalar_subquery().is_not(None)

    def _bearers(self, condition: ColumnElement[bool]) -> Select[int]:
        return select(self.table.subject_id).where(condition)

    def _led(self, found: type[Any], bearers: Select[int]) -> Select[int]:
        if self.link is None:
            return select(bearers.subquery().c.subject_id.label("id"))
        led = select(found.id).where(self.link.in_(bearers)).limit(MOST).subquery()
        return select(led.c.id)

    def _of(self, match: Match) -> ColumnElement[bool]:
        source: Any = self.table.source if self.table is SearchWord else self.table.field_id
        where = source == self.sources[0] if len(self.sources) == 1 else source.in_(self.sources)
        if self.table is FieldValue:
            return and_(where, FieldValue.number == self.number)
        return and_(where, match.of(self.table.word))


@dataclass(frozen=True, slots=True)
class Term:
    """One of the things that have to be true: any of these stretches holds. `weight`: of how many, about."""

    stretches: tuple[Stretch, ...]
    weight: int = 0

    def holds(self, found: type[Any]) -> ColumnElement[bool]:
        """That a row at hand is such."""
        return or_(*(stretch.holds(found) for stretch in self.stretches))


@dataclass(frozen=True, slots=True)
class Kind:
    """What is found, by the name of its subject, and by which words: of its own, and of whom it leads to."""

    name: str
    model: type[Any]
    rows: Any
    text: Any
    """The folded text in which words stand side by side."""
    words: tuple[tuple[Source, Any], ...]
    """Sources, each with the link to whoever bears such a word."""
    phones: tuple[tuple[Source, Any], ...]
    numbered: bool = False
    """Whether it is called by its own number."""
    finance: bool = False
    """Whether only the fields count that whoever settles deals sees."""
