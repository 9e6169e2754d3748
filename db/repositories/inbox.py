"""Updates taken from Telegram, until they are handled."""

from sqlalchemy import update

from db.models import Inbox
from db.repositories.base import Repository


class InboxRepository(Repository):
    """Bookkeeping in Core statements: every update passes here."""

    async def mark_applied(self, bot_id: int, update_id: int) -> bool:
        """Claim the right to apply this update; False if it was applied before."""
        result = await self.session.execute(
            update(Inbox)
            .where(Inbox.bot_id == bot_id, Inbox.update_id == update_id, Inbox.state == "new")
            .values(state="applied")
            .execution_options(synchronize_session=False)
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult for DML
