"""From what is looked for to terms: what has to hold, by which stretches, and how many bear it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import JSON, String, bindparam, column, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CustomField, FieldValue, FieldWord, SearchWord, Source
from db.repositories.base import Repository
from db.repositories.bearers import COUNTED, LAST, Match, Stretch, Term, bounds, lies_between
from db.repositories.field_conditions import ENDING
from db.repositories.needles import Needle, slips
from db.repositories.reach import in_archive
from db.repositories.search_kinds import Kind
from db.repositories.words import backwards

NAMING = (Source.LEAD, Source.CONTACT, Source.CONTACT_ADDRESS, Source.FIRM, Source.DEAL)
_ALONE = "\x01"
"""Behind a word: before anything that goes on."""
RIGHT = 50
"""A word that so many bear is no slip."""
Span = tuple[str, str]
NEAR = 6
"""So many words that a slip may have meant are looked up."""


def _count(table: Any, *conditions: Any) -> Any:
    """How many words are such, counted no further than to where it does not matter."""
    few = select(literal(1)).select_from(table).where(*conditions).limit(COUNTED)
    return select(func.count()).select_from(few.subquery()).scalar_subquery()


_OF_EACH = [SearchWord.source == source.value for source in NAMING]
_ARCHIVED = exists().where(in_archive(archived=True))
_MEANT = select(
    *(
        _count(SearchWord, source, SearchWord.word.in_(bindparam("words", expanding=True)))
        for source in _OF_EACH
    )
)
_SAID = select(
    _count(FieldWord, FieldWord.field_id.in_(bindparam("fields", expanding=True)), lies_between(FieldWord, 0))
)
_FIELDS = select(CustomField).where(CustomField.archived_at.is_(None)).order_by(CustomField.id)


@cache
def _named(words: int) -> Any:
    """How many bear each of so many words, by source; and whether there is an archive."""
    counts = [
        _count(SearchWord, source, lies_between(SearchWord, place))
        for place in range(words)
        for source in _OF_EACH
    ]
    return select(_ARCHIVED, *counts)


def _known_of(each: Any) -> Any:
    there = select(literal(1)).where(
        SearchWord.source.in_([source.value for source in NAMING if source is not Source.CONTACT_ADDRESS]),
        SearchWord.word == each.c.value,
    )
    return select(each.c.value).where(there.limit(1).scalar_subquery().is_not(None))


_GIVEN = bindparam("given", type_=JSON)
_KNOWN = {
    "sqlite": _known_of(func.json_each(_GIVEN).table_valued("value")),
    "postgresql": _known_of(
        func.json_array_elements_text(_GIVEN).table_valued(column("value", String)).render_derived()
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a word that is looked for: what matches it, and how many bear it, by source."""

    text: str
    match: Match
    borne: Mapping[Source, int]
    said: int
    """How many values of fields have it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out about a needle, the same for every kind of subject."""

    fields: Sequence[CustomField] = ()
    parts: tuple[Part, ...] = ()
    impossible: bool = field(default=False)


class TermRepository(Repository):
    """What search asks before it looks for anything: it is remembered for the rest of the transaction."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._fields: list[CustomField] | None = None
        self._known: dict[Needle, Known] = {}
        self._archived: bool | None = None
        self._borne: dict[Span, dict[Source, int]] = {}

    async def fields(self) -> list[CustomField]:
        """The company's own fields that are in use."""
        if self._fields is None:
            self._fields = list((await self.session.scalars(_FIELDS)).all())
        return self._fields

    async def any_archived(self) -> bool:
        """Whether a deal lies in the archive."""
        if self._archived is None:
            self._archived = await self.session.scalar(select(_ARCHIVED))
        return bool(self._archived)

    async def known(self, needle: Needle) -> Known:
        """The parts of the words that are looked for, each with how many bear it."""
        if needle not in self._known:
            fields = await self.fields()
            texts = needle.parts
            await self._count_bearers([_span(needle, text) for text in texts])
            parts = tuple([await self._part(needle, text, fields) for text in texts])
            nothing = bool(needle.words) and not texts
            if needle.near:  # Where no word may have been meant, it was looked for already.
                nothing = not any(part.match.words for part in parts)
            self._known[needle] = Known(fields, parts, impossible=nothing)
        return self._known[needle]

    async def _part(self, needle: Needle, text: str, fields: Sequence[CustomField]) -> Part:
        borne = self._borne[_span(needle, text)]
        words = await self._meant(text) if needle.near and max(borne.values()) < RIGHT else ()
        if words:
            more = (await self.session.execute(_MEANT, {"words": words})).one()
            borne = {source: borne[source] + count for source, count in zip(NAMING, more, strict=True)}
        said = 0
        if fields:
            given = bounds(0, text, text + LAST)
            said = await self.session.scalar(_SAID, {**given, "fields": [one.id for one in fields]}) or 0
        match = Match(words=(text,)) if needle.whole else Match(text, words)
        return Part(text, match, borne, said)

    async def _count_bearers(self, spans: Sequence[Span]) -> None:
        """Of the words that lie between these."""
        if fresh := [span for span in spans if span not in self._borne]:
            given: dict[str, object] = {}
            for place, (low, high) in enumerate(fresh):
                given |= bounds(place, low, high)
            self._archived, *counts = (await self.session.execute(_named(len(fresh)), given)).one()
            for place, span in enumerate(fresh):
                start = place * len(NAMING)
                self._borne[span] = dict(zip(NAMING, counts[start : start + len(NAMING)], strict=True))

    async def _meant(self, word: str) -> tuple[str, ...]:
        if not (near := slips(word)):
            return ()
        query = _KNOWN[self.session.get_bind().dialect.name]
        known = set((await self.session.scalars(query, {"given": near})).all())
        return tuple(one for one in near if one in known)[:NEAR]


