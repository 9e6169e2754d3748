"""Finding leads, contacts, companies and deals by what people remember of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Company, Contact, Deal, DealHelper, Lead, Source, Stage
from db.repositories.base import within
from db.repositories.bearers import COUNTED, MOST, Kind, Term
from db.repositories.clients import SETTLED, companies_within
from db.repositories.needles import Needle
from db.repositories.reach import deals_within, in_archive
from db.repositories.search_terms import TermRepository, terms_of
from db.repositories.tags import TABLES
from db.scope import Scope

WINDOW = 1_000
"""So many of the newest are looked at for words that are common."""
WIDE = 5
"""So many times as many where most of them may be others'."""
AT_ONCE = (0, 150, 10_000)
"""The bearers of a word are looked at in portions: mostly the newest few hold the page."""
OF_COMMON = (0, 300)
"""Of a common word the newest have been looked through already."""

_LEADS = Kind(
    "lead",
    Lead,
    select(Lead),
    Lead.search,
    words=((Source.LEAD, None),),
    phones=((Source.LEAD_PHONE, None),),
    numbered=True,
)
_CONTACTS = Kind(
    "contact",
    Contact,
    select(Contact, Company.name).outerjoin(Company, Company.id == Contact.company_id),
    Contact.search,
    words=(
        (Source.CONTACT, None),
        (Source.CONTACT_ADDRESS, None),
        (Source.FIRM, Contact.company_id),
    ),
    phones=((Source.CONTACT_PHONE, None),),
)
_FIRMS = Kind(
    "firm",
    Company,
    select(Company),
    Company.name_folded,
    words=((Source.FIRM, None),),
    phones=((Source.FIRM_PHONE, None),),
)
_DEALS = Kind(
    "deal",
    Deal,
    select(Deal, Stage).join(Stage, Stage.id == Deal.stage_id),
    Deal.search,
    words=(
        (Source.DEAL, None),
        (Source.FIRM, Deal.company_id),
        (Source.CONTACT, Deal.contact_id),
        (Source.CONTACT_ADDRESS, Deal.contact_id),
    ),
    phones=((Source.CONTACT_PHONE, Deal.contact_id),),
    numbered=True,
)
# Whoever only settles deals is told of their clients' names, not of phones or addresses, and finds so.
_SETTLED = replace(_DEALS, words=_DEALS.words[:3], phones=(), finance=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for within which reach, and so many of it, older than a key."""

    kind: Kind
    scope: Scope
    seen: Callable[[], ColumnElement[bool]]
    needle: Needle
    before_id: int | None
    limit: int

    def looking(self) -> Any:
        """The statement that finds rows, for what has to hold of the words yet."""
        model = self.kind.model
        # Whose it is decides about each row, but must not lead: no backend may take an index of it for a way.
        found = self.kind.rows.where(case((self.seen(), 1), else_=0) == 1)
        if self.before_id is not None:
            found = found.where(model.id < self.before_id)
        if self.needle.whole:
            found = found.where(_stands_whole(" ".join(self.needle.words), self.kind.text))
        if self.needle.tag is not None:
            found = found.where(model.id.in_(_tagged(self.kind.name, self.needle.tag, self.before_id)))
        return found.order_by(model.id.desc()).limit(self.limit)


class SearchRepository(TermRepository):
    """Every query is limited, newest first, and goes on after a key.

    What few bear is looked up by who bears it. For what is common the newest that may be seen are looked
    through, and only where these are too few the newest that bear it.
    """

    async def leads(self, scope: Scope, needle: Needle, before_id: int | None, limit: int) -> list[Lead]:
        """Visible leads that match."""
        seen = partial(within, scope, Lead.owner_id, Lead.department_id)
        return [row[0] for row in await self._find(_Asked(_LEADS, scope, seen, needle, before_id, limit))]

    async def contacts(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Contact, str | None]]:
        """Visible contacts that match, with their companies' names; by number there are none."""
        seen = partial(within, scope, Contact.owner_id, Contact.department_id)
        rows = await self._find(_Asked(_CONTACTS, scope, seen, needle, before_id, limit))
        return [(contact, company) for contact, company in rows]

    async def companies(
        self, scope: Scope, deals: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> list[Company]:
        """Companies in reach that match, also by the people and deals there; by number there are none."""
        seen = partial(companies_within, scope, deals)
        return [row[0] for row in await self._find(_Asked(_FIRMS, scope, seen, needle, before_id, limit))]

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

        def seen() -> ColumnElement[bool]:
            return and_(deals_within(scope, SETTLED), in_archive(archived=archived))

        if archived and not await self.any_archived():
            return []
        kind = _DEALS if clients else _SETTLED
        rows = await self._find(_Asked(kind, scope, seen, needle, before_id, limit))
        return [(deal, stage) for deal, stage in rows]

    async def is_archived(self, deal_id: int) -> bool:
        """Whether a deal lies in the archive."""
        query = select(exists().where(Deal.id == deal_id, in_archive(archived=True)))
        return bool(await self.session.scalar(query))

    async def _find(self, asked: _Asked) -> list[Any]:
        terms = terms_of(asked.kind, asked.needle, await self.known(asked.needle))
        number = asked.needle.number if asked.kind.numbered else None
        if not terms and number is None:
            by_tag = asked.needle.tag is not None and not asked.needle.words
            return [*(await self._rows(asked.looking())).values()] if by_tag else []
        looking = asked.looking()
        common = bool(terms) and all(term.weight > MOST for term in terms)
        found: dict[int, Any] = {}
        # What only a few thousand of all bear is seldom among the newest of all.
        enough = COUNTED if asked.scope.everything else MOST
        if common and asked.needle.plain and all(term.weight >= enough for term in terms):
            holds = [term.holds(asked.kind.model) for term in terms]
            for way in _ways(asked.kind.model, asked.scope, asked.before_id):
                found |= await self._rows(looking.where(*way, *holds))
        if len(found) < asked.limit:
            rarest = min(terms, key=lambda term: term.weight, default=None)
            rest = [term.holds(asked.kind.model) for term in terms if term is not rarest]
            bearers = await self._bearers(asked, rarest, number)
            for start, end in pairwise(OF_COMMON if common else AT_ONCE):
                if bearers[start:end] and len(found) < asked.limit:
                    portion = looking.where(asked.kind.model.id.in_(bearers[start:end]), *rest)
                    found |= await self._rows(portion)
        return [found[one] for one in sorted(found, reverse=True)[: asked.limit]]

    async def _rows(self, query: Any) -> dict[int, Any]:
        return {row[0].id: row for row in await self.session.execute(query)}

    async def _bearers(self, asked: _Asked, term: Term | None, number: int | None) -> list[int]:
        """By their ids, the newest first: of an index of words alone, whosever they are."""
        model, before_id = asked.kind.model, asked.before_id
        parts = term.ids(model) if term is not None else []
        if number is not None:
            parts.append(select(model.id).where(model.id == number))
        ids = set((await self.session.scalars(union_all(*parts) if len(parts) > 1 else parts[0])).all())
        return sorted((one for one in ids if before_id is None or one < before_id), reverse=True)


def _ways(model: type[Any], scope: Scope, before_id: int | None) -> list[tuple[ColumnElement[bool], ...]]:
    """Along which indexes the newest are looked through: one's own, and those among all that may be seen."""
    start = before_id if before_id is not None else select(func.max(model.id)).scalar_subquery()
    if scope.everything:
        return [(model.id > start - WINDOW,)]
    ways: list[tuple[ColumnElement[bool], ...]] = []
    if scope.owner_id is not None:
        mine = model.owner_id == scope.owner_id
        end = select(model.id).where(mine, model.id < before_id if before_id is not None else true())
        end = end.order_by(model.id.desc()).limit(1).offset(WINDOW)
        ways.append((mine, model.id > func.coalesce(end.scalar_subquery(), 0)))
        if model is Deal:
            helped = select(DealHelper.deal_id).where(DealHelper.person_id == scope.owner_id)
            ways.append((Deal.id.in_(helped),))
    if scope.departments or scope.free_in or scope.settled:
        ways.append((model.id > start - WINDOW * WIDE,))
    return ways


def _tagged(kind: str, tag_id: int, before_id: int | None) -> Select[int]:
    """The newest that have a tag, so many of them as can be looked at."""
    table, name = TABLES[kind]
    column = getattr(table, name)
    newest = select(column).where(table.tag_id == tag_id)
    if before_id is not None:
        newest = newest.where(column < before_id)
    return newest.order_by(column.desc()).limit(MOST)


def _stands_whole(phrase: str, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(
        column == phrase,
        column.startswith(f"{phrase} ", autoescape=True),
        column.endswith(f" {phrase}", autoescape=True),
        column.contains(f" {phrase} ", autoescape=True),
    )
