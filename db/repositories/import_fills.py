"""What imports have filled in of clients who were there before, to be taken back with them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from db.models import ImportFill
from db.repositories.base import Repository


class ImportFillRepository(Repository):
    """One row for each client of an import; it goes as soon as what it tells of is taken back."""

    async def of(self, import_id: int, subject: str, ids: Collection[int]) -> Mapping[int, ImportFill]:
        """What an import has filled in already of these contacts, or companies, by their ids."""
        query = select(ImportFill).where(
            ImportFill.import_id == import_id,
            ImportFill.subject == subject,
            ImportFill.subject_id.in_(sorted(ids)),
        )
        return {row.subject_id: row for row in await self.session.scalars(query)}

    async def count(self, import_id: int) -> int:
        """Of how many clients an import has filled something in that is not taken back."""
        query = select(func.count()).where(ImportFill.import_id == import_id)
        return await self.session.scalar(query) or 0

    async def page(self, import_id: int, after: int, limit: int) -> Sequence[ImportFill]:
        """Some of them, in their order, behind an id."""
        query = select(ImportFill).where(ImportFill.import_id == import_id, ImportFill.id > after)
        return (await self.session.scalars(query.order_by(ImportFill.id).limit(limit))).all()

    async def forget(self, row: ImportFill) -> None:
        """It was taken back."""
        await self.session.delete(row)
