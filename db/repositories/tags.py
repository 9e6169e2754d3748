"""Tags, and the leads, clients and deals that have them."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Table, delete, exists, func, insert, or_, select

from db.models import CompanyTag, ContactTag, DealTag, LeadTag, Tag
from db.repositories.base import Repository

TABLES: Mapping[str, tuple[type[Any], str]] = MappingProxyType(
    {
        "deal": (DealTag, "deal_id"),
        "lead": (LeadTag, "lead_id"),
        "contact": (ContactTag, "contact_id"),
        "firm": (CompanyTag, "company_id"),
    }
)
"""Where it is noted down who has which, by the kind of subject."""


class TagRepository(Repository):
    """The tags of a subject stand in two places; this writes that which is for lists."""

    async def used(self, *subjects: str) -> list[Tag]:
        """Those that anything of these kinds has, or of any, by name."""
        having = [exists().where(TABLES[one][0].tag_id == Tag.id) for one in subjects or TABLES]
        return list(await self.session.scalars(select(Tag).where(or_(*having)).order_by(Tag.name_folded)))

    async def borne(self, subject: str, ids: Collection[int]) -> set[int]:
        """Those that some of these subjects have."""
        table, column = TABLES[subject]
        here = cast("Table", table.__table__).c
        query = select(here.tag_id).where(here[column].in_(sorted(ids))).distinct()
        return set((await self.session.scalars(query)).all())

    async def get(self, tag_id: int) -> Tag | None:
        """One tag."""
        return await self.session.get(Tag, tag_id)

    async def names(self, ids: Collection[int]) -> dict[int, str]:
        """Their names by their ids, in the order of the names."""
        if not ids:
            return {}
        query = select(Tag.id, Tag.name).where(Tag.id.in_(sorted(ids))).order_by(Tag.name_folded)
        return dict((await self.session.execute(query)).all())

    async def count(self) -> int:
        """How many there are."""
        return int(await self.session.scalar(select(func.count()).select_from(Tag)) or 0)

    async def called(self, folded: Collection[str] | None = None) -> dict[str, int]:
        """The tags of these names, or all that there are, by their folded names."""
        query = select(Tag.name_folded, Tag.id)
        if folded is not None:
            query = query.where(Tag.name_folded.in_(sorted(folded)))
        return dict((await self.session.execute(query)).all())

    async def make(self, name: str, folded: str) -> int | None:
        """The tag of this name, made if there is none."""
        row = {"name": name, "name_folded": folded}
        await self.session.execute(self.inserting(Tag).values(**row).on_conflict_do_nothing())
        return (await self.called([folded])).get(folded)

    async def put(self, subject: str, tag_id: int, ids: Sequence[int]) -> None:
        """Note down for lists that these subjects have a tag."""
        if ids:
            table, column = TABLES[subject]
            await self.session.execute(insert(table), [{"tag_id": tag_id, column: one} for one in ids])

    async def take(self, subject: str, tag_id: int, ids: Sequence[int]) -> None:
        """Note down that they have it no more."""
        table, column = TABLES[subject]
        here = cast("Table", table.__table__).c
        await self.session.execute(delete(table).where(here.tag_id == tag_id, here[column].in_(sorted(ids))))

    async def replace(self, subject: str, one: int, tags: Sequence[int]) -> None:
        """Note down that a subject has these and no others; of a tag that is gone nothing is noted."""
        table, column = TABLES[subject]
        await self.session.execute(delete(table).where(cast("Table", table.__table__).c[column] == one))
        if there := await self.names(tags):
            await self.session.execute(insert(table), [{"tag_id": tag, column: one} for tag in there])
