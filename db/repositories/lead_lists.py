"""Lists of leads by filter, the newest or the hottest first: looked through in windows, as deals are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import Select, Subquery, and_, bindparam, select

from db.models import Lead, LeadTag, Person
from db.repositories.field_conditions import has_field
from db.repositories.lead_filters import STATUSES, UNOWNED, WantedLeads, judge, points_of
from db.repositories.windows import Between, Says, Way, WindowRepository

WINDOW = 1_000
"""So many leads are looked through for one page; of the hottest, so many are put in order."""
NEAR = 60
"""So many of them first, where the newest are wanted."""

NUMBER, SOURCE, STATUS = Lead.id.expression, Lead.source.expression, Lead.status.expression
OWNER, DEPARTMENT = Lead.owner_id.expression, Lead.department_id.expression
_JUDGED = (
    Lead.id,
    Lead.status,
    Lead.owner_id,
    Lead.department_id,
    Lead.source,
    Lead.amount,
    Lead.created_at,
)

_ROWS = (
    select(Lead, Person.name)
    .outerjoin(Person, Person.id == Lead.owner_id)
    .where(Lead.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class LeadsFound:
    """The leads of a page, in order, and where the list goes on, if it may."""

    ids: Sequence[int]
    next_after: int | None
    """The last lead that was shown, or looked at."""
    next_top: int = 0
    """Of the hottest: the next page is of the window below this lead; 0 for the first window."""
    points: Mapping[int, int] = field(default_factory=dict)
    """Of the hottest: why they stand where they do."""


class LeadListRepository(WindowRepository):
    """Ids first, by the indexes alone; then the rows of a page."""

    async def find(self, wanted: WantedLeads, after: int | None, top: int, limit: int) -> LeadsFound:
        """The leads that come after one; at most `limit`, fewer where a window ends.

        `top` is of use to the hottest alone: in which window the page is.
        """
        if wanted.fields and wanted.tag_id is None:
            wanted = replace(wanted, rare=await self.is_rare(wanted.fields))
        if wanted.hot:
            return await self._hottest(wanted, after if after != top else None, top, limit)
        found, end = await self._window(wanted, after or 0, limit + 1)
        ids = sorted(found, reverse=True)
        if len(ids) > limit:
            return LeadsFound(ids[:limit], ids[limit - 1])
        return LeadsFound(ids, end)

    async def rows(self, ids: Sequence[int]) -> list[tuple[Lead, str | None]]:
        """These leads with the names of their owners, in this order."""
        return await self.in_order(_ROWS, ids)

    async def sources(self, most: int) -> list[str]:
        """The sources that there are; each costs one look into an index."""
        return await self.values_of(Lead.source, most)

    async def _hottest(self, wanted: WantedLeads, after: int | None, top: int, limit: int) -> LeadsFound:
        """The leads of one window by their points; of those with as many the newest first."""
        points, end = await self._window(wanted, top, WINDOW)
        order = sorted(points, key=lambda one: (points[one], one), reverse=True)
        if after is not None:
            last = (await self._points(wanted, after), after)
            order = [one for one in order if (points[one], one) < last]
        page = order[:limit]
        shown = {one: points[one] for one in page}
        if len(order) > limit:
            return LeadsFound(page, page[-1], top, shown)
        return LeadsFound(page, end, end or 0, shown)

    async def _points(self, wanted: WantedLeads, lead_id: int) -> int:
        query = select(points_of(wanted.rules, Lead)).where(Lead.id == lead_id)
        return int(await self.session.scalar(query) or 0)

    async def _window(self, wanted: WantedLeads, below: int, limit: int) -> tuple[dict[int, int], int | None]:
        """Leads older than one with their points, the newest; and the last that was looked at, unless that
        was the end.
        """
        between = Between(high=below)
        if wanted.created is not None:
            first, beyond = await self.ids_of(Lead, wanted.created)
            if first is None:
                return {}, None
            between = between.made_in(first, beyond)
        judged = partial(_judged, wanted)
        return await self.through(_ways(wanted), _JUDGED, judged, between, limit, window=WINDOW, near=NEAR)


def _judged(wanted: WantedLeads, leads: Subquery) -> Select[Any, int]:
    """Of these leads those that are wanted, with their points where these are asked for."""
    points = points_of(wanted.rules if wanted.hot else (), leads.c)
    return select(leads.c.id, points).where(judge(wanted, leads.c)).order_by(leads.c.id.desc())


def _ways(wanted: WantedLeads) -> list[Way]:
    """The ways to what the reader may see, each of which an index of its own answers."""
    scope = wanted.scope
    if wanted.tag_id is not None:
        says = ((LeadTag.tag_id.expression, wanted.tag_id),)
        return [Way(LeadTag.lead_id.expression, says, LeadTag.lead_id == Lead.id)]
    if wanted.rare:
        return [Way(NUMBER, where=and_(*(has_field(one, Lead.id) for one in wanted.fields)))]
    asked = wanted.statuses & UNOWNED if wanted.unowned else wanted.statuses
    if scope.everything and not wanted.owner_ids and asked == frozenset(STATUSES):
        return [Way(NUMBER, ((SOURCE, one),)) for one in wanted.sources] or [Way(NUMBER)]
    reached: list[tuple[Says, frozenset[str]]] = []
    if wanted.owner_ids:
        reached = [(((OWNER, one),), asked) for one in wanted.owner_ids]
    elif scope.everything:
        reached = [((), asked)]
    else:
        reached = [(((DEPARTMENT, one),), asked) for one in sorted(scope.departments)]
        free = sorted(scope.free_in - scope.departments)
        reached += [(((DEPARTMENT, one),), asked & UNOWNED) for one in free]
        if scope.owner_id is not None and not wanted.unowned:
            reached.append((((OWNER, scope.owner_id),), asked))
    return [Way(NUMBER, (*says, (STATUS, one))) for says, statuses in reached for one in sorted(statuses)]
