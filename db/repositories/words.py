"""Makes the words by which leads, clients, deals and notes are found, of their rows as they stand."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, delete, select

from db.folding import fold
from db.models import Company, Contact, ContactPoint, Deal, Lead, Note, SearchWord, Source
from db.models.clients import EMAIL, PHONE
from db.repositories.base import Repository
from db.repositories.needles import KEPT, words_in
from db.searched import take_written

WORD = cast("Table", SearchWord.__table__)
PORTION = 500
OF_NOTE = 200
"""So many words of a note are kept, the first ones."""
_NO_DIGIT = re.compile(r"[^0-9]+")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)

Word = tuple[Source, str]


def backwards(phone: str) -> str:
    """The digits of a phone, the last one first."""
    return _NO_DIGIT.sub("", phone)[::-1]


def _of_lead(row: Any) -> Iterator[Word]:
    yield from ((Source.LEAD, word) for word in words_in(row.search))
    if row.phone:
        yield Source.LEAD_PHONE, backwards(row.phone)


def _of_contact(row: Any) -> Iterator[Word]:
    # The text begins with the name, as long as that is; the addresses behind it are not for everybody.
    name, rest = row.search[: len(row.name)], row.search[len(row.name) :]
    yield from ((Source.CONTACT, word) for word in words_in(name))
    yield from ((Source.CONTACT_ADDRESS, word) for word in words_in(rest))


def _of_firm(row: Any) -> Iterator[Word]:
    yield from ((Source.FIRM, word) for word in words_in(row.name_folded))
    if row.inn:
        yield Source.FIRM_TAX, row.inn


def _of_deal(row: Any) -> Iterator[Word]:
    yield from ((Source.DEAL, word) for word in words_in(row.search))


def _of_note(row: Any) -> Iterator[Word]:
    yield from ((Source.NOTE, word) for word in words_in(fold(row.text))[:OF_NOTE])


def _of_contact_point(row: Any) -> Iterator[Word]:
    if row.kind == PHONE:
        yield Source.CONTACT_PHONE, backwards(row.value)


def _of_firm_point(row: Any) -> Iterator[Word]:
    if row.kind == PHONE:
        yield Source.FIRM_PHONE, backwards(row.value)
    elif row.kind == EMAIL:
        yield Source.FIRM_ADDRESS, row.value[:KEPT]


def _points(whose: Any) -> Any:
    return select(whose.label("id"), ContactPoint.kind, ContactPoint.value).where(whose.in_(_IDS))


_Reading = tuple[Any, Callable[[Any], Iterator[Word]]]
_READINGS: Mapping[str, tuple[_Reading, ...]] = {
    "lead": ((select(Lead.id, Lead.search, Lead.phone).where(Lead.id.in_(_IDS)), _of_lead),),
    "contact": (
        (select(Contact.id, Contact.name, Contact.search).where(Contact.id.in_(_IDS)), _of_contact),
        (_points(ContactPoint.contact_id), _of_contact_point),
    ),
    "firm": (
        (select(Company.id, Company.name_folded, Company.inn).where(Company.id.in_(_IDS)), _of_firm),
        (_points(ContactPoint.company_id), _of_firm_point),
    ),
    "deal": ((select(Deal.id, Deal.search).where(Deal.id.in_(_IDS)), _of_deal),),
    "note": ((select(Note.id, Note.text).where(Note.id.in_(_IDS)), _of_note),),
}
_SOURCES: Mapping[str, tuple[Source, ...]] = {
    "lead": (Source.LEAD, Source.LEAD_PHONE),
    "contact": (Source.CONTACT, Source.CONTACT_ADDRESS, Source.CONTACT_PHONE),
    "firm": (Source.FIRM, Source.FIRM_ADDRESS, Source.FIRM_PHONE, Source.FIRM_TAX),
    "deal": (Source.DEAL,),
    "note": (Source.NOTE,),
}
_FORGET = delete(WORD).where(
    WORD.c.subject_id.in_(_IDS), WORD.c.source.in_(bindparam("sources", expanding=True))
)


class WordRepository(Repository):
    """Called once at the end of each transaction that writes."""

    async def keep(self) -> None:
        """Make the words of what this transaction has written."""
        if any((self.session.new, self.session.dirty, self.session.deleted)):
            await self.session.flush()
        for kind, ids in take_written(self.session).items():
            known = sorted(ids)
            for start in range(0, len(known), PORTION):
                part = known[start : start + PORTION]
                given = {"ids": part, "sources": _SOURCES[kind]}
                await self.session.execute(_FORGET, given)
                if rows := await self.due(kind, part):
                    made = [{"source": source, "word": word, "subject_id": one} for source, word, one in rows]
                    # Of two who write the same client at once the later one finds the same words there.
                    await self.session.execute(self.inserting(WORD).on_conflict_do_nothing(), made)

    async def due(self, kind: str, ids: Collection[int]) -> list[tuple[int, str, int]]:
        """The words that these subjects have to have, by their rows as they stand."""
        found: dict[tuple[int, str, int], None] = {}
        for query, words in _READINGS[kind]:
            for row in await self.session.execute(query, {"ids": list(ids)}):
                found.update(((int(source), word, row.id), None) for source, word in words(row))
        return list(found)
