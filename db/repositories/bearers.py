"""Who bears a word: stretches of the indexes of words and values, and what is found by them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from db.models import FieldValue, SearchWord, Source

MOST = 1_000
"""So many bearers of a word are looked at; one that more have is common."""
COUNTED = 4 * MOST
"""So far they are counted."""
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

    def bearers(self, *, all_of_them: bool) -> list[Select[int]]:
        """Who bears it; unless all are wanted, also those that bear just the word, the newest first."""
        if self.number is not None:
            return [self._newest(self.match)]
        begin, words = self.match.begin, self.match.words
        parts = [self._newest(Match(words=(word,))) for word in words]
        if begin and not all_of_them:
            parts.append(self._newest(Match(words=(begin,))))
        return [*parts, self._bearers(Match(begin))] if begin else parts

    def led(self, found: type[Any], bearers: Select[int], most: int) -> Select[int]:
        """What is found by these bearers, or by the first of them."""
        bearers = bearers.limit(most)
        if self.link is None:
            return select(bearers.subquery().c.subject_id)
        led = select(found.id).where(self.link.in_(bearers)).limit(most).subquery()
        return select(led.c.id)

    def holds(self, found: type[Any]) -> ColumnElement[bool]:
        """That a row at hand is found by it: one look into an index, never a list of all bearers."""
        whose = found.id if self.link is None else self.link
        look = select(literal(1)).where(self.table.subject_id == whose, self._of(self.match))
        return look.limit(1).scalar_subquery().is_not(None)

    def _bearers(self, match: Match) -> Select[int]:
        return select(self.table.subject_id).where(self._of(match))

    def _newest(self, match: Match) -> Select[int]:
        return self._bearers(match).order_by(self.table.subject_id.desc())

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

    def ids(self, found: type[Any]) -> list[Select[int]]:
        """What is such: all that is, or of what is common so many that it can be looked at."""
        common = self.weight > MOST
        parts = [
            (stretch, bearers)
            for stretch in self.stretches
            for bearers in stretch.bearers(all_of_them=not common)
        ]
        most = MOST // len(parts) if common else MOST
        return [stretch.led(found, bearers, most) for stretch, bearers in parts]


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
