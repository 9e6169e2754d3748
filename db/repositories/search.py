"""Finding leads, contacts, companies and deals by what people remember of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, union
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Company, Contact, Deal, DealHelper, Lead, Source, Stage
from db.repositories.base import within
from db.repositories.bearers import MOST, Kind, Term
from db.repositories.clients import companies_within
from db.repositories.needles import Needle
from db.repositories.reach import deals_within, in_archive
from db.repositories.search_terms import TermRepository, terms_of
from db.scope import Scope

WINDOW = 2_000
"""So many of the newest are looked at for words that are common."""
WIDE = 5
"""So many times as many where most of them may be others'."""

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


class SearchRepository(TermRepository):
    """Every query is limited, newest first, and goes on after a key.

    What few bear is looked up by who bears it. For what is common the newest that may be seen are looked
    through, and only where these are too few the newest that bear it.
    """

    async def leads(self, scope: Scope, needle: Needle, before_id: int | None, limit: int) -> list[Lead]:
        """Visible leads that match."""
        seen = within(scope, Lead.owner_id, Lead.department_id)
        return [row[0] for row in await self._find(_LEADS, scope, seen, needle, before_id, limit)]

    async def contacts(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Contact, str | None]]:
        """Visible contacts that match, with their companies' names; by number there are none."""
        seen = within(scope, Contact.owner_id, Contact.department_id)
        rows = await self._find(_CONTACTS, scope, seen, needle, before_id, limit)
        return [(contact, company) for contact, company in rows]

    async def companies(
        self, scope: Scope, deals: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> list[Company]:
        """Companies in reach that match, also by the people and deals there; by number there are none."""
        seen = companies_within(scope, deals)
        return [row[0] for row in await self._find(_FIRMS, scope, seen, needle, before_id, limit)]

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
        seen = deals_within(scope, Stage.kind.in_(("payment", "won", "lost"))) & in_archive(archived=archived)
        kind = _DEALS if clients else _SETTLED
        rows = await self._find(kind, scope, seen, needle, before_id, limit)
        return [(deal, stage) for deal, stage in rows]

    async def is_archived(self, deal_id: int) -> bool:
        """Whether a deal lies in the archive."""
        query = select(exists().where(Deal.id == deal_id, in_archive(archived=True)))
        return bool(await self.session.scalar(query))

    async def _find(
        self,
        kind: Kind,
        scope: Scope,
        seen: ColumnElement[bool],
        needle: Needle,
        before_id: int | None,
        limit: int,
    ) -> list[Any]:
        known = await self.known(needle)
        terms = terms_of(kind, needle, known)
        numbered = needle.number if kind.numbered else None
        if not terms and numbered is None:
            return []
        found: dict[int, Any] = {}
        query = kind.rows.where(seen)
        if before_id is not None:
            query = query.where(kind.model.id < before_id)
        if needle.whole:
            query = query.where(_stands_whole(" ".join(needle.words), kind.text))
        elif terms and needle.words and all(term.weight > MOST for term in terms):
            for way in _ways(kind.model, scope, before_id):
                through = query.where(*way, *(term.holds(kind.model) for term in terms))
                rows = await self.session.execute(through.order_by(kind.model.id.desc()).limit(limit))
                found.update((row[0].id, row) for row in rows)
        if len(found) < limit:
            bearers = query.where(_borne(kind.model, terms, numbered))
            # By a sum, so that no backend takes it for a good way to read everything in this order.
            rows = await self.session.execute(bearers.order_by((kind.model.id + 0).desc()).limit(limit))
            found.update((row[0].id, row) for row in rows)
        return [found[one] for one in sorted(found, reverse=True)[:limit]]


def _borne(model: type[Any], terms: list[Term], number: int | None) -> ColumnElement[bool]:
    """That a row is among the bearers of the rarest term, and that the others hold, too."""
    parts: list[Select[int]] = []
    rest: list[Term] = []
    if terms:
        rarest = min(terms, key=lambda term: term.weight)
        parts = [part for stretch in rarest.stretches for part in stretch.ids(model)]
        rest = [term for term in terms if term is not rarest]
    if number is not None:
        parts.append(select(model.id.label("id")).where(model.id == number))
    bearers = union(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    holds: ColumnElement[bool] = model.id.in_(select(bearers.c.id))
    for term in rest:
        holds &= term.holds(model)
    return holds


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


def _stands_whole(phrase: str, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(
        column == phrase,
        column.startswith(f"{phrase} ", autoescape=True),
        column.endswith(f" {phrase}", autoescape=True),
        column.contains(f" {phrase} ", autoescape=True),
    )
