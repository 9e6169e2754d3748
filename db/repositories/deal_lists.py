"""Lists of deals by filter: each page at the cost of an indexed look-up, however many deals there are.

An index leads along the deals in the order of the list, at most `WINDOW` of them, and whatever else the
filter asks for is judged there. A page that finds too little among so many goes on where they ended.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from db.models import Contact, Deal, DealHelper, Person, Stage
from db.repositories.deal_filters import Shape, Shelf, Wanted, asked
from db.repositories.deal_marks import Found, Key, Mark
from db.repositories.deal_windows import Arm, By, Stretch, looking
from db.repositories.windows import SLACK, WindowRepository

WINDOW = 1_000
"""So many deals are looked through at once for the count of a list, or for all of it."""
OF_PAGE = 600
"""So many for one page."""
NEAR = 60
"""So many of them first."""
FEWER = 150
"""So many where each has to be looked up elsewhere, too: among tasks, or in fields."""
HELPED = 500
"""So many of the deals of others on which somebody works; the newest ones."""

NEVER = date.min

_OWNER = aliased(Person)
_ROWS = (
    select(Deal, Stage, Contact.name, _OWNER.name)
    .join(Stage, Stage.id == Deal.stage_id)
    .outerjoin(Contact, Contact.id == Deal.contact_id)
    .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
    .where(Deal.id.in_(bindparam("ids", expanding=True)))
)
_HELPED_BY = (
    select(DealHelper.deal_id)
    .where(DealHelper.person_id == bindparam("reader"))
    .order_by(DealHelper.deal_id.desc())
    .limit(HELPED)
)


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
        return await self.in_order(_ROWS, ids)

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
        Mostly the first few hold a whole page, and the others need not be judged.
        """
        values = {**asked(wanted), "at_most": limit}
        stretch = await self._stretch(wanted, shelf, after, values)
        left = dict(enumerate(await self._arms(wanted, shelf, values)))
        hits: dict[int, list[Key]] = {}
        ends: dict[int, Key] = {}
        shape = Shape.of(wanted)
        # Several sellers are looked through together as far as one would be.
        most = max((FEWER if shape.elsewhere else OF_PAGE) // max(shape.owners, 1), NEAR + 1)
        for width in (NEAR, most) if limit < NEAR < WINDOW else (WINDOW,):
            hits |= {place: [] for place in left}
            ends = {}
            order = [*left]
            values |= {"width": width, "width_less": width - 1}
            statement = looking(shape, stretch, tuple(left.values()))
            for n, day, deal_id, is_end in await self.session.execute(statement, values):
                key = Key((day if shelf is Shelf.CLOSED else None) or NEVER, deal_id)
                if is_end:
                    ends[order[n]] = key
                else:
                    hits[order[n]].append(key)
            left = {place: left[place] for place in ends if len(hits[place]) < limit}
            if not left:
                break
        last = max((ends[place] for place in left), default=None)
        found = {key for keys in hits.values() for key in keys}
        sure = sorted((key for key in found if last is None or key >= last), reverse=True)[:limit]
        return [key.deal_id for key in sure], last.deal_id if last is not None else None

    async def _stretch(
        self, wanted: Wanted, shelf: Shelf, after: Key | None, values: dict[str, object]
    ) -> Stretch:
        if after is not None:
            values |= {"after_id": after.deal_id, "after_day": after.closed_on}
        if wanted.created is None or shelf is not Shelf.BY_ID:
            return Stretch(shelf, after is not None)
        first, beyond = await self.ids_of(Deal, wanted.created)
        if first is None:
            values |= {"made_below": 0}  # None were made since the period began.
            return Stretch(shelf, after is not None, (False, True))
        values |= {"made_above": first - SLACK, "made_below": (beyond or 0) + SLACK}
        return Stretch(shelf, after is not None, (True, beyond is not None))

    async def _arms(self, wanted: Wanted, shelf: Shelf, values: dict[str, object]) -> list[Arm]:
        """The ways to what the reader may see, each of which an index of its own answers."""
        scope = wanted.scope
        if wanted.tag_id is not None:
            return [Arm(By.TAG)]
        if wanted.rare:
            return [Arm(By.FIELDS)]
        if wanted.owner_ids:
            return [Arm(By.OWNER, n) for n in range(len(wanted.owner_ids))]
        if scope.everything or scope.settled:
            by_source = shelf is Shelf.BY_ID and len(wanted.stage_ids) != 1
            sources = range(len(wanted.sources)) if by_source else ()
            return [Arm(By.SOURCE, n) for n in sources] or [Arm(By.ALL)]
        departments = sorted(scope.departments)
        values |= {f"department_{n}": one for n, one in enumerate(departments)}
        arms = [Arm(By.DEPARTMENT, n) for n in range(len(departments))]
        if scope.owner_id is not None:
            values["helped"] = (await self.session.scalars(_HELPED_BY, {"reader": scope.owner_id})).all()
            arms += [Arm(By.OWN), *([Arm(By.HELPED)] if values["helped"] else [])]
        return arms
