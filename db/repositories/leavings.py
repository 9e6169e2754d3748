"""What people sent that became nothing, or has not yet: rows of files, open forms, messages put aside."""

from collections.abc import AsyncIterator, Collection

from sqlalchemy import select, update

from db.models import Form, ImportRow, Inbox
from db.repositories.base import Repository

PAGE = 500


class LeavingRepository(Repository):
    """It may name somebody whose data is to be erased."""

    async def failed_rows(self) -> AsyncIterator[list[ImportRow]]:
        """Rows of files that could not be imported, as they were sent, a part at a time."""
        after = 0
        while True:
            query = select(ImportRow).where(ImportRow.id > after).order_by(ImportRow.id).limit(PAGE)
            found = list(await self.session.scalars(query))
            if not found:
                return
            yield found
            after = found[-1].id

    async def blank_rows(self, ids: Collection[int]) -> None:
        """Of these rows only the number and the reason stay."""
        await self.session.execute(update(ImportRow).where(ImportRow.id.in_(ids)).values(cells=[], faults=[]))

    async def open_forms(self) -> list[Form]:
        """What people are typing just now."""
        return list(await self.session.scalars(select(Form).where(Form.state.is_not(None))))

    async def drop_forms(self, ids: Collection[int]) -> None:
        """Empty these forms."""
        await self.session.execute(update(Form).where(Form.id.in_(ids)).values(state=None, data={}))

    async def unread(self) -> list[Inbox]:
        """Messages that could not be handled and are kept for whoever looks into it."""
        return list(await self.session.scalars(select(Inbox).where(Inbox.state == "quarantined")))

    async def empty_unread(self, ids: Collection[int]) -> None:
        """Keep of these only that they were."""
        await self.session.execute(update(Inbox).where(Inbox.id.in_(ids)).values(raw="{}"))
