"""Who bears a word: stretches of the indexes of words and values, and what is found by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, or_, select

from db.models import FieldValue, FieldWord, SearchWord

COUNTED = 4_000
"""So far the bearers of a word are counted; one that more have is common."""
LAST = "\U0010ffff"


def lies_between(table: Any, place: int) -> ColumnElement[bool]:
    """That a word lies between the bounds that the parameters of this place give."""
    return and_(table.word >= bindparam(f"s{place}_low"), table.word < bindparam(f"s{place}_high"))


def bounds(place: int, low: str, high: str) -> dict[str, object]:
    """These parameters."""
    return {f"s{place}_low": low, f"s{place}_high": high}


@dataclass(frozen=True, slots=True)
class Match:
    """Which words: those that begin so, or one of these."""

    begin: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bearers of some words, or of a number that a field says, in one index.

    `link` names what leads from what is found to the bearer: a deal is found by its company.
    """

    table: type[SearchWord | FieldWord | FieldValue]
    sources: tuple[int, ...]
    """One of the sources of words, or the fields that are asked."""
    match: Match
    number: int = 0
    link: str | None = None

    def shape(self, place: int) -> "Shape":
        """All of it but for the values."""
        source = self.sources[0] if self.table is SearchWord else None
        return Shape(place, self.table, source, bool(self.match.begin), len(self.match.words), self.link)

    def values(self, place: int) -> dict[str, object]:
        """The values with which a statement of its shape is executed."""
        return {
            **bounds(place, self.match.begin, self.match.begin + LAST),
            f"s{place}_fields": self.sources,
            f"s{place}_number": self.number,
            **{f"s{place}_word{n}": word for n, word in enumerate(self.match.words)},
        }


@dataclass(frozen=True, slots=True)
class Shape:
    """A stretch but for its values; its place among all that are looked for names the parameters for them."""

    place: int
    table: type[Any]
    source: int | None
    """The source of the words; None where fields are asked."""
    begun: bool
    words: int
    """So many whole words."""
    link: str | None

    def bearers(self, *, common: bool) -> list[Select[int]]:
        """Who bears it; of what is common also those that bear just the word, the newest first."""
        if self.table is FieldValue:
            return [self._newest(self._numbered)]
        parts = [self._newest(is_word) for is_word in self._each]
        if self.begun and common:
            parts.append(self._newest(self.table.word == self._value("low")))
        return [*parts, self._bearers(self._begun)] if self.begun else parts

    def led(self, found: type[Any], bearers: Select[int]) -> Select[int]:
        """What is found by these bearers, or by the first of them; `portion` tells how many."""
        bearers = bearers.limit(bindparam("portion"))
        if self.link is None:
            return select(bearers.subquery().c.subject_id)
        led = select(found.id).where(getattr(found, self.link).in_(bearers)).limit(bindparam("portion"))
        return select(led.subquery().c.id)

    def holds(self, found: type[Any]) -> ColumnElement[bool]:
        """That a row at hand is found by it: one look into an index, never a list of all bearers."""
        whose = found.id if self.link is None else getattr(found, self.link)
        look = select(literal(1)).where(self.table.subject_id == whose, self._where, self._matches)
        return look.limit(1).scalar_subquery().is_not(None)

    def _bearers(self, matching: ColumnElement[bool]) -> Select[int]:
        return select(self.table.subject_id).where(self._where, matching)

    def _newest(self, matching: ColumnElement[bool]) -> Select[int]:
        return self._bearers(matching).order_by(self.table.subject_id.desc())

    @property
    def _where(self) -> ColumnElement[bool]:
        if self.source is not None:
            return and_(SearchWord.source == self.source)
        return and_(self.table.field_id.in_(bindparam(f"s{self.place}_fields", expanding=True)))

    @property
    def _matches(self) -> ColumnElement[bool]:
        if self.table is FieldValue:
            return self._numbered
        return or_(*([self._begun] if self.begun else []), *self._each)

    @property
    def _numbered(self) -> ColumnElement[bool]:
        return and_(FieldValue.number == self._value("number"))

    @property
    def _begun(self) -> ColumnElement[bool]:
        return lies_between(self.table, self.place)

    @property
    def _each(self) -> list[ColumnElement[bool]]:
        return [self.table.word == self._value(f"word{n}") for n in range(self.words)]

    def _value(self, name: str) -> Any:
        return bindparam(f"s{self.place}_{name}")


@dataclass(frozen=True, slots=True)
class Term:
    """One of the things that have to be true: any of these stretches holds. `weight`: of how many, about."""

    stretches: tuple[Stretch, ...]
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A term but for its values."""

    shapes: tuple[Shape, ...]
    common: bool

    def holds(self, found: type[Any]) -> ColumnElement[bool]:
        """That a row at hand is such."""
        return or_(*(shape.holds(found) for shape in self.shapes))

    def bearers(self, found: type[Any]) -> list[Select[int]]:
        """What is such: all that is, or of what is common first what bears just the word."""
        return [
            shape.led(found, bearers)
            for shape in self.shapes
            for bearers in shape.bearers(common=self.common)
        ]


def laid_out(terms: Sequence[Term]) -> tuple[list[Condition], dict[str, object]]:
    """What statements are built for, and the values with which they are executed."""
    conditions: list[Condition] = []
    values: dict[str, object] = {}
    place = 0
    for term in terms:
        shapes = []
        for stretch in term.stretches:
            shapes.append(stretch.shape(place))
            values |= stretch.values(place)
            place += 1
        conditions.append(Condition(tuple(shapes), term.weight >= COUNTED))
    return conditions, values
