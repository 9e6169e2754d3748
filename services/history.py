"""One event for each change, in the change's own transaction."""

from datetime import datetime

from db.uow import UnitOfWork
from services.access import Action, Actor

Changes = dict[str, tuple[object, object]]


async def record(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action | str,
    subject: str,
    subject_id: int,
    changes: Changes | None = None,
) -> int:
    """Append to the history who did what to which subject, and return the event's id.

    `changes` maps a field to its old and new value; ids and codes rather than personal data.
    """
    return await uow.history.append(
        at=now,
        actor_id=actor.person_id or None,
        door=actor.door,
        bot_id=actor.cause.bot_id if actor.cause else None,
        update_id=actor.cause.update_id if actor.cause else None,
        action=str(action),
        subject=subject,
        subject_id=subject_id,
        changes={name: list(pair) for name, pair in (changes or {}).items()},
    )
