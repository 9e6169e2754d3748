"""Messages that wait for the end of their reader's quiet time."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select, update

from db.models import Outbox
from db.repositories.base import Repository
from db.repositories.outbox import OUTBOX

_HELD = (
    select(Outbox)
    .where(OUTBOX.c.person_id == bindparam("person"), OUTBOX.c.state == "held")
    .order_by(OUTBOX.c.id)
    .with_for_update()
)


class HeldRepository(Repository):
    """Rows of the outbox in the state `held`."""

    async def of(self, person_id: int) -> list[Outbox]:
        """What waits for the end of somebody's quiet time, oldest first; nobody else has it meanwhile."""
        rows = await self.session.scalars(_HELD, {"person": person_id})
        return list(rows.all())

    async def count(self, person_id: int) -> int:
        """How many messages wait for the end of somebody's quiet time."""
        query = select(func.count()).where(OUTBOX.c.person_id == person_id, OUTBOX.c.state == "held")
        return await self.session.scalar(query) or 0

    async def drop(self, ids: Collection[int], reason: str) -> None:
        """Do not send what was held."""
        await self.session.execute(
            update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(state="cancelled", error=reason)
        )

    async def drop_same(self, keys: Collection[str]) -> None:
        """Do not send what is held with any of these `coalesce`."""
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.coalesce.in_(keys), OUTBOX.c.state == "held")
            .values(state="cancelled", error="gone")
        )
