"""Lists of companies by filter, the newest first: looked through in windows, as those of contacts are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, literal, select

from db.models import Company, CompanyTag, Contact, Deal
from db.repositories.base import within
from db.repositories.field_conditions import FieldCondition, has_field
from db.repositories.reach import companies_within
from db.repositories.windows import Between, Way, WindowRepository
from db.scope import Scope

WINDOW = 1_000
"""So many companies are looked through for one page."""

NUMBER = Company.id.expression
_JUDGED = (Company.id, Company.owner_id, Company.department_id)

_ROWS = select(Company).where(Company.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class WantedFirms:
    """What a list asks for; what is None is not asked for."""

    scope: Scope
    deals: Scope
    """By a deal within this scope its company is seen, too."""
    owner_ids: tuple[int, ...] = ()
    """Whose they are, anybody's of these; none: whoever's."""
    tag_id: int | None = None
    fields: tuple[FieldCondition, ...] = ()
    rare: bool = False
    """Whether the fields say what few companies do: then these are looked up, as with deals."""
    near: bool = False
    """Whether little leads the reader to companies: then these are looked up."""


class FirmListRepository(WindowRepository):
    """Ids first, by the indexes alone; then the rows of a page."""

    async def find(self, wanted: WantedFirms, after: int | None, limit: int) -> tuple[list[int], int | None]:
        """The companies that come after one; and the last of them, or that was looked at, if more may come.

        At most `limit`, fewer where a window ends.
        """
        if wanted.tag_id is None and wanted.fields:
            wanted = replace(wanted, rare=await self.is_rare(wanted.fields))
        if wanted.tag_id is None and not wanted.owner_ids and not (wanted.rare or wanted.scope.everything):
            wanted = replace(wanted, near=await self.is_few(*_leading(wanted)))
        judged = partial(_judged, wanted)
        between = Between(high=after or 0)
        found, last = await self.through(_ways(wanted), _JUDGED, judged, between, limit + 1, window=WINDOW)
        ids = [*found]
        return ids[:limit], ids[limit - 1] if len(ids) > limit else last

    async def names(self, ids: Collection[int]) -> dict[int, str]:
        """The names of companies by their ids."""
        if not ids:
            return {}
        rows = await self.session.execute(select(Company.id, Company.name).where(Company.id.in_(sorted(ids))))
        return dict(rows.all())

    async def rows(self, ids: Sequence[int]) -> list[Company]:
        """These companies, in this order."""
        return [firm for (firm,) in await self.in_order(_ROWS, ids)]


def _leading(wanted: WantedFirms) -> list[Select[Any]]:
    """What leads the reader to companies: those of theirs, their contacts, their deals."""
    seen, deals = wanted.scope, wanted.deals
    return [
        select(Company.id).where(within(seen, Company.owner_id, Company.department_id)),
        select(Contact.company_id).where(within(seen, Contact.owner_id, Contact.department_id)),
        select(Deal.company_id).where(within(deals, Deal.owner_id, Deal.department_id)),
    ]


def _ways(wanted: WantedFirms) -> list[Way]:
    if wanted.tag_id is not None:
        key, says = CompanyTag.company_id.expression, ((CompanyTag.tag_id.expression, wanted.tag_id),)
        return [Way(key, says, CompanyTag.company_id == Company.id)]
    if wanted.rare:
        return [Way(NUMBER, where=and_(*(has_field(one, Company.id) for one in wanted.fields)))]
    if wanted.owner_ids:
        return [Way(NUMBER, ((Company.owner_id.expression, one),)) for one in wanted.owner_ids]
    if wanted.near:
        first, *others = _leading(wanted)
        return [Way(NUMBER, where=Company.id.in_(first.union(*others)))]
    return [Way(NUMBER)]


def _judged(wanted: WantedFirms, firms: Subquery) -> Select[Any, int]:
    """Of these companies those that are wanted."""
    here = firms.c
    return select(here.id, literal(0)).where(_judge(wanted, here)).order_by(here.id.desc())


def _judge(wanted: WantedFirms, firm: Any) -> ColumnElement[bool]:
    """Everything that is asked for, of companies that an index has led to."""
    asked = [companies_within(wanted.scope, wanted.deals, firm)]
    if wanted.owner_ids:
        asked.append(firm.owner_id.in_(wanted.owner_ids))
    asked += [has_field(one, firm.id) for one in wanted.fields if not wanted.rare]
    return and_(*asked)
