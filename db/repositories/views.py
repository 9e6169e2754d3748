"""Filters that people looked at, and the views that they keep and pin."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, delete, func, or_, select

from db.models import Listing, View, ViewPin
from db.repositories.base import Repository

KEPT = 100
"""So many of the filters that somebody looked at last are known to their buttons."""


class ViewRepository(Repository):
    """A listing is its reader's own; a view is its maker's, and of those with whom it is shared."""

    async def known(self, person_id: int, digest: str) -> int | None:
        """The number of a filter that somebody has looked at."""
        found: int | None = await self.session.scalar(_KNOWN, {"person": person_id, "digest": digest})
        return found

    async def listing(self, person_id: int, filter_: dict[str, Any], digest: str, now: datetime) -> int:
        """The number of a filter, from now on; what somebody looked at long ago is forgotten by it."""
        row = {"person_id": person_id, "filter": filter_, "digest": digest, "created_at": now}
        await self.session.execute(self.inserting(Listing).values(**row).on_conflict_do_nothing())
        mine = select(Listing.id).where(Listing.person_id == person_id)
        oldest = await self.session.scalar(mine.order_by(Listing.id.desc()).offset(KEPT).limit(1))
        if oldest is not None:
            old = (Listing.person_id == person_id, Listing.id <= oldest)
            await self.session.execute(delete(Listing).where(*old))
        return await self.known(person_id, digest) or 0

    async def listed(self, person_id: int, listing_id: int) -> Listing | None:
        """A filter of somebody's own."""
        found = await self.session.get(Listing, listing_id)
        return found if found is not None and found.person_id == person_id else None

    async def get(self, view_id: int) -> View | None:
        """One view."""
        return await self.session.get(View, view_id)

    async def seen_by(self, person_id: int, departments: Collection[int] | None) -> list[View]:
        """Somebody's own views and those shared with these departments (None: with any), by name."""
        values = {"person": person_id, "departments": sorted(departments or ())}
        return list((await self.session.scalars(_seen_by(all_=departments is None), values)).all())

    async def pinned(self, person_id: int, departments: Collection[int] | None) -> list[View]:
        """Those of `seen_by` that somebody has in their menu."""
        values = {"person": person_id, "departments": sorted(departments or ())}
        return list((await self.session.scalars(_pinned(all_=departments is None), values)).all())

    async def own(self, person_id: int) -> int:
        """How many views somebody has made."""
        query = select(func.count()).select_from(View).where(View.person_id == person_id)
        return int(await self.session.scalar(query) or 0)

    async def pins(self, person_id: int) -> frozenset[int]:
        """What somebody has in their menu."""
        query = select(ViewPin.view_id).where(ViewPin.person_id == person_id)
        return frozenset((await self.session.scalars(query)).all())

    async def pin(self, person_id: int, view_id: int) -> None:
        """Put a view into somebody's menu."""
        row = {"person_id": person_id, "view_id": view_id}
        await self.session.execute(self.inserting(ViewPin).values(**row).on_conflict_do_nothing())

    async def unpin(self, person_id: int, view_id: int) -> None:
        """Take it out of there."""
        pin = (ViewPin.view_id == view_id, ViewPin.person_id == person_id)
        await self.session.execute(delete(ViewPin).where(*pin))

    async def unpin_others(self, person_id: int, view_id: int) -> None:
        """Take a view out of the menus of all but one."""
        pins = (ViewPin.view_id == view_id, ViewPin.person_id != person_id)
        await self.session.execute(delete(ViewPin).where(*pins))

    async def drop(self, view: View) -> None:
        """Delete a view, and whatever menus it is in."""
        await self.session.execute(delete(ViewPin).where(ViewPin.view_id == view.id))
        await self.session.delete(view)
        await self.session.flush()


_PERSON = bindparam("person", type_=BigInteger)
_KNOWN = select(Listing.id).where(Listing.person_id == _PERSON, Listing.digest == bindparam("digest"))


@cache
def _seen_by(*, all_: bool) -> Select[View]:
    shared = View.department_id.is_not(None)
    if not all_:
        shared = View.department_id.in_(bindparam("departments", expanding=True))
    return select(View).where(or_(View.person_id == _PERSON, shared)).order_by(View.name, View.id)


@cache
def _pinned(*, all_: bool) -> Select[View]:
    mine = ViewPin.person_id == _PERSON
    return _seen_by(all_=all_).join(ViewPin, ViewPin.view_id == View.id).where(mine)
