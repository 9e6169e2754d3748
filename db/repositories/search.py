"""Finding leads, contacts, companies and deals by what people remember of them."""

from collections.abc import Callable, Sequence
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Company, Contact, ContactPoint, Deal, Lead, Stage
from db.models.clients import PHONE
from db.repositories.base import Repository, within
from db.repositories.clients import companies_within
from db.repositories.field_search import says_number, says_word
from db.repositories.needles import LONG, LONGEST, Needle, slips
from db.repositories.reach import deals_within, in_archive
from db.scope import Scope

Row = TypeVarTuple("Row")
RECENT = 20_000
"""Among so many of the newest rows slips are forgiven, so that the cost does not grow with the years."""


class SearchRepository(Repository):
    """Every query is limited, newest first, and goes on after a key."""

    async def leads(self, scope: Scope, needle: Needle, before_id: int | None, limit: int) -> list[Lead]:
        """Visible leads that match."""
        query = select(Lead).where(
            within(scope, Lead.owner_id, Lead.department_id),
            _recent(needle, Lead.id),
            or_(
                _every_word(
                    needle,
                    lambda word: or_(_stands_in(word, needle, Lead.search), says_word(word, "lead", Lead.id)),
                    Lead.search,
                ),
                _ends(needle, Lead.id, Lead.phone),
                says_number(needle, "lead", Lead.id),
                _number(needle, Lead.id),
            ),
        )
        return list((await self.session.scalars(_page(query, Lead.id, before_id, limit))).all())

    async def contacts(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Contact, str | None]]:
        """Visible contacts that match, with their companies' names; by number there are none."""
        if not needle.words and not _is_phone(needle):
            return []
        query = (
            select(Contact, Company.name)
            .outerjoin(Company, Company.id == Contact.company_id)
            .where(
                within(scope, Contact.owner_id, Contact.department_id),
                _recent(needle, Contact.id),
                or_(
                    _every_word(needle, lambda word: _names_contact(word, needle), Contact.search),
                    _has_phone(needle, Contact.id, ContactPoint.contact_id),
                    says_number(needle, "contact", Contact.id),
                ),
            )
        )
        rows = await self.session.execute(_page(query, Contact.id, before_id, limit))
        return [(contact, company) for contact, company in rows]

    async def companies(
        self, scope: Scope, deals: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> list[Company]:
        """Companies in reach that match, also by the people and deals there; by number there are none."""
        if not needle.words and not _is_phone(needle) and needle.tax is None:
            return []
        query = select(Company).where(
            companies_within(scope, deals),
            _recent(needle, Company.id),
            or_(
                _every_word(needle, lambda word: _names_company(word, needle), Company.name_folded),
                Company.id.in_(_at_address(needle.words)) if _is_address(needle.words) else false(),
                _has_phone(needle, Company.id, ContactPoint.company_id),
                says_number(needle, "firm", Company.id),
                _taxed(needle),
            ),
        )
        return list((await self.session.scalars(_page(query, Company.id, before_id, limit))).all())

    async def deals(
        self,
        scope: Scope,
        needle: Needle,
        before_id: int | None,
        limit: int,
        *,
        clients: bool = True,
        archived: bool = False,
    ) -> Sequence[tuple[Deal, Stage]]:
        """Visible deals by title, company, client's name, number or, if asked, by their clients' addresses.

        Those of the archive, or all the others.
        """
        settled = Stage.kind.in_(("payment", "won", "lost"))
        query = (
            select(Deal, Stage)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(
                deals_within(scope, settled),
                in_archive(archived=archived),
                _recent(needle, Deal.id),
                or_(
                    _every_word(needle, lambda word: _names_deal(word, needle, clients=clients), Deal.search),
                    _has_phone(needle, Deal.contact_id, ContactPoint.contact_id) if clients else false(),
                    says_number(needle, "deal", Deal.id, finance=not clients),
                    _number(needle, Deal.id),
                ),
            )
        )
        rows = await self.session.execute(_page(query, Deal.id, before_id, limit))
        return [(deal, stage) for deal, stage in rows]

    async def is_archived(self, deal_id: int) -> bool:
        """Whether a deal lies in the archive."""
        query = select(exists().where(Deal.id == deal_id, in_archive(archived=True)))
        return bool(await self.session.scalar(query))


def _every_word(
    needle: Needle, condition: Callable[[str], ColumnElement[bool]], column: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """All words, each as the condition says; where they have to be whole they stand so in the column."""
    if not needle.words:
        return false()
    words = and_(*map(condition, needle.words))
    return and_(words, _stands_whole(" ".join(needle.words), column)) if needle.whole else words


def _stands_whole(phrase: str, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(
        column == phrase,
        column.startswith(f"{phrase} ", autoescape=True),
        column.endswith(f" {phrase}", autoescape=True),
        column.contains(f" {phrase} ", autoescape=True),
    )


def _names_contact(word: str, needle: Needle) -> ColumnElement[bool]:
    named = or_(_stands_in(word, needle, Contact.search), _stands_in(word, needle, Company.name_folded))
    return or_(named, says_word(word, "contact", Contact.id))


def _names_company(word: str, needle: Needle) -> ColumnElement[bool]:
    said = says_word(word, "firm", Company.id)
    named = or_(_stands_in(word, needle, Company.name_folded), said)
    return or_(named, Company.inn == word) if word.isdigit() else named


def _names_deal(word: str, needle: Needle, *, clients: bool) -> ColumnElement[bool]:
    """Asked deal by deal, the newest first: of a common name there are many, and eight are wanted."""
    company = exists().where(Company.id == Deal.company_id, _stands_in(word, needle, Company.name_folded))
    # The text begins with the name, as long as that is; the addresses behind it are not for everybody.
    known = Contact.search if clients else func.substr(Contact.search, 1, func.length(Contact.name))
    contact = exists().where(Contact.id == Deal.contact_id, _stands_in(word, needle, known))
    said = says_word(word, "deal", Deal.id, finance=not clients)
    return or_(_stands_in(word, needle, Deal.search), company, contact, said)


def _stands_in(
    word: str, needle: Needle, column: InstrumentedAttribute[str] | ColumnElement[str]
) -> ColumnElement[bool]:
    whole = column.contains(word, autoescape=True)
    if not needle.near or not LONG <= len(word) <= LONGEST or not word.isalpha():
        return whole
    # One slip leaves one half of the word as it is, and most texts have neither half.
    middle = len(word) // 2
    half = or_(column.contains(word[:middle]), column.contains(word[middle:]))
    return or_(whole, and_(half, or_(*(column.like(f"%{slip}%") for slip in slips(word)))))


def _recent(needle: Needle, key: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return key > select(func.max(key) - RECENT).scalar_subquery() if needle.near else true()


def _is_phone(needle: Needle) -> bool:
    return needle.phone is not None or needle.digits is not None


def _has_phone(
    needle: Needle,
    client: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    whose: InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    """A client, by a contact's or a company's points, has the phone that is looked for, if it is one."""
    if not _is_phone(needle):
        return false()
    reached = select(whose).where(
        ContactPoint.kind == PHONE, whose.is_not(None), _ends(needle, ContactPoint.id, ContactPoint.value)
    )
    return client.in_(reached)


def _is_address(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and "@" in words[0]


def _at_address(words: tuple[str, ...]) -> Select[int | None]:
    """The companies with this address; of a contact it stands in what is searched."""
    mine = ContactPoint.company_id
    return select(mine).where(ContactPoint.value == words[0], mine.is_not(None))


def _taxed(needle: Needle) -> ColumnElement[bool]:
    """Tax numbers that begin so; a range is answered by the index, and digits precede letters."""
    if needle.tax is None:
        return false()
    return Company.id.in_(select(Company.id).where(Company.inn.between(needle.tax, f"{needle.tax}z")))


def _ends(
    needle: Needle,
    key: InstrumentedAttribute[int],
    phone: InstrumentedAttribute[str | None] | InstrumentedAttribute[str],
) -> ColumnElement[bool]:
    """A whole phone is looked up in its index, and an end of one is read from there: the rows are longer."""
    if needle.phone is not None:
        return phone == needle.phone
    return key.in_(select(key).where(phone.endswith(needle.digits))) if needle.digits else false()


def _number(needle: Needle, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return column == needle.number if needle.number is not None else false()


def _page(
    query: Select[*Row], key: InstrumentedAttribute[int], before_id: int | None, limit: int
) -> Select[*Row]:
    if before_id is not None:
        query = query.where(key < before_id)
    return query.order_by(key.desc()).limit(limit)
