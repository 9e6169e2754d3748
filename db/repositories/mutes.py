"""What people want to hear no news of."""

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, bindparam, delete, select

from db.models import Mute
from db.repositories.base import Repository

MUTE = cast("Table", Mute.__table__)
_OF = select(MUTE.c.person_id).where(
    MUTE.c.subject == bindparam("of_subject"), MUTE.c.subject_id == bindparam("of_id")
)


class MuteRepository(Repository):
    """One row for a person and a thing."""

    async def of(self, subject: str, subject_id: int) -> frozenset[int]:
        """Who wants to hear no news of a thing."""
        found = await self.session.scalars(_OF, {"of_subject": subject, "of_id": subject_id})
        return frozenset(found.all())

    async def put(self, person_id: int, subject: str, subject_id: int) -> bool:
        """Tell somebody no news of a thing; False if that was so before."""
        row = {"person_id": person_id, "subject": subject, "subject_id": subject_id}
        new = self.inserting(MUTE).values(**row).on_conflict_do_nothing().returning(MUTE.c.person_id)
        return await self.session.scalar(new) is not None

    async def drop(self, person_id: int, subject: str, ids: Collection[int]) -> bool:
        """Tell it again; False if it was told before."""
        return bool(
            await self.affect(
                delete(MUTE).where(
                    MUTE.c.person_id == person_id, MUTE.c.subject == subject, MUTE.c.subject_id.in_(ids)
                )
            )
        )
