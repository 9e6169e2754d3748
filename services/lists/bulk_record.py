"""What the history keeps of a deed with many deals, leads or clients: all that it takes to take it back."""

from datetime import datetime
from typing import Any

from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history
from services.access import Actor
from services.dto.bulk import BulkPlan, Deed
from services.errors import AppError, StaleError
from services.lists.bulk_judged import ACTIONS, Judged

SUBJECT = "bulk"
"""Under which the history keeps the whole; its number is that of whoever did it."""
Before = dict[int, list[Any]]


def kept(event: Past) -> Before:
    """Of each its version afterwards, and what it was before."""
    return {row[0]: row[1:] for row in event.changes["deals"][0]}


def list_of(event: Past) -> int:
    """The list in which they were chosen."""
    return int(event.changes["list"][1])


def require_same(judged: Judged[Any], mark: int) -> None:
    """Raise `stale` if they are not as they were planned, `bulk.nothing` if there are none."""
    if judged.mark != mark:
        raise StaleError
    if not judged.rows:
        raise AppError("bulk.nothing")


def require_some(judged: Judged[Any]) -> None:
    """Raise `bulk.gone` if there is nothing to be taken back."""
    if not judged.rows:
        raise AppError("bulk.gone")


async def record_deed(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    planned: BulkPlan,
    before: dict[int, list[Any]],
    aside: dict[str, Any],
) -> int:
    """The event of the whole: what was done, and all that it takes to take it back."""
    changes: history.Changes = {
        "bulk": (None, planned.deed.value),
        "target": (None, planned.target.id),
        "list": (None, planned.listing_id),
        "mark": (None, planned.mark),
        "deals": ([[one, *values] for one, values in before.items()], None),
        **{
            name: (list(value.items()) if isinstance(value, dict) else value, None)
            for name, value in aside.items()
        },
    }
    return await history.record(uow, actor, now, ACTIONS[planned.deed], SUBJECT, actor.person_id, changes)


async def record_undone(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, deed: Deed, count: int
) -> int:
    """The event of taking it back, which names what it takes back."""
    changes: history.Changes = {"undone": (event.id, None), "deals": (count, None)}
    return await history.record(uow, actor, now, ACTIONS[deed], SUBJECT, actor.person_id, changes)
