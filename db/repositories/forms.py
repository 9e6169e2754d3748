"""Forms that people are filling in."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, select

from db.models import Form
from db.repositories.base import Repository

FORM = cast("Table", Form.__table__)


class FormRepository(Repository):
    """At most one form for each person, chat and topic."""

    async def load(
        self, bot_id: int, chat_id: int, user_id: int, thread: int
    ) -> tuple[str | None, dict[str, Any]]:
        """The open form's state and what was filled in; None and nothing if none is open."""
        query = select(FORM.c.state, FORM.c.data).where(
            FORM.c.bot_id == bot_id,
            FORM.c.chat_id == chat_id,
            FORM.c.user_id == user_id,
            FORM.c.thread == thread,
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row.state, row.data) if row else (None, {})

    async def save(
        self,
        bot_id: int,
        chat_id: int,
        user_id: int,
        thread: int,
        state: str | None,
        data: dict[str, Any],
        now: datetime,
    ) -> None:
        """Replace the form; with neither a state nor data nothing is left of it."""
        key = {"bot_id": bot_id, "chat_id": chat_id, "user_id": user_id, "thread": thread}
        if state is None and not data:
            same = [FORM.c[name] == value for name, value in key.items()]
            await self.session.execute(delete(FORM).where(*same))
            return
        content = {"state": state, "data": data, "updated_at": now}
        await self.session.execute(
            self.inserting(FORM)
            .values(**key, **content)
            .on_conflict_do_update(index_elements=list(key), set_=content)
        )

    async def prune(self, before: datetime) -> None:
        """Forget forms that nobody touched since a moment."""
        await self.session.execute(delete(FORM).where(FORM.c.updated_at < before))
