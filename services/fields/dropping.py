"""Custom fields that were deleted: for thirty days they may come back with all that they said."""

from collections.abc import Sequence
from datetime import datetime

from db.models import CustomField
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.bin.days import days_left, first_moment, zone_of
from services.clock import Clock
from services.dto.fields import DroppedField, FieldCard, FieldList, FieldSubject
from services.errors import NotFoundError
from services.fields.cards import field_card, field_list, new_name, renumber
from services.fields.shape import field_of


class DroppedFields:
    """The service of deleted fields; for whom, see `field.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, field_id: int) -> DroppedField:
        """One of them. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        now = self._clock.now()
        async with self._db.read() as uow:
            zone = await zone_of(uow)
            row = await uow.fields.get_dropped(field_id, first_moment(now, zone))
            if row is None or row.dropped_at is None:
                raise NotFoundError("field")
            left, filled = days_left(row.dropped_at, now, zone), await uow.fields.filled(field_id)
            return DroppedField(field_of(row), filled, row.dropped_at, left)

    async def bring_back(self, actor: Actor, field_id: int) -> FieldCard:
        """Let it be again as it was, with all that it said: in use as the last, or hidden.

        Raises `not_allowed`, `field.not_found`, and `field.many`, `field.name_taken` if others are there now.
        """
        require(actor, Action.FIELD_EDIT)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            row = await uow.fields.get_dropped(field_id, first_moment(now, await zone_of(uow)))
            held = await uow.fields.hold(row.subject) if row is not None else []
            if row is None or row in held:
                raise NotFoundError("field")
            new_name(held, row.name)
            if row.archived_at == row.dropped_at:
                row.archived_at = None
            row.dropped_at = None
            held.append(row)
            renumber(held)
            await uow.fields.flush()
            changes: history.Changes = {"subject": (row.subject, row.subject), "dropped": (None, row.name)}
            await history.record(uow, actor, now, Action.FIELD_EDIT, "field", field_id, changes)
            return await field_card(uow, row, held)


async def listed(
    uow: UnitOfWork, subject: FieldSubject, rows: Sequence[CustomField], now: datetime
) -> FieldList:
    """The fields of a kind of subject with those that may come back."""
    await uow.fields.flush()
    return field_list(subject, rows, await uow.fields.dropped(subject, first_moment(now, await zone_of(uow))))
