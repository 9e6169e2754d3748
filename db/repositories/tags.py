"""Tags, and the deals that have them."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, func, insert, select

from db.models import DealTag, Tag
from db.repositories.base import Repository


class TagRepository(Repository):
    """A deal's tags stand in two places, both written here."""

    async def used(self) -> list[Tag]:
        """Those that any deal has, by name."""
        query = select(Tag).where(exists().where(DealTag.tag_id == Tag.id)).order_by(Tag.name_folded)
        return list((await self.session.scalars(query)).all())

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

    async def called(self, folded: str) -> Tag | None:
        """The tag of this name."""
        return await self.session.scalar(select(Tag).where(Tag.name_folded == folded))

    async def make(self, name: str, folded: str) -> Tag | None:
        """The tag of this name, made if there is none."""
        row = {"name": name, "name_folded": folded}
        await self.session.execute(self.inserting(Tag).values(**row).on_conflict_do_nothing())
        return await self.called(folded)

    async def put(self, tag_id: int, deals: Sequence[int]) -> None:
        """Note down for lists that deals have a tag."""
        if deals:
            rows = [{"tag_id": tag_id, "deal_id": one} for one in deals]
            await self.session.execute(insert(DealTag), rows)

    async def take(self, tag_id: int, deals: Sequence[int]) -> None:
        """Note down that they have it no more."""
        gone = delete(DealTag).where(DealTag.tag_id == tag_id, DealTag.deal_id.in_(sorted(deals)))
        await self.session.execute(gone)
