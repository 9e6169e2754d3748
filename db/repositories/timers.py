"""What is due, and when."""

from datetime import datetime

from sqlalchemy import insert, update

from db.models import Timer
from db.repositories.base import Repository


class TimerRepository(Repository):
    """Rows are written with their cause and fired by the ticker."""

    async def set(self, **values: object) -> None:
        """Set a timer."""
        await self.session.execute(insert(Timer).values(**values))

    async def cancel(self, kind: str, subject: str, subject_id: int, now: datetime) -> None:
        """Cancel the waiting timers of a kind on a subject."""
        await self.session.execute(
            update(Timer)
            .where(
                Timer.kind == kind,
                Timer.subject == subject,
                Timer.subject_id == subject_id,
                Timer.state == "new",
            )
            .values(state="cancelled", fired_at=now)
            .execution_options(synchronize_session=False)
        )