def _span(needle: Needle, text: str) -> Span:
    """Between what the words lie that are meant by one: it alone, or all that begin so."""
    return text, text + (_ALONE if needle.whole else LAST)


def terms_of(kind: Kind, needle: Needle, known: Known) -> list[Term]:
    """What has to hold of a subject of a kind; an empty list if nothing can be found."""
    own = tuple(
        row.id for row in known.fields if row.subject == kind.name and (row.finance or not kind.finance)
    )
    if known.impossible:
        return []
    if needle.words:
        terms = [_of_part(kind, needle, part, own) for part in known.parts]
        return terms if all(term.stretches for term in terms) else []
    found = [*_of_digits(kind, needle, own), *_said(needle, "", own)]
    return [Term(tuple(found))] if found else []


def _of_part(kind: Kind, needle: Needle, part: Part, own: tuple[int, ...]) -> Term:
    found = [
        Stretch(SearchWord, (source,), part.match, link=link)
        for source, link in kind.words
        if part.borne[source] and not (needle.whole and link is not None)
    ]
    weight = sum(part.borne[source] for source, _ in kind.words)
    if needle.whole:  # They stand so in its own text.
        return Term(tuple(found), weight)
    if own and part.said:
        found.append(Stretch(FieldWord, own, part.match))
        weight += part.said
    if says := [*_said(needle, part.text, own), *_said(needle, "", own)]:
        found += says
        weight += COUNTED
    if kind.name == "firm":
        found += _of_firm(needle, part)
    return Term(tuple(found), weight)


def _of_firm(needle: Needle, part: Part) -> list[Stretch]:
    """Tax numbers and addresses are found whole among words: their parts are those of many."""
    if part.text.isdigit():
        return [Stretch(SearchWord, (Source.FIRM_TAX,), Match(words=(part.text,)))]
    if len(needle.words) == 1 and "@" in needle.words[0]:
        return [Stretch(SearchWord, (Source.FIRM_ADDRESS,), Match(words=needle.words))]
    return []


def _of_digits(kind: Kind, needle: Needle, own: tuple[int, ...]) -> list[Stretch]:
    found = []
    if needle.phone is not None or needle.digits is not None:
        last = backwards(needle.phone or needle.digits or "")
        match = Match(words=(last,)) if needle.phone else Match(last)
        found += [Stretch(SearchWord, (source,), match, link=link) for source, link in kind.phones]
    if needle.tax is not None and kind.name == "firm":
        found.append(Stretch(SearchWord, (Source.FIRM_TAX,), Match(needle.tax)))
    if own:
        found += [Stretch(FieldWord, own, match) for match in _said_digits(needle)]
    return found


def _said_digits(needle: Needle) -> list[Match]:
    """What a field says of numbers and phones, and of those that end so."""
    found = []
    if needle.phone is not None:
        found.append(Match(words=(needle.phone.removeprefix("+"),)))
    if needle.digits is not None:
        found += [Match(needle.digits), Match(ENDING + needle.digits[::-1])]
    if needle.number is not None:
        found.append(Match(words=(str(needle.number),)))
    return found


def _said(needle: Needle, word: str, own: tuple[int, ...]) -> list[Stretch]:
    return [
        Stretch(FieldValue, (one.field_id,), Match(), one.number)
        for one in needle.says
        if one.word == word and one.field_id in own
    ]
