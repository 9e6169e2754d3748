"""Lists of deals by filter: each page at the cost of an indexed look-up, however many deals there are.

An index leads along the deals in the order of the list, at most `WINDOW` of them, and whatever else the
filter asks for is judged there. A page that finds too little among so many goes on where they ended.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    and_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from db.models import Contact, Deal, DealHelper, DealTag, Person, Stage
from db.repositories.deal_filters import Found, Key, Mark, Shelf, Wanted, judge
from db.repositories.field_conditions import has_field
from db.repositories.windows import WindowRepository, made_between

WINDOW = 1_000
"""So many deals are looked through for one page."""
NEAR = 60
"""So many of them first."""
HELPED = 500
"""So many of the deals of others on which somebody works; the newest ones."""

_JUDGED = ("id", "closed_on", "stage_id", "stage_since", "owner_id", "department_id", "source", "amount")
_OF_JUDGED = (*_JUDGED, "created_at", "archived_at")


class DealListRepository(WindowRepository):
    """Ids first, by the indexes alone; then the rows of a page."""

    async def find(self, wanted: Wanted, after: int | None, limit: int) -> Found:
        """The deals that come after a mark; at most `limit`, fewer where a window ends."""
        if wanted.fields and wanted.tag_id is None:
            wanted = replace(wanted, rare=await self.is_rare(wanted.fields))
        mark = Mark.of(after) if after is not None else None
        shelves = wanted.shelves
        if mark is not None and mark.closed and Shelf.CLOSED in shelves:
            shelves = (Shelf.CLOSED,)
        key = await self._key(mark, shelves[0]) if mark is not None else None
        found: list[int] = []
        for shelf in shelves:
            closed = shelf is Shelf.CLOSED
            ids, end = await self._shelf(wanted, shelf, key, limit + 1 - len(found))
            found += ids
            if len(found) > limit:
                return Found(found[:limit], Mark(found[limit - 1], closed and len(ids) > 1).number)
            if end is not None:
                return Found(found, Mark(end, closed).number)
            key = None
        return Found(found, None)

    async def rows(self, ids: Sequence[int]) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """These deals with stage, contact and owner names, in this order."""
        if not ids:
            return []
        owner = aliased(Person)
        query = (
            select(Deal, Stage, Contact.name, owner.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(owner, owner.id == Deal.owner_id)
            .where(Deal.id.in_(ids))
        )
        rows = {row[0].id: row for row in await self.session.execute(query)}
        return [(row[0], row[1], row[2], row[3]) for one in ids if (row := rows.get(one))]

    async def sources(self, most: int) -> list[str]:
        """The sources that there are; each costs one look into an index."""
        return await self.values_of(Deal.source, most)

    async def _key(self, mark: Mark, shelf: Shelf) -> Key:
        closed = None
        if shelf is Shelf.CLOSED:
            closed = await self.session.scalar(select(Deal.closed_on).where(Deal.id == mark.deal_id))
        return Key(closed or NEVER, mark.deal_id)

    async def _shelf(
        self, wanted: Wanted, shelf: Shelf, after: Key | None, limit: int
    ) -> tuple[list[int], int | None]:
        """Deals of one shelf, and the id of the last one that was looked at unless that was the end.

        Each index along which it is looked has its own window: beyond the end of any of them nothing is told.
        """
        found: set[Key] = set()
        ends: list[Key] = []
        created = await self.ids_of(Deal, wanted.created) if wanted.created is not None else None
        for arm in await self._arms(wanted, shelf):
            along = _along(wanted, shelf, arm, after, created)
            hits, end = await self._look(wanted, shelf, along, limit)
            found.update(hits)
            ends += end
        if shelf is not Shelf.CLOSED:
            found, ends = {_bare(key) for key in found}, [_bare(key) for key in ends]
        last = max(ends, default=None)
        sure = sorted((key for key in found if last is None or key >= last), reverse=True)[:limit]
        return [key.deal_id for key in sure], last.deal_id if last is not None else None

    async def _look(
        self, wanted: Wanted, shelf: Shelf, along: Select[Any], limit: int
    ) -> tuple[list[Key], list[Key]]:
        """What is wanted among the deals along an index, and the end of the window if it has one.

        Mostly the first few hold a whole page, and the others need not be judged.
        """
        hits: list[Key] = []
        for width in (NEAR, WINDOW) if limit < NEAR < WINDOW else (WINDOW,):
            part = along.limit(width).subquery()
            ordered = select(part.c.closed_on, part.c.id).where(judge(wanted, part.c))
            hits = await self._keys(ordered.order_by(*_order(shelf, part.c)).limit(limit))
            if len(hits) == limit:
                return hits, []
        last = along.with_only_columns(Deal.closed_on, Deal.id).offset(WINDOW - 1).limit(1)
        return hits, await self._keys(last)

    async def _arms(self, wanted: Wanted, shelf: Shelf) -> list[ColumnElement[bool]]:
        """The ways to what the reader may see, each of which an index of its own answers."""
        scope = wanted.scope
        if wanted.tag_id is not None:
            return [true()]
        if wanted.rare:
            return [and_(*(has_field(one, Deal.id) for one in wanted.fields))]
        if wanted.owner_id is not None:
            return [Deal.owner_id == wanted.owner_id]
        if scope.everything or scope.settled:
            by_source = wanted.source is not None and shelf is Shelf.BY_ID and wanted.stage_id is None
            return [Deal.source == wanted.source if by_source else true()]
        arms: list[ColumnElement[bool]] = [Deal.department_id == one for one in sorted(scope.departments)]
        if scope.owner_id is not None:
            helped = select(DealHelper.deal_id).where(DealHelper.person_id == scope.owner_id)
            newest = helped.order_by(DealHelper.deal_id.desc()).limit(HELPED)
            theirs = (await self.session.scalars(newest)).all()
            # By their numbers: whoever looks for them along an index of all deals passes too many others.
            arms += [Deal.owner_id == scope.owner_id, *([Deal.id.in_(theirs)] if theirs else [])]
        return arms

    async def _keys(self, query: Executable) -> list[Key]:
        return [Key(row[0] or NEVER, row[1]) for row in await self.session.execute(query)]


NEVER = date.min


def _bare(key: Key) -> Key:
    return Key(NEVER, key.deal_id)


def _along(
    wanted: Wanted,
    shelf: Shelf,
    arm: ColumnElement[bool],
    after: Key | None,
    created: tuple[int | None, int | None] | None,
) -> Select[Any]:
    """The deals along an index, in the order of the shelf, after a key."""
    query = select(*(getattr(Deal, name) for name in _OF_JUDGED)).where(arm)
    if wanted.tag_id is not None:
        return _along_tag(query, wanted.tag_id, after)
    if wanted.stage_id is not None and shelf is Shelf.BY_ID:
        query = query.where(Deal.stage_id == wanted.stage_id)
    if shelf is Shelf.CLOSED:
        first, last = wanted.closed or (None, None)
        query = query.where(Deal.closed_on.is_not(None) if first is None else Deal.closed_on >= first)
        if last is not None:
            query = query.where(Deal.closed_on <= last)
        if after is not None:
            query = query.where(tuple_(Deal.closed_on, Deal.id) < tuple_(after.closed_on, after.deal_id))
        return query.order_by(*_order(shelf, Deal))
    if shelf is Shelf.WORK:
        query = query.where(Deal.closed_on.is_(None))
    if after is not None:
        query = query.where(Deal.id < after.deal_id)
    if created is not None and shelf is Shelf.BY_ID:
        query = query.where(*made_between(Deal, *created))
    return query.order_by(*_order(shelf, Deal))


def _along_tag(query: Select[Any], tag_id: int, after: Key | None) -> Select[Any]:
    """The deals of a tag, the newest first."""
    query = query.join(DealTag, DealTag.deal_id == Deal.id).where(DealTag.tag_id == tag_id)
    if after is not None:
        query = query.where(DealTag.deal_id < after.deal_id)
    return query.order_by(DealTag.deal_id.desc())


def _order(shelf: Shelf, on: Any) -> tuple[ColumnElement[Any], ...]:
    """What is in work has no closing day, and an index leads by that to the newest first."""
    return (on.id.desc(),) if shelf is Shelf.BY_ID else (on.closed_on.desc(), on.id.desc())
