"""What a database holds, as lines that can be compared."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from db.base import Base
from db.uow import Database

Row = dict[str, Any]
TRAFFIC = frozenset({"inbox", "form", "card", "beat", "listing"})
"""What any message leaves behind, whatever it asks for."""
CHANCE = frozenset({"message_id", "file_id", "edition"})
"""What Telegram numbers, and what the database draws by lot."""


async def digest(db: Database, without: Iterable[str] = TRAFFIC) -> dict[str, list[Row]]:
    """All rows of all tables but those named, in the order of their keys."""
    left_out = set(without)
    found = {}
    async with db.read() as uow:
        for table in Base.metadata.sorted_tables:
            if table.name in left_out:
                continue
            rows = await uow.session.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [_row(row._mapping) for row in rows]
    return found


def _row(mapping: Any) -> Row:
    return {name: value for name, value in mapping.items() if name not in CHANCE}
